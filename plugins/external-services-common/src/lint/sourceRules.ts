import { MAX_ENDPOINTS } from '../kubernetes/limits';
import { cidrContains, parseCidr } from '../kubernetes/cidr';
import { annotationOf, labelOf, nameOf, namespaceOf } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { keyPath } from '../validation/fieldPath';
import {
  SERVICE_NAME_LABEL,
  SLICE_MANAGED_BY_LABEL,
} from '../model/ownMetadata';
import { lintSlicePort } from './portRules';
import type { FindingCode } from '../validation/FindingCode';
import type { LintContext } from './LintContext';
import type { LintReport } from './LintProblem';
import type { LintSubjects } from './LintSubject';
import type {
  AddressSource,
  EndpointsSource,
  PlacedAddress,
  SliceSource,
} from './AddressSource';

/** What is wrong with an address list by itself, whatever its Service. */
export function lintSource(
  source: AddressSource,
  context: LintContext,
  report: LintReport,
): void {
  for (const address of source.addresses) {
    lintAddress(address, context, report);
  }
  if (source.kind === 'EndpointSlice') {
    lintSlice(source, report);
  } else {
    lintDeprecated(source, report);
    lintMirroring(source, report);
  }
}

/** What no Service in sight owns. */
export function lintOrphans(
  { orphans, services }: LintSubjects,
  report: LintReport,
): void {
  if (orphans.length > 0) {
    const places = new Set(services.map(({ object }) => placeOf(object)));
    orphans.forEach(orphan => lintOrphan(orphan, places, report));
  }
}

function lintOrphan(
  { object, kind }: AddressSource,
  services: ReadonlySet<string>,
  report: LintReport,
): void {
  const label = labelOf(object, SERVICE_NAME_LABEL);
  const missing = kind === 'EndpointSlice' && label === undefined;
  const owner = missing ? ownerByName(object, services) : undefined;
  report({
    object,
    severity: 'warning',
    code: 'orphan-slice',
    path: kind === 'Endpoints' ? 'metadata.name' : 'metadata.labels',
    message: missing
      ? `Without the label ${SERVICE_NAME_LABEL} no Service uses this slice.`
      : `No Service without selector here is called ${
          label ?? nameOf(object)
        }, so nothing uses these addresses.`,
    hint:
      kind === 'Endpoints'
        ? 'Give the Endpoints the name and namespace of the Service.'
        : `Set the label ${SERVICE_NAME_LABEL} to the name of the Service in the same namespace.`,
    ...(owner !== undefined && {
      fix: {
        title: `Set the label to ${owner}`,
        changes: [
          {
            path: keyPath('metadata.labels', SERVICE_NAME_LABEL),
            value: owner,
          },
        ],
      },
    }),
  });
}

/** Where a Service stands, to find it by. */
function placeOf(object: ManifestObject): string {
  return `${namespaceOf(object) ?? ''}/${nameOf(object)}`;
}

/** The Service whose name a slice begins with; of several the longest. */
function ownerByName(
  object: ManifestObject,
  services: ReadonlySet<string>,
): string | undefined {
  const parts = nameOf(object).split('-');
  const prefixes = parts
    .map((_part, index) => parts.slice(0, parts.length - index).join('-'))
    .slice(1);
  return prefixes.find(name =>
    services.has(`${namespaceOf(object) ?? ''}/${name}`),
  );
}

/** Beyond 169.254.0.0/16, which the server refuses. */
const METADATA_ADDRESSES = [
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
];

function lintAddress(
  { object, address, ip, canonical, path }: PlacedAddress,
  { clusterRanges }: LintContext,
  report: LintReport,
): void {
  if (METADATA_ADDRESSES.includes(canonical)) {
    report({
      object,
      severity: 'warning',
      code: 'metadata-address',
      path,
      message: `${address} leads to the cloud's machine metadata, which holds credentials.`,
      hint: 'Give applications their credentials by workload identity.',
    });
    return;
  }
  const range = clusterRanges?.find(text => {
    const cidr = parseCidr(text);
    return cidr && ip && cidrContains(cidr, ip);
  });
  if (range) {
    report({
      object,
      severity: 'warning',
      code: 'cluster-address',
      path,
      message: `${address} is inside the cluster (${range}).`,
      hint: 'Use the name of the service inside the cluster; Kubernetes does not support other services as endpoints.',
    });
  }
}

