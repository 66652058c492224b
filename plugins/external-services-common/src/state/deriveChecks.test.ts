import type { Check } from '../api/Check';
import type { Resolution } from '../api/Resolution';
import type { Target } from '../model/ExternalService';
import type { FindingSeverity } from '../validation/Finding';
import { deriveChecks } from './deriveChecks';

const SEEN = '2026-11-22T03:11:50.000Z';
const NAME: Target = { dnsName: 'db.example.com' };
const ADDRESSES: Target = { addresses: ['203.0.113.1'] };

function checks(
  target: Target,
  status: Resolution['status'],
  severities: FindingSeverity[] = [],
): Check[] {
  return deriveChecks({
    service: { name: 'external-db', target, ports: [] },
    findings: severities.map(severity => ({
      code: 'code',
      severity,
      path: '',
      message: '',
    })),
    declaration: { path: 'db.yaml', line: 1 },
    repository: { title: 'example.org/shop/orders', seenAt: SEEN },
    resolution: {
      status,
      viewpoint: 'the portal',
      chain: [],
      addresses: [],
      checkedAt: SEEN,
    },
  });
}

const short = ({ result, notCheckedReason }: Check) =>
  notCheckedReason ?? result;

describe('deriveChecks', () => {
  it.each<[string, Check[], string[]]>([
    [
      'a name that resolves',
      checks(NAME, 'resolved'),
      ['passed', 'no-cluster', 'passed', 'probes-off', 'probes-off'],
    ],
    [
      'a name whose answer is old',
      checks(NAME, 'stale'),
      ['passed', 'no-cluster', 'passed', 'probes-off', 'probes-off'],
    ],
    [
      'a name that fails',
      checks(NAME, 'failed'),
      ['passed', 'no-cluster', 'failed', 'no-address', 'no-connection'],
    ],
    [
      'a name, from where nothing is answered',
      checks(NAME, 'unanswered'),
      ['passed', 'no-cluster', 'viewpoint-silent', 'probes-off', 'probes-off'],
    ],
    [
      'a name that cannot be seen from here',
      checks(NAME, 'notVisibleHere'),
      ['passed', 'no-cluster', 'not-visible-here', 'probes-off', 'probes-off'],
    ],
    [
      'a name that was not asked for yet',
      checks(NAME, 'pending'),
      ['passed', 'no-cluster', 'pending', 'probes-off', 'probes-off'],
    ],
    [
      'addresses',
      checks(ADDRESSES, 'notApplicable'),
      ['passed', 'no-cluster', 'fixed-addresses', 'probes-off', 'probes-off'],
    ],
    [
      'what is no name at all',
      checks({ dnsName: 'https://x' }, 'notApplicable', ['error']),
      ['failed', 'no-cluster', 'invalid', 'probes-off', 'probes-off'],
    ],
    [
      'a warning',
      checks(NAME, 'resolved', ['info', 'warning']),
      ['warning', 'no-cluster', 'passed', 'probes-off', 'probes-off'],
    ],
    [
      'a note',
      checks(NAME, 'resolved', ['info']),
      ['passed', 'no-cluster', 'passed', 'probes-off', 'probes-off'],
    ],
  ])(
    'tells what was checked of %s, and why the rest was not',
    (_, all, expected) => {
      expect(all.map(({ check }) => check)).toEqual([
        'repository',
        'cluster',
        'dns',
        'connection',
        'certificate',
      ]);
      expect(all.map(short)).toEqual(expected);
    },
  );

  it('says from where and when it was seen', () => {
    const [repository, cluster, dns] = checks(NAME, 'resolved');
    expect(repository).toMatchObject({
      seenFrom: 'example.org/shop/orders',
      seenAt: SEEN,
    });
    expect(dns).toMatchObject({ seenFrom: 'the portal', seenAt: SEEN });
    expect(cluster).not.toHaveProperty('seenAt');
  });
});
