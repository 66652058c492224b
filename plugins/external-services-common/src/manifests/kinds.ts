import { fieldOf, objectAt, textAt, textsAt } from './reading';
import type { ManifestObject } from './ManifestObject';

/** The kinds an external service is made of. */
export type ExternalServiceKind = 'Service' | 'Endpoints' | 'EndpointSlice';

const KINDS: ExternalServiceKind[] = ['Service', 'Endpoints', 'EndpointSlice'];

/** How kind and version are written nearly always. */
const EXACT = new Map<unknown, string>([
  ['Service', 'v1'],
  ['Endpoints', 'v1'],
  ['EndpointSlice', 'discovery.k8s.io/v1'],
]);

/**
 * The kind a manifest has or means to have: a wrong case or a wrong version of
 * the right group still counts, so that validation can say what is wrong;
 * `Service` of another group (Knative has one) does not.
 */
export function intendedKind(
  manifest: Record<string, unknown>,
): ExternalServiceKind | undefined {
  if (EXACT.get(manifest.kind) === (manifest.apiVersion ?? '')) {
    return manifest.kind as ExternalServiceKind;
  }
  const written = textAt(manifest, 'kind')?.toLowerCase();
  const kind = KINDS.find(known => known.toLowerCase() === written);
  const apiVersion = textAt(manifest, 'apiVersion') ?? '';
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const groups =
    kind === 'EndpointSlice' ? ['', 'discovery.k8s.io'] : ['', 'core'];
  return kind && groups.includes(group) ? kind : undefined;
}

/** True when the Service gets its endpoints from Pods, so nothing external is behind it. */
export function selectsPods(manifest: Record<string, unknown>): boolean {
  const spec = objectAt(manifest, 'spec');
  return (
    Object.keys(objectAt(spec, 'selector')).length > 0 &&
    spec.type !== 'ExternalName'
  );
}

/** True for an ExternalName Service. */
export function isAlias(manifest: Record<string, unknown>): boolean {
  return objectAt(manifest, 'spec').type === 'ExternalName';
}

/** True for a headless Service. */
export function isHeadless(manifest: Record<string, unknown>): boolean {
  return objectAt(manifest, 'spec').clusterIP === 'None';
}

/** `metadata.name`, empty when there is none. */
export function nameOf(object: ManifestObject): string {
  return textAt(objectAt(object.manifest, 'metadata'), 'name') ?? '';
}

/** `metadata.namespace`. */
export function namespaceOf(object: ManifestObject): string | undefined {
  return textAt(objectAt(object.manifest, 'metadata'), 'namespace');
}

/** `metadata.labels` whose values are texts. */
export function labelsOf(object: ManifestObject): Record<string, string> {
  return textsAt(objectAt(object.manifest, 'metadata'), 'labels');
}

/** The text of one label. */
export function labelOf(
  object: ManifestObject,
  key: string,
): string | undefined {
  return textIn(objectAt(object.manifest, 'metadata'), 'labels', key);
}

/** The text of one annotation. */
export function annotationOf(
  object: ManifestObject,
  key: string,
): string | undefined {
  return textIn(objectAt(object.manifest, 'metadata'), 'annotations', key);
}

function textIn(
  metadata: Record<string, unknown>,
  map: string,
  key: string,
): string | undefined {
  const found = fieldOf(objectAt(metadata, map), key);
  return typeof found === 'string' ? found : undefined;
}

/** `metadata.annotations` whose values are texts. */
export function annotationsOf(object: ManifestObject): Record<string, string> {
  return textsAt(objectAt(object.manifest, 'metadata'), 'annotations');
}
