import type { Kind } from '../kinds';
import {
  ADDRESSES,
  BOOLEANS,
  HOSTS,
  LABEL_VALUES,
  NAMES,
  PORT_NAMES,
  PORTS,
  PROTOCOLS,
  QUALIFIED_NAMES,
  RANGES,
  SPECIAL_KEYS,
} from './hostileValues';

/** A field and what may be written there. `[]` is any item of a list, `*` any key of a map. */
export interface Field {
  path: string;
  values: unknown[];
  /** Keys for `*`. */
  keys?: string[];
}

const lists = (values: unknown[]) => [
  [],
  null,
  ...values.map(value => [value]),
  ...values.slice(1).map((value, index) => [values[index], value]),
];

const keys = [
  ...QUALIFIED_NAMES.filter((name): name is string => name !== null),
  ...SPECIAL_KEYS,
];

const REFERENCE = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'owner',
  uid: 'f0a1',
};

const METADATA: Field[] = [
  { path: 'metadata.name', values: [...NAMES, null, 5] },
  { path: 'metadata.generateName', values: NAMES },
  { path: 'metadata.namespace', values: ['default', '', null] },
  { path: 'metadata.labels.*', keys, values: LABEL_VALUES },
  {
    path: 'metadata.annotations.*',
    keys,
    values: [...LABEL_VALUES, 'Auto', 'auto', 'x'.repeat(262_145)],
  },
  {
    path: 'metadata.finalizers',
    values: lists(['example.com/a', 'a', 'foregroundDeletion', '/a', '']),
  },
  {
    path: 'metadata.ownerReferences',
    values: [
      [REFERENCE],
      [{ ...REFERENCE, uid: '' }],
      [{ ...REFERENCE, name: '', kind: '' }],
      [{ ...REFERENCE, apiVersion: 'a/b/c' }],
      [
        { ...REFERENCE, controller: true },
        { ...REFERENCE, controller: true },
      ],
      [{ ...REFERENCE, kind: 'Event' }],
    ],
  },
  {
    path: 'metadata.creationTimestamp',
    values: [null, '2026-01-31T12:00:00Z', 'yesterday', 5, ''],
  },
  { path: 'metadata.generation', values: [0, 1, -1, '1', 1.5] },
  { path: 'metadata', values: [null, {}, [], 'name'] },
];

const PORT: Field[] = [
  { path: '[].name', values: PORT_NAMES },
  { path: '[].port', values: PORTS },
  { path: '[].protocol', values: PROTOCOLS },
  { path: '[].appProtocol', values: QUALIFIED_NAMES },
];

const at = (parent: string, fields: Field[]) =>
  fields.map(field => ({ ...field, path: parent + field.path }));

const SERVICE: Field[] = [
  {
    path: 'spec.type',
    values: [
      'ClusterIP',
      'ExternalName',
      'NodePort',
      'LoadBalancer',
      'externalName',
      'Headless',
      '',
      null,
    ],
  },
  { path: 'spec.externalName', values: [...HOSTS, null] },
  { path: 'spec.clusterIP', values: [...ADDRESSES, null] },
  { path: 'spec.clusterIPs', values: lists(ADDRESSES) },
  {
    path: 'spec.ipFamilies',
    values: lists(['IPv4', 'IPv6', 'ipv4', '', 'IPv4']),
  },
  {
    path: 'spec.ipFamilyPolicy',
    values: [
      'SingleStack',
      'PreferDualStack',
      'RequireDualStack',
      'singleStack',
      '',
      null,
    ],
  },
  ...at('spec.ports', PORT),
  { path: 'spec.ports[].targetPort', values: [...PORTS, ...PORT_NAMES] },
  { path: 'spec.ports[].nodePort', values: [...PORTS, 30000, 32767, 32768] },
  { path: 'spec.selector.*', keys, values: LABEL_VALUES },
  { path: 'spec.externalIPs', values: lists(ADDRESSES) },
  {
    path: 'spec.sessionAffinity',
    values: ['None', 'ClientIP', 'clientIP', '', null],
  },
  {
    path: 'spec.sessionAffinityConfig',
    values: [
      {},
      { clientIP: {} },
      ...[0, 1, 86400, 86401, -1, null, '1'].map(timeoutSeconds => ({
        clientIP: { timeoutSeconds },
      })),
    ],
  },
  {
    path: 'spec.externalTrafficPolicy',
    values: ['Cluster', 'Local', 'local', '', null],
  },
  {
    path: 'spec.internalTrafficPolicy',
    values: ['Cluster', 'Local', 'local', '', null],
  },
  {
    path: 'spec.trafficDistribution',
    values: [
      'PreferClose',
      'PreferSameZone',
      'PreferSameNode',
      'Any',
      '',
      null,
    ],
  },
  { path: 'spec.healthCheckNodePort', values: PORTS },
  { path: 'spec.allocateLoadBalancerNodePorts', values: BOOLEANS },
  { path: 'spec.publishNotReadyAddresses', values: BOOLEANS },
  { path: 'spec.loadBalancerClass', values: QUALIFIED_NAMES },
  { path: 'spec.loadBalancerIP', values: ADDRESSES },
  { path: 'spec.loadBalancerSourceRanges', values: lists(RANGES) },
  { path: 'spec', values: [null, {}, 'spec'] },
  { path: 'status', values: [null, {}, { loadBalancer: {} }, 'up'] },
];

