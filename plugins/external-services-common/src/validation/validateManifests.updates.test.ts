import { toManifestObject } from '../manifests/toManifestObject';
import type { ClusterFacts } from './ClusterFacts';
import { validateManifests } from './validateManifests';

const ports = [{ name: 'a', port: 80 }];

const service = (spec: Record<string, unknown>) =>
  toManifestObject({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec,
  });

const alias = { type: 'ExternalName', externalName: 'db.example.com' };
const headless = { clusterIP: 'None', ports };
const clusterIp = { ports };
const loadBalancer = { type: 'LoadBalancer', ports };

function change(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  cluster?: ClusterFacts,
): string[] {
  const findings = validateManifests([service(after)], {
    existing: [service(before)],
    cluster,
  });
  return findings.map(({ code, path }) => `${code} ${path}`);
}

describe('validateManifests of a change', () => {
  it.each([
    ['ClusterIP to ExternalName', clusterIp, alias],
    ['headless to ExternalName', headless, alias],
    ['ExternalName to ClusterIP', alias, clusterIp],
    ['ExternalName to headless', alias, headless],
    ['headless to ClusterIP, which is ignored', headless, clusterIp],
    ['headless to headless', headless, headless],
    ['ClusterIP to itself', clusterIp, clusterIp],
    [
      'ClusterIP to itself with its address',
      { ...clusterIp, clusterIP: '10.96.0.9' },
      { ...clusterIp, clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'] },
    ],
    [
      'ExternalName with the old address still there',
      { ...clusterIp, clusterIP: '10.96.0.9' },
      { ...alias, clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'] },
    ],
    ['LoadBalancer to ExternalName', loadBalancer, alias],
    [
      'LoadBalancer to ClusterIP with its class',
      { ...loadBalancer, loadBalancerClass: 'a.b/c' },
      { ...clusterIp, loadBalancerClass: 'a.b/c' },
    ],
    [
      'NodePort to ClusterIP with its node ports',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] },
      { ports: [{ port: 80, nodePort: 30080 }] },
    ],
    [
      'one family to two',
      clusterIp,
      { ...clusterIp, ipFamilyPolicy: 'PreferDualStack' },
    ],
    [
      'an address that is stored and no longer valid',
      { ...clusterIp, externalIPs: ['010.0.0.1'] },
      { ...clusterIp, externalIPs: ['010.0.0.1'], sessionAffinity: 'ClientIP' },
    ],
  ])('accepts %s', (_what, before, after) => {
    expect(change(before, after)).toEqual([]);
  });

  it.each([
    [
      'ClusterIP to headless',
      clusterIp,
      headless,
      'immutable-field spec.clusterIPs[0]',
    ],
    [
      'another address',
      { ...clusterIp, clusterIP: '10.96.0.9' },
      { ...clusterIp, clusterIP: '10.96.0.10' },
      'immutable-field spec.clusterIPs[0]',
    ],
    [
      'another family',
      { ...clusterIp, ipFamilies: ['IPv4'] },
      { ...clusterIp, ipFamilies: ['IPv6'] },
      'invalid-cluster-ip spec.clusterIPs[0]',
    ],
    [
      'another class of load balancer',
      { ...loadBalancer, loadBalancerClass: 'a.b/c' },
      { ...loadBalancer, loadBalancerClass: 'a.b/d' },
      'immutable-field spec.loadBalancerClass',
    ],
    [
      'ExternalName to ClusterIP without ports',
      alias,
      {},
      'missing-ports spec.ports',
    ],
    [
      'a class that changes with the type',
      { ...loadBalancer, loadBalancerClass: 'a.b/c' },
      { ...clusterIp, loadBalancerClass: 'a.b/d' },
      'not-allowed-for-type spec.loadBalancerClass',
    ],
    [
      'two families reduced without a policy',
      { ...headless, ipFamilies: ['IPv4', 'IPv6'] },
      { ...headless, ipFamilies: ['IPv4'], ipFamilyPolicy: 'PreferDualStack' },
      'invalid-ip-families spec.ipFamilyPolicy',
    ],
  ])('refuses %s', (_what, before, after, problem) => {
    expect(change(before, after)).toEqual([problem]);
  });

  it('refuses headless to a literal address on a single-stack cluster', () => {
    const cluster = { serviceRanges: ['10.96.0.0/12'] };
    const after = { ...clusterIp, clusterIP: '10.96.0.9' };
    expect(change(headless, after, cluster)).toEqual([
      'not-in-cluster spec.ipFamilyPolicy',
    ]);
  });

  it('refuses to make a Service of two families headless, where the server of 1.37.2 breaks off without an answer', () => {
    const before = { ...clusterIp, ipFamilyPolicy: 'PreferDualStack' };
    expect(change(before, headless)).toEqual([
      'immutable-field spec.clusterIPs[0]',
    ]);
  });

  it('takes an object of another name for a new one', () => {
    const other = toManifestObject({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'other', namespace: 'shop' },
      spec: clusterIp,
    });
    expect(
      validateManifests([service(headless)], { existing: [other] }),
    ).toEqual([]);
  });
});

describe('validateManifests', () => {
  it('names object, file, position and what to write', () => {
    const [finding] = validateManifests([
      {
        ...service({ type: 'ExternalName', externalName: 'DB.example.com' }),
        path: 'prod/db.yaml',
        positionOf: path => ({ line: path.length, column: 2 }),
      },
    ]);
    expect(finding).toEqual({
      code: 'invalid-external-name',
      severity: 'error',
      path: 'spec.externalName',
      message: '"DB.example.com" is not a host name.',
      hint: 'Write it as db.example.com.',
      fix: {
        title: 'Write db.example.com',
        changes: [{ path: 'spec.externalName', value: 'db.example.com' }],
      },
      object: {
        apiVersion: 'v1',
        kind: 'Service',
        name: 'db',
        namespace: 'shop',
      },
      file: 'prod/db.yaml',
      position: { line: 'spec.externalName'.length, column: 2 },
    });
  });

  it('refuses unknown fields, as kubectl does, and says what was meant', () => {
    const misspelt = service({ ...alias, externalname: 'db.example.com' });
    expect(validateManifests([misspelt])).toEqual([
      expect.objectContaining({
        code: 'unknown-field',
        severity: 'error',
        path: 'spec.externalname',
        hint: 'Did you mean externalName?',
      }),
    ]);
    expect(
      validateManifests([misspelt], { fieldValidation: 'Warn' })[0].severity,
    ).toBe('warning');
  });

  it.each([
    ['1.30', false],
    ['v1.35.2', false],
    ['1.36', true],
    ['1.37+k3s1', true],
    ['1.99', true],
    ['1.2', false],
  ])('follows the rules of Kubernetes %s', (kubernetesVersion, accepted) => {
    const digits = toManifestObject({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: '1db' },
      spec: alias,
    });
    const findings = validateManifests([digits], { kubernetesVersion });
    expect(findings.length === 0).toBe(accepted);
  });

  it('throws at a version that is none', () => {
    expect(() => validateManifests([], { kubernetesVersion: 'new' })).toThrow(
      '"new" is not a Kubernetes version: write it like 1.37',
    );
  });

  it('throws at a range that is none', () => {
    expect(() =>
      validateManifests([service(clusterIp)], {
        cluster: { serviceRanges: ['10.96.0.0'] },
      }),
    ).toThrow('"10.96.0.0" is not a range of addresses');
  });

  it('does not decide what depends on an unknown cluster', () => {
    const literal = service({ ...clusterIp, clusterIP: '192.168.7.7' });
    expect(validateManifests([literal])).toEqual([]);
  });
});
