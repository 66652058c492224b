import { toManifestObject } from '../manifests/toManifestObject';
import { validateManifests } from './validateManifests';

/** What `yarn conformance` found: each was once decided otherwise than by the server. */

const CLUSTER = { serviceRanges: ['10.96.0.0/12'] };

const service = (spec: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db', ...metadata },
  spec,
});
const alias = { type: 'ExternalName', externalName: 'db.example.com' };

function problems(
  manifest: Record<string, unknown>,
  existing?: Record<string, unknown>,
): string[] {
  return validateManifests([toManifestObject(manifest)], {
    cluster: CLUSTER,
    existing: existing && [toManifestObject(existing)],
  }).map(({ code, path }) => `${code} ${path}`);
}

describe('validateManifests, where it once disagreed with the server', () => {
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'f0a1' };
  const controller = { ...owner, controller: true };

  it('takes owners that are repeated for one', () => {
    const ownerReferences = [controller, controller];
    expect(problems(service(alias, { ownerReferences }))).toEqual([]);
  });

  it('counts owners that differ in one field', () => {
    const ownerReferences = [
      { ...controller, uid: '' },
      { ...controller, uid: '' },
      { ...controller, blockOwnerDeletion: false },
    ];
    expect(problems(service(alias, { ownerReferences }))).toEqual([
      'invalid-owner-reference metadata.ownerReferences[0].uid',
      'invalid-owner-reference metadata.ownerReferences',
    ]);
  });

  it.each([
    ['EndpointSlice, where the server sets it', 'EndpointSlice', []],
    ['Endpoints', 'Endpoints', ['server-set-field metadata.generation']],
    ['Service', 'Service', ['server-set-field metadata.generation']],
  ])('decides about a negative generation of %s', (_what, kind, expected) => {
    const objects: Record<string, Record<string, unknown>> = {
      EndpointSlice: {
        apiVersion: 'discovery.k8s.io/v1',
        kind,
        metadata: { name: 'db', generation: -1 },
        addressType: 'IPv4',
      },
      Endpoints: {
        apiVersion: 'v1',
        kind,
        metadata: { name: 'db', generation: -1 },
      },
      Service: service(alias, { generation: -1 }),
    };
    expect(problems(objects[kind])).toEqual(expected);
  });

  it.each([
    ['10.96.0.0', ['not-in-cluster spec.clusterIPs']],
    ['10.96.0.1', []],
    ['10.111.255.254', []],
    ['10.111.255.255', ['not-in-cluster spec.clusterIPs']],
  ])('decides about the end of a range of Services: %s', (ip, expected) => {
    const spec = { clusterIP: ip, ports: [{ port: 80 }] };
    expect(problems(service(spec))).toEqual(expected);
  });

  describe('with ports of one number, which share a node port', () => {
    const twice = (over: object = {}, second: object = {}) => ({
      type: 'LoadBalancer',
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 80, ...second },
      ],
      ...over,
    });

    it.each([
      ['a load balancer', twice()],
      ['a node port', twice({ type: 'NodePort' })],
      ['a node port that is written once', twice({}, { nodePort: 30080 })],
    ])('reports that of %s', (_what, spec) => {
      expect(problems(service(spec))).toEqual([
        'duplicate-port spec.ports[1].nodePort',
        'duplicate-port spec.ports[1]',
      ]);
    });

    it.each([
      ['without node ports', twice({ allocateLoadBalancerNodePorts: false })],
      ['of a cluster IP', twice({ type: 'ClusterIP' })],
    ])('reports only the port %s', (_what, spec) => {
      expect(problems(service(spec))).toEqual(['duplicate-port spec.ports[1]']);
    });

    it('accepts two protocols', () => {
      const spec = twice({}, { protocol: 'UDP' });
      expect(problems(service(spec))).toEqual([]);
    });
  });

  it('ends at a node port that two ports want', () => {
    const ports = [
      { name: 'a', port: 80, nodePort: 30080 },
      { name: 'b', port: 443, nodePort: 30080, protocol: 'UDP' },
      { name: '!', port: 0 },
    ];
    expect(problems(service({ type: 'NodePort', ports }))).toEqual([
      'duplicate-port spec.ports[1].nodePort',
    ]);
  });

  it('gives every new port of a Service that exists a node port of its own', () => {
    const before = { type: 'NodePort', ports: [{ name: 'a', port: 80 }] };
    const after = {
      type: 'NodePort',
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
        { name: 'c', port: 81, protocol: 'UDP' },
      ],
    };
    expect(problems(service(after), service(before))).toEqual([]);
  });

  it('refuses a health check on a node port that a port wants', () => {
    const spec = {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 30080,
      ports: [{ port: 80, nodePort: 30080 }],
    };
    expect(problems(service(spec))).toEqual([
      'duplicate-port spec.healthCheckNodePort',
    ]);
  });

  it('refuses a generation beyond 64 bits', () => {
    const metadata = { generation: 99999999999999999999 };
    expect(problems(service(alias, metadata))).toEqual([
      'wrong-type metadata.generation',
    ]);
    const largest = { generation: Number.MAX_SAFE_INTEGER };
    expect(problems(service(alias, largest))).toEqual([]);
  });
});