const TARGET_REFERENCES = [
  {},
  null,
  { kind: 'Pod', name: 'Not A Name', namespace: '!' },
  { kind: 5 },
];

const ENDPOINTS: Field[] = [
  { path: 'subsets', values: [null, [], [{}], [null], {}] },
  { path: 'subsets[].addresses', values: [null, [], [{}], [null]] },
  { path: 'subsets[].notReadyAddresses', values: [[{ ip: '10.0.0.1' }], []] },
  { path: 'subsets[].addresses[].ip', values: [...ADDRESSES, null, 5] },
  { path: 'subsets[].notReadyAddresses[].ip', values: ADDRESSES },
  { path: 'subsets[].addresses[].hostname', values: [...NAMES, null] },
  { path: 'subsets[].addresses[].nodeName', values: [...NAMES, null] },
  { path: 'subsets[].addresses[].targetRef', values: TARGET_REFERENCES },
  { path: 'subsets[].ports', values: [null, [], [{}]] },
  ...at('subsets[].ports', PORT),
];

const ZONES = [
  [],
  [{ name: 'a' }],
  [{ name: 'a' }, { name: 'a' }],
  [{ name: 'not a label' }],
  [{ name: '' }],
  Array.from({ length: 9 }, (_, index) => ({ name: `z${index}` })),
];

const ENDPOINT_SLICE: Field[] = [
  {
    path: 'addressType',
    values: ['IPv4', 'IPv6', 'FQDN', 'ipv4', 'IP', '', null],
  },
  { path: 'endpoints', values: [null, [], [{}], [null], {}] },
  { path: 'endpoints[].addresses', values: [null, ...lists(ADDRESSES)] },
  { path: 'endpoints[].addresses[]', values: [...ADDRESSES, ...HOSTS] },
  { path: 'endpoints[].hostname', values: [...NAMES, null] },
  { path: 'endpoints[].nodeName', values: [...NAMES, null] },
  { path: 'endpoints[].zone', values: ['', 'a', 'not a label', null] },
  { path: 'endpoints[].conditions.ready', values: BOOLEANS },
  { path: 'endpoints[].conditions.serving', values: BOOLEANS },
  { path: 'endpoints[].hints', values: [null, {}, { forNodes: [] }] },
  { path: 'endpoints[].hints.forZones', values: ZONES },
  {
    path: 'endpoints[].hints.forNodes',
    values: [...ZONES, [{ name: 'Node_1' }], [{ name: 'node.example' }]],
  },
  {
    path: 'endpoints[].deprecatedTopology',
    values: [{}, { 'kubernetes.io/hostname': 'a' }, { 'not valid': '!' }],
  },
  { path: 'endpoints[].targetRef', values: TARGET_REFERENCES },
  { path: 'ports', values: [null, [], [{}], [null]] },
  ...at('ports', PORT),
];

/** The fields of each kind. */
export const FIELDS: Record<Kind, Field[]> = {
  Service: [...METADATA, ...SERVICE],
  Endpoints: [...METADATA, ...ENDPOINTS],
  EndpointSlice: [...METADATA, ...ENDPOINT_SLICE],
};
