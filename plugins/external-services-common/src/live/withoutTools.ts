/** Whose keys are no choice of a person. */
const TOOLS = [
  'argocd.argoproj.io',
  'config.kubernetes.io',
  'external-services',
  'helm.sh',
  'helm.toolkit.fluxcd.io',
  'kapp.k14s.io',
  'kubectl.kubernetes.io',
  'kustomize.config.k8s.io',
  'kustomize.toolkit.fluxcd.io',
  'meta.helm.sh',
  'objectset.rio.cattle.io',
];

/**
 * Labels or annotations without those that tools between repository and cluster
 * write, change or take out: they say nothing about what the cluster runs, and
 * some hold a whole object.
 *
 * @public
 */
export function withoutTools(
  values: Record<string, string> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => {
      const [domain] = key.split('/');
      return !key.includes('/') || !TOOLS.includes(domain);
    }),
  );
}
