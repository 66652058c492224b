import {
  ENVIRONMENT_LABEL,
  ID_ANNOTATION,
  MANAGED_BY,
} from '../catalog/annotations';
import { ipFamily, parseIp } from '../kubernetes/ipAddress';
import {
  type AddressTarget,
  type ExternalServicePort,
  type FlatExternalService,
  isDnsTarget,
} from '../model/ExternalService';
import { normalise } from '../model/normalise';
import {
  KUBERNETES_ID_LABEL,
  LINTER_ANNOTATIONS,
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
  SLICE_MANAGED_BY_LABEL,
} from '../model/ownMetadata';
import type {
  EndpointPortManifest,
  EndpointSliceManifest,
  EndpointsManifest,
  Manifest,
  ManifestMetadata,
  ServiceManifest,
} from './Manifest';
import { splitAddresses } from './splitAddresses';

/**
 * How a service becomes manifests.
 *
 * @public
 */
export interface RenderOptions {
  /**
   * Kind that holds the addresses. Default: `EndpointSlice`. `Endpoints` is
   * deprecated since Kubernetes 1.33 and needed where kube-dns answers.
   */
  endpoints?: 'EndpointSlice' | 'Endpoints';
  /** The catalog entity the service belongs to; becomes part of its identity. Default: none. */
  entityRef?: string;
  /** Value of the label `backstage.io/kubernetes-id`. Default: none. */
  kubernetesId?: string;
  /**
   * Adds the annotations that keep kube-linter and kube-score from failing a Service
   * without selector; one that the service has already stays. Default: false.
   */
  linterAnnotations?: boolean;
}

/** kube-proxy ignores every slice that carries one of these; the mirroring controller copies them from Endpoints. */
const NOT_ON_SLICES = [
  'service.kubernetes.io/headless',
  'service.kubernetes.io/service-proxy-name',
];

/**
 * The manifests of a service: deterministic, and equal for services that
 * `normalise` makes equal. The Service comes first.
 *
 * @public
 */
export function renderManifests(
  service: FlatExternalService,
  options: RenderOptions = {},
): Manifest[] {
  const normal = normalise(service);
  const { target } = normal;
  if (isDnsTarget(target)) {
    return [aliasService(normal, target.dnsName, options)];
  }
  const endpoints =
    options.endpoints === 'Endpoints'
      ? [endpointsObject(normal, target, options)]
      : endpointSlices(normal, target, options);
  return [addressService(normal, target, options), ...endpoints];
}

function aliasService(
  service: FlatExternalService,
  externalName: string,
  options: RenderOptions,
): ServiceManifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceMetadata(service, options),
    spec: {
      type: 'ExternalName',
      externalName,
      ...(service.ports.length > 0 && { ports: service.ports }),
    },
  };
}

function addressService(
  service: FlatExternalService,
  target: AddressTarget,
  options: RenderOptions,
): ServiceManifest {
  const ports = service.ports.map(port => ({
    ...(port.name && { name: port.name }),
    port: port.port,
    targetPort: port.targetPort ?? port.port,
    protocol: port.protocol,
    ...(port.appProtocol && { appProtocol: port.appProtocol }),
  }));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceMetadata(service, options),
    spec: {
      ...(target.headless ? { clusterIP: 'None' } : families(target)),
      ...(ports.length > 0 && { ports }),
      ...affinity(service),
      ...(service.publishNotReadyAddresses && {
        publishNotReadyAddresses: true,
      }),
    },
  };
}

function affinity({
  sessionAffinity,
}: FlatExternalService): Partial<ServiceManifest['spec']> {
  const timeoutSeconds = sessionAffinity?.timeoutSeconds;
  return timeoutSeconds === undefined
    ? {}
    : {
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds } },
      };
}

/**
 * A Service with a cluster IP has by default the cluster's first family alone,
 * and kube-proxy never uses slices of another. A headless one without selector
 * answers for both families anyway.
 */
