import {
  type ExternalServicePort,
  type FlatExternalService,
  renderManifests,
  type RenderOptions,
  type Target,
} from '@external-services/backstage-plugin-external-services-common';
import { stringifyManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { Question } from './Question';

/** Every namespace that questions of the model use. */
export const MODEL_NAMESPACES = ['shop', 'on'];

/** Names that YAML 1.1 reads as something else, and an ordinary one. */
const NAMES = ['orders-db', 'on', 'e1'];

const NAMESPACES = [undefined, ...MODEL_NAMESPACES];

const IPV4 = ['203.0.113.1', '203.0.113.2'];
const IPV6 = ['2001:db8::1', '2001:db8::2'];
const DNS_TARGETS: Target[] = [
  'db.example.com',
  'db.example.com.',
  'xn--bcher-kva.example',
  '1.2',
  'no',
].map(dnsName => ({ dnsName }));

const ADDRESS_TARGETS: Target[] = [
  ...[false, true].flatMap(headless =>
    [IPV4, IPV6, [...IPV4, ...IPV6]].map(addresses => ({
      addresses,
      headless,
    })),
  ),
  {
    addresses: [...IPV4, ...IPV6],
    headless: true,
    hostnames: { [IPV4[0]]: 'db-0', [IPV6[0]]: 'on' },
  },
];

const ALIAS_PORTS: ExternalServicePort[][] = [
  [],
  [{ port: 5432, protocol: 'TCP' }],
  [
    { name: 'no', port: 443, protocol: 'TCP', appProtocol: 'https' },
    { name: '80', port: 53, protocol: 'UDP' },
    { name: 'sctp', port: 53, protocol: 'SCTP' },
  ],
];

const ADDRESS_PORTS: ExternalServicePort[][] = [
  [{ port: 80, protocol: 'TCP' }],
  [{ name: '1e3', port: 80, targetPort: 8080, protocol: 'TCP' }],
  [
    { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
    {
      name: 'dns',
      port: 53,
      protocol: 'UDP',
      appProtocol: 'kubernetes.io/h2c',
    },
    { name: 'sctp', port: 53, targetPort: 65535, protocol: 'SCTP' },
  ],
];

/** What a service may have beside its target and ports. */
const REST: Partial<FlatExternalService>[] = [
  {},
  {
    sessionAffinity: { timeoutSeconds: 86_400 },
    publishNotReadyAddresses: true,
    environment: 'prod',
    labels: { team: 'no', 'example.com/tier': '1_000' },
    annotations: { note: 'several\nlines: # and "quotes"', empty: '' },
  },
];

const RENDERINGS: RenderOptions[] = [
  { endpoints: 'EndpointSlice' },
  { endpoints: 'Endpoints' },
  {
    endpoints: 'EndpointSlice',
    entityRef: 'component:default/orders',
    kubernetesId: 'orders',
    linterAnnotations: true,
  },
];

/** More addresses than one slice holds, and as many as the model allows. */
const LARGE: FlatExternalService[] = [1001, 3000].map(count => ({
  name: `large-${count}`,
  target: {
    addresses: Array.from(
      { length: count },
      (_, index) => `10.0.${index >> 8}.${index & 255}`,
    ),
  },
  ports: [{ port: 80, protocol: 'TCP' }],
}));

/** Every manifest that the model produces, in all its variants, one question each. */
export function modelQuestions(): Question[] {
  const questions = new Map<string, Question>();
  for (const service of [...services(), ...LARGE]) {
    for (const options of RENDERINGS) {
      for (const manifest of renderManifests(service, options)) {
        const text = stringifyManifests([manifest]);
        questions.set(text, {
          source: 'model',
          name: `${manifest.kind} ${manifest.metadata.name}`,
          kind: manifest.kind,
          namespace: service.namespace ?? 'default',
          text,
          value: manifest,
        });
      }
    }
  }
  return [...questions.values()];
}

function services(): FlatExternalService[] {
  const mappings = [
    ...combine(DNS_TARGETS, ALIAS_PORTS),
    ...combine(ADDRESS_TARGETS, ADDRESS_PORTS),
  ];
  const identities = combine(NAMES, NAMESPACES);
  return combine(combine(identities, mappings), REST).map(
    ([[[name, namespace], [target, ports]], rest]) => ({
      name,
      namespace,
      target,
      ports:
        'headless' in target && target.headless
          ? ports.map(({ targetPort: _, ...port }) => port)
          : ports,
      ...rest,
    }),
  );
}

function combine<A, B>(as: A[], bs: B[]): [A, B][] {
  return as.flatMap(a => bs.map(b => [a, b] as [A, B]));
}
