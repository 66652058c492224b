import { ENVIRONMENT_LABEL, ID_ANNOTATION } from '../catalog/annotations';

/** Says who wrote an object; a recommended label of Kubernetes. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Ties a live object to a catalog entity in Backstage's Kubernetes plugin. */
export const KUBERNETES_ID_LABEL = 'backstage.io/kubernetes-id';

/** Ties an EndpointSlice to its Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

/** Says which controller owns an EndpointSlice. */
export const SLICE_MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';

const OWN_LABELS = [
  MANAGED_BY_LABEL,
  KUBERNETES_ID_LABEL,
  SERVICE_NAME_LABEL,
  SLICE_MANAGED_BY_LABEL,
  ENVIRONMENT_LABEL,
];

const OWN_ANNOTATIONS = [
  ID_ANNOTATION,
  'kubectl.kubernetes.io/last-applied-configuration',
];

/**
 * Tells kube-linter (`dangling-service`) and kube-score (`service-targets-pod`),
 * which fail every Service without selector, that this one is meant to have none.
 * Both pass over Services of type ExternalName by themselves.
 * Sources: kube-linter `pkg/ignore` and `pkg/templates/danglingservice`; kube-score `score/service`.
 */
export const LINTER_ANNOTATIONS: Readonly<Record<string, string>> = {
  'ignore-check.kube-linter.io/dangling-service':
    'Leads out of the cluster, so no Pods are behind it',
  'kube-score/ignore': 'service-targets-pod',
};

/** The labels a person chose, by key; undefined when there are none. */
export function chosenLabels(
  labels: Record<string, string> | undefined,
): Record<string, string> | undefined {
  return without(labels, OWN_LABELS);
}

/** The annotations a person chose, by key; undefined when there are none. */
export function chosenAnnotations(
  annotations: Record<string, string> | undefined,
): Record<string, string> | undefined {
  const written = Object.entries(annotations ?? {}).filter(
    // The same key with another value is somebody's own.
    ([key, value]) => LINTER_ANNOTATIONS[key] !== value,
  );
  return without(Object.fromEntries(written), OWN_ANNOTATIONS);
}

function without(
  values: Record<string, string> | undefined,
  keys: string[],
): Record<string, string> | undefined {
  const chosen = Object.entries(values ?? {})
    .filter(([key]) => !keys.includes(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return chosen.length > 0 ? Object.fromEntries(chosen) : undefined;
}
