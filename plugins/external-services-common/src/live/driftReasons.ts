import { ID_ANNOTATION } from '../catalog/annotations';
import { MAX_ENDPOINTS } from '../kubernetes/limits';
import {
  annotationOf,
  intendedKind,
  isHeadless,
  labelOf,
  nameOf,
  selectsPods,
} from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { SERVICE_NAME_LABEL } from '../model/ownMetadata';
import type { FindingCode } from '../validation/FindingCode';
import type { Difference, DifferenceField } from './Difference';

/**
 * Why a cluster probably runs something else, likeliest first; each has the page
 * `docs/findings/<code>.md`.
 *
 * @public
 */
export type DriftReason = Extract<
  FindingCode,
  | 'argo-cd-exclusion'
  | 'deployer-rights'
  | 'ignored-change'
  | 'immutable-field'
  | 'kustomize-link'
  | 'kustomize-selector'
  | 'mirroring-limit'
  | 'missing-service'
  | 'other-identity'
  | 'renamed-by-deployment'
>;

/**
 * What is compared to explain a difference.
 *
 * @public
 */
export interface DriftEvidence {
  /** Objects of the declared service. */
  declared: readonly ManifestObject[];
  /** Objects of the cluster that belong to it; the Service may be missing. */
  live: readonly ManifestObject[];
  differences: readonly Difference[];
  /** The entity that declares it. Default: unknown, so that any identity will do. */
  entityRef?: string;
}

/**
 * Why repository and cluster differ although nothing failed, as far as the
 * objects tell; empty when they do not.
 *
 * @public
 */
export function driftReasons(evidence: DriftEvidence): DriftReason[] {
  const service = serviceOf(evidence.live);
  if (!service) {
    return slicesOf(evidence.live).length > 0 ? ['missing-service'] : [];
  }
  if (isOfAnother(service, evidence.entityRef)) {
    return ['other-identity'];
  }
  const differs = (field: DifferenceField) =>
    evidence.differences.some(difference => difference.field === field);
  // Controllers replace the addresses of a Service with a selector.
  const ofPods = selectsPods(service.manifest);
  return [
    ...(differs('name') ? ['renamed-by-deployment' as const] : []),
    ...(ofPods ? ['kustomize-selector' as const] : []),
    ...(differs('headless')
      ? [
          isHeadless(service.manifest)
            ? ('ignored-change' as const)
            : ('immutable-field' as const),
        ]
      : []),
    ...(differs('addresses') && !ofPods
      ? missingAddresses(evidence, service)
      : []),
  ];
}

function serviceOf(
  objects: readonly ManifestObject[],
): ManifestObject | undefined {
  return objects.find(({ manifest }) => intendedKind(manifest) === 'Service');
}

function slicesOf(objects: readonly ManifestObject[]): ManifestObject[] {
  return objects.filter(
    ({ manifest }) => intendedKind(manifest) === 'EndpointSlice',
  );
}

function isOfAnother(
  service: ManifestObject,
  entityRef: string | undefined,
): boolean {
  const id = annotationOf(service, ID_ANNOTATION);
  return (
    id !== undefined &&
    entityRef !== undefined &&
    !id.startsWith(`${entityRef}#`)
  );
}

function missingAddresses(
  { declared, live }: DriftEvidence,
  service: ManifestObject,
): DriftReason[] {
  const slices = slicesOf(live).filter(
    slice => labelOf(slice, SERVICE_NAME_LABEL) === nameOf(service),
  );
  if (declared.some(isTooLong)) {
    return ['mirroring-limit'];
  }
  if (slices.length < slicesOf(live).length) {
    // Applied, and tied to the name that the Service had before it was renamed.
    return ['kustomize-link'];
  }
  if (isOfArgoCd(service)) {
    // What Argo CD applies it also tracks; the mirroring controller copies that.
    return slices.some(isOfArgoCd) ? [] : ['argo-cd-exclusion'];
  }
  return slices.length === 0 ? ['deployer-rights'] : [];
}

function isOfArgoCd(object: ManifestObject): boolean {
  return (
    annotationOf(object, 'argocd.argoproj.io/tracking-id') !== undefined ||
    labelOf(object, 'argocd.argoproj.io/instance') !== undefined
  );
}

/** The mirroring controller copies the first 1000 addresses of a subset. */
function isTooLong({ manifest }: ManifestObject): boolean {
  return (
    intendedKind(manifest) === 'Endpoints' &&
    Array.isArray(manifest.subsets) &&
    manifest.subsets.some(
      (subset: { addresses?: unknown }) =>
        Array.isArray(subset?.addresses) &&
        subset.addresses.length > MAX_ENDPOINTS,
    )
  );
}