const CONTROLLERS = [
  'endpointslice-controller.k8s.io',
  'endpointslicemirroring-controller.k8s.io',
  'controller',
];

const HIDING_LABELS = [
  'service.kubernetes.io/headless',
  'service.kubernetes.io/service-proxy-name',
];

function lintSlice(
  { object, slice, ports }: SliceSource,
  report: LintReport,
): void {
  const { labels } = slice.metadata;
  const warn = (
    code: FindingCode,
    path: string,
    message: string,
    hint: string,
  ) => report({ object, severity: 'warning', code, path, message, hint });
  if (slice.addressType === 'FQDN') {
    warn(
      'fqdn-slice',
      'addressType',
      'Slices of type FQDN are deprecated, and nothing in the cluster uses them.',
      'Use a Service of type ExternalName for a host name.',
    );
  }
  const manager = labels.get(SLICE_MANAGED_BY_LABEL) ?? '';
  if (CONTROLLERS.includes(manager)) {
    warn(
      'managed-by-controller',
      'metadata.labels',
      `${manager} takes slices with its label for its own and changes or deletes them.`,
      `Set ${SLICE_MANAGED_BY_LABEL} to a name of your own, without a slash.`,
    );
  }
  const hiding = HIDING_LABELS.find(label => labels.has(label));
  if (hiding) {
    warn(
      'hidden-slice',
      'metadata.labels',
      `kube-proxy passes over slices with the label ${hiding}.`,
      'Remove the label from the slice.',
    );
  }
  const several = slice.endpoints.findIndex(
    ({ addresses }) => addresses.length > 1,
  );
  if (several >= 0) {
    warn(
      'several-addresses',
      `endpoints[${several}].addresses`,
      'Of the addresses of one endpoint kube-proxy uses the first alone.',
      'Write an endpoint for each address.',
    );
  }
  if (slice.ports.length === 0) {
    report({
      object,
      severity: 'info',
      code: 'unusable-port',
      path: 'ports',
      message: 'A slice without ports serves headless Services alone.',
      hint: 'Add the ports of the Service.',
    });
  }
  for (const port of ports) {
    lintSlicePort(port, report);
  }
}

const SKIP_MIRROR_LABEL = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader';

/** Source: `pkg/controller/endpointslicemirroring`, `skipMirror` and `hasLeaderElection`; default and maximum of `--mirroring-max-endpoints-per-subset`. */
function lintMirroring(
  { object, endpoints }: EndpointsSource,
  report: LintReport,
): void {
  const unmirrored = [
    labelOf(object, SKIP_MIRROR_LABEL) === 'true' && {
      what: `the label ${SKIP_MIRROR_LABEL}`,
      path: 'metadata.labels',
    },
    annotationOf(object, LEADER_ANNOTATION) !== undefined && {
      what: `the annotation ${LEADER_ANNOTATION}`,
      path: 'metadata.annotations',
    },
  ].find(found => found !== false);
  if (unmirrored) {
    report({
      object,
      severity: 'warning',
      code: 'not-mirrored',
      path: unmirrored.path,
      message: `Kubernetes copies no Endpoints with ${unmirrored.what} into slices, so these addresses are never used.`,
      hint: 'Remove it, or use EndpointSlices.',
    });
  }
  for (const [index, subset] of endpoints.subsets.entries()) {
    const count = subset.addresses.length + subset.notReadyAddresses.length;
    if (count > MAX_ENDPOINTS) {
      report({
        object,
        severity: 'warning',
        code: 'mirroring-limit',
        path: `subsets[${index}].addresses`,
        message: `Of these ${count} addresses Kubernetes copies ${MAX_ENDPOINTS} into slices; the others are never used.`,
        hint: 'Use EndpointSlices.',
      });
    }
  }
}

function lintDeprecated({ object }: AddressSource, report: LintReport): void {
  report({
    object,
    severity: 'info',
    code: 'deprecated-endpoints',
    path: 'kind',
    message:
      'Endpoints are deprecated since Kubernetes 1.33 and work through a controller that copies them.',
    hint: 'Use an EndpointSlice, unless the cluster still has kube-dns.',
  });
}
