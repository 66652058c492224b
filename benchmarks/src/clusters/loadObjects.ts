/** Of this many objects one is external. */
const EXTERNAL_EVERY = 100;

/** The namespace of everything. */
export const NAMESPACE = 'shop';

/** Component that all aliases say they belong to. */
export const ALIASES_OF = 'component:default/aliases';

/** What is listed, as the paths of an API server have it. */
export type Resource = 'services' | 'endpointslices';

/** How many of so many Services, or slices, are external. */
export const externalAmong = (objects: number) =>
  Math.ceil(objects / EXTERNAL_EVERY);

/** Component that some of the Services with addresses are labelled with. */
export const LABELLED_WITH = 'declaring';

const LABELLED = 3;

const isExternal = (index: number) => index % EXTERNAL_EVERY === 0;
const isAlias = (index: number) => index % (2 * EXTERNAL_EVERY) === 0;

/** Places of the Services that are labelled: the first ones with addresses. */
export const labelledPlaces = (objects: number) =>
  externalPlaces(objects, 'addresses').slice(0, LABELLED);

const isLabelled = (index: number) =>
  isExternal(index) && !isAlias(index) && index < LABELLED * 2 * EXTERNAL_EVERY;

/** Places of the external Services that are aliases, or that have addresses. */
export function externalPlaces(
  objects: number,
  kind: 'alias' | 'addresses',
): number[] {
  const first = kind === 'alias' ? 0 : EXTERNAL_EVERY;
  const every = 2 * EXTERNAL_EVERY;
  return Array.from(
    { length: Math.ceil((objects - first) / every) },
    (_, index) => first + index * every,
  );
}

export const serviceName = (index: number) => `service-${index}`;

/** The address behind an external Service. */
export const addressOf = (index: number) =>
  `203.0.${index >> 8}.${index % 256}`;

/** A Service or a slice with everything that an API server sends along. */
export function loadObject(
  resource: Resource,
  index: number,
  version: number,
): object {
  return resource === 'services'
    ? loadService(index, version)
    : loadSlice(index, version);
}

/** Every hundredth is external, by turns an alias and one with addresses. */
export function loadService(
  index: number,
  version: number,
  externalName = `host-${index}.example.com`,
): object {
  const name = serviceName(index);
  const ports = [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 }];
  const inside = {
    type: 'ClusterIP',
    clusterIP: `10.96.${index >> 8}.${index % 256}`,
    clusterIPs: [`10.96.${index >> 8}.${index % 256}`],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
    sessionAffinity: 'None',
    ports,
  };
  const ofPods = { ...inside, selector: { app: name } };
  const alias = { type: 'ExternalName', externalName, ports };
  const external = isAlias(index) ? alias : inside;
  return {
    metadata: metadataOf(name, index, version, {
      labels: {
        app: name,
        team: `team-${index % 40}`,
        ...(isLabelled(index) && {
          'backstage.io/kubernetes-id': LABELLED_WITH,
        }),
      },
      ...(isAlias(index) && {
        annotations: { 'external-services/id': `${ALIASES_OF}#${name}` },
      }),
    }),
    spec: isExternal(index) ? external : ofPods,
    status: { loadBalancer: {} },
  };
}

/** Those of Pods say so; a real server would keep them back, this one does not. */
function loadSlice(index: number, version: number): object {
  const external = isExternal(index);
  const service = external && isAlias(index) ? index + EXTERNAL_EVERY : index;
  return {
    addressType: 'IPv4',
    metadata: metadataOf(`${serviceName(index)}-1`, index, version, {
      labels: {
        'kubernetes.io/service-name': serviceName(service),
        ...(!external && {
          'endpointslice.kubernetes.io/managed-by':
            'endpointslice-controller.k8s.io',
        }),
      },
    }),
    endpoints: [
      {
        addresses: [addressOf(service)],
        conditions: { ready: true, serving: true, terminating: false },
        ...(!external && {
          nodeName: `node-${index % 50}`,
          targetRef: {
            kind: 'Pod',
            namespace: NAMESPACE,
            name: `${serviceName(index)}-abcde`,
            uid: uid(index),
          },
        }),
      },
    ],
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  };
}

function metadataOf(
  name: string,
  index: number,
  version: number,
  more: object,
) {
  return {
    name,
    namespace: NAMESPACE,
    uid: uid(index),
    resourceVersion: String(version),
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...more,
    managedFields: [
      {
        manager: 'kube-controller-manager',
        operation: 'Update',
        apiVersion: 'v1',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:app': {}, 'f:team': {} } },
          'f:spec': {
            'f:internalTrafficPolicy': {},
            'f:ports': {
              '.': {},
              'k:{"port":80,"protocol":"TCP"}': {
                '.': {},
                'f:name': {},
                'f:port': {},
                'f:protocol': {},
                'f:targetPort': {},
              },
            },
            'f:selector': {},
            'f:sessionAffinity': {},
            'f:type': {},
          },
        },
      },
    ],
  };
}

function uid(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
