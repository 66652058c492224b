import type { ExternalService } from './ExternalService';
import { inClusterName } from './inClusterName';
import { normalise } from './normalise';
import { resolve } from './resolve';

const target = { dnsName: 'db.example.com' };
const ports = [{ port: 5432, protocol: 'TCP' as const }];
const service = (over: Partial<ExternalService> = {}): ExternalService => ({
  name: 'db',
  target,
  ports,
  ...over,
});

describe('resolve', () => {
  it('answers the same everywhere for a service without environments', () => {
    expect(resolve(service(), 'dev')).toEqual({ name: 'db', target, ports });
    expect(resolve(service())).toEqual({ name: 'db', target, ports });
  });

  it('takes from the service what the environment does not say', () => {
    const dev = { dnsName: 'db.dev.example.com' };
    const input = service({
      namespace: 'shop',
      environments: { dev: { target: dev }, prod: { namespace: 'live' } },
    });
    expect(resolve(input, 'dev')).toMatchObject({
      target: dev,
      namespace: 'shop',
      environment: 'dev',
    });
    expect(resolve(input, 'prod')).toMatchObject({
      target,
      namespace: 'live',
      environment: 'prod',
    });
  });

  it.each([['test'], [undefined], ['__proto__'], ['constructor']])(
    'has no answer for environment %s that is not listed',
    environment => {
      const input = service({ environments: { dev: {} } });
      expect(resolve(input, environment)).toBeUndefined();
    },
  );

  it('throws when there is no target', () => {
    const input = service({ target: undefined, environments: { dev: {} } });
    expect(() => resolve(input, 'dev')).toThrow(
      'External service db has no target in environment dev',
    );
  });
});

describe('normalise', () => {
  it('brings what means the same into one form', () => {
    expect(
      normalise({
        name: 'db',
        namespace: '',
        target: {
          addresses: ['2001:DB8::1', '10.0.0.2', '010.0.0.1', '10.0.0.2'],
          headless: false,
        },
        ports: [
          { name: '', port: 1, targetPort: 1, protocol: 'TCP' },
          { name: 'b', port: 2, targetPort: 3, protocol: 'UDP' },
        ],
        labels: { b: '1', a: '2', 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'external-services/id': 'x' },
      }),
    ).toEqual({
      name: 'db',
      target: { addresses: ['10.0.0.2', '10.0.0.1', '2001:db8::1'] },
      ports: [
        { name: 'tcp-1', port: 1, protocol: 'TCP' },
        { name: 'b', port: 2, targetPort: 3, protocol: 'UDP' },
      ],
      labels: { a: '2', b: '1' },
    });
  });
});

describe('normalise, where traffic goes', () => {
  const direct = {
    addresses: ['203.0.113.1', '2001:db8::1'],
    headless: true,
    hostnames: { '2001:DB8::1': 'db-1', '203.0.113.1': 'db-0' },
  };
  const balanced = { ...direct, headless: false };
  const wanted = { sessionAffinity: {}, publishNotReadyAddresses: true };

  it.each<[string, ExternalService['target'], object]>([
    ['an alias', target, { target }],
    [
      'direct addresses',
      direct,
      {
        target: {
          ...direct,
          hostnames: { '203.0.113.1': 'db-0', '2001:db8::1': 'db-1' },
        },
        publishNotReadyAddresses: true,
      },
    ],
    [
      'addresses behind one',
      balanced,
      {
        target: { addresses: direct.addresses },
        sessionAffinity: { timeoutSeconds: 10_800 },
        publishNotReadyAddresses: true,
      },
    ],
  ])('keeps of %s what has an effect', (_what, chosen, expected) => {
    expect(
      normalise({ name: 'db', ports, target: chosen!, ...wanted }),
    ).toEqual({ name: 'db', ports, ...expected });
  });

  it('leaves out names of addresses that are not there', () => {
    const hostnames = { '203.0.113.9': 'db-9' };
    expect(
      normalise({ name: 'db', ports, target: { ...direct, hostnames } }).target,
    ).toEqual({ addresses: direct.addresses, headless: true });
  });

  it('sorts by number what one slice cannot hold, and nothing else', () => {
    const addresses = Array.from(
      { length: 1001 },
      (_, i) => `10.0.${i >> 8}.${i % 256}`,
    );
    const order = (list: string[]) =>
      normalise({ name: 'db', ports, target: { addresses: list } }).target;
    const backwards = [...addresses].reverse();
    expect(order(backwards)).toEqual({ addresses });
    expect(order(backwards.slice(1))).toEqual({
      addresses: backwards.slice(1),
    });
  });
});

describe('normalise, what the product writes itself', () => {
  it('leaves out its words to linters, and keeps those of others', () => {
    const annotations = {
      'ignore-check.kube-linter.io/dangling-service':
        'Leads out of the cluster, so no Pods are behind it',
      'kube-score/ignore': 'service-type',
    };
    expect(
      normalise({ name: 'db', ports, target, annotations }).annotations,
    ).toEqual({ 'kube-score/ignore': 'service-type' });
  });
});

describe('inClusterName', () => {
  it('is the full name when the namespace is known', () => {
    expect(inClusterName({ name: 'db', namespace: 'shop' })).toBe(
      'db.shop.svc.cluster.local',
    );
    expect(
      inClusterName({ name: 'db', namespace: 'shop' }, 'k8s.example'),
    ).toBe('db.shop.svc.k8s.example');
  });

  it('is the name alone while the namespace is unknown', () => {
    expect(inClusterName({ name: 'db' })).toBe('db');
  });
});