function families(target: AddressTarget): Partial<ServiceManifest['spec']> {
  const { IPv4, IPv6 } = byFamily(target);
  if (IPv6.length === 0) {
    return {};
  }
  // SingleStack fails loudly where the cluster has no IPv6, instead of answering nothing.
  return IPv4.length === 0
    ? { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv6'] }
    : { ipFamilyPolicy: 'PreferDualStack' };
}

function byFamily(target: AddressTarget): Record<'IPv4' | 'IPv6', string[]> {
  const sorted = { IPv4: [] as string[], IPv6: [] as string[] };
  for (const address of target.addresses) {
    const ip = parseIp(address);
    sorted[ip ? ipFamily(ip) : 'IPv4'].push(address);
  }
  return sorted;
}

function endpointSlices(
  service: FlatExternalService,
  target: AddressTarget,
  options: RenderOptions,
): EndpointSliceManifest[] {
  return Object.entries(byFamily(target)).flatMap(([family, all]) =>
    splitAddresses(all).map(({ suffix, addresses }) => ({
      apiVersion: 'discovery.k8s.io/v1' as const,
      kind: 'EndpointSlice' as const,
      metadata: endpointsMetadata(
        service,
        [service.name, family.toLowerCase(), suffix].filter(Boolean).join('-'),
        {
          [SERVICE_NAME_LABEL]: service.name,
          [SLICE_MANAGED_BY_LABEL]: MANAGED_BY,
        },
        options,
      ),
      addressType: family as 'IPv4' | 'IPv6',
      ports: service.ports.map(endpointPort),
      endpoints: addresses.map(address => ({
        addresses: [address] as [string],
        ...hostname(target, address),
      })),
    })),
  );
}

function hostname(
  { hostnames }: AddressTarget,
  address: string,
): { hostname?: string } {
  const name = hostnames?.[address];
  return name ? { hostname: name } : {};
}

function endpointsObject(
  service: FlatExternalService,
  target: AddressTarget,
  options: RenderOptions,
): EndpointsManifest {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: endpointsMetadata(service, service.name, {}, options),
    subsets: [
      {
        addresses: target.addresses.map(ip => ({
          ip,
          ...hostname(target, ip),
        })),
        ports: service.ports.map(endpointPort),
      },
    ],
  };
}

function endpointPort(port: ExternalServicePort): EndpointPortManifest {
  return {
    ...(port.name && { name: port.name }),
    port: port.targetPort ?? port.port,
    protocol: port.protocol,
    ...(port.appProtocol && { appProtocol: port.appProtocol }),
  };
}

function serviceMetadata(
  service: FlatExternalService,
  options: RenderOptions,
): ManifestMetadata {
  const annotations = {
    ...(options.linterAnnotations &&
      !isDnsTarget(service.target) &&
      LINTER_ANNOTATIONS),
    ...service.annotations,
    ...identity(service, options).annotations,
  };
  return {
    name: service.name,
    ...(service.namespace && { namespace: service.namespace }),
    labels: { ...ownLabels(service, options), ...service.labels },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

function endpointsMetadata(
  service: FlatExternalService,
  name: string,
  linkLabels: Record<string, string>,
  options: RenderOptions,
): ManifestMetadata {
  const chosen = Object.entries(service.labels ?? {}).filter(
    ([key]) => !NOT_ON_SLICES.includes(key),
  );
  return {
    name,
    ...(service.namespace && { namespace: service.namespace }),
    labels: {
      ...linkLabels,
      ...ownLabels(service, options),
      ...Object.fromEntries(chosen),
    },
    ...identity(service, options),
  };
}

function ownLabels(
  service: FlatExternalService,
  options: RenderOptions,
): Record<string, string> {
  return {
    [MANAGED_BY_LABEL]: MANAGED_BY,
    ...(options.kubernetesId && {
      [KUBERNETES_ID_LABEL]: options.kubernetesId,
    }),
    ...(service.environment && { [ENVIRONMENT_LABEL]: service.environment }),
  };
}

function identity(
  service: FlatExternalService,
  options: RenderOptions,
): { annotations?: Record<string, string> } {
  return options.entityRef
    ? {
        annotations: {
          [ID_ANNOTATION]: `${options.entityRef}#${service.name}`,
        },
      }
    : {};
}
