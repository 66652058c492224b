const GROUPS: Record<string, string> = { endpointslices: 'discovery.k8s.io' };

/**
 * The rule that lets the portal read a resource, as YAML for the `rules` of a
 * ClusterRole or a Role. There is no smaller one.
 *
 * @internal
 */
export function grantingRule(resource: string): string {
  return `- apiGroups: ['${GROUPS[resource] ?? ''}']
  resources: [${resource}]
  verbs: [get, list, watch]
`;
}
