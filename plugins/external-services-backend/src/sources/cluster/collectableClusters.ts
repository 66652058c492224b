import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';

/** Names of the clusters that can be read. */
export function collectableClusters({
  clusters,
}: Pick<ExternalServicesConfig, 'clusters'>): string[] {
  return clusters
    .filter(({ access }) => access.kind !== 'not-collectable')
    .map(({ name }) => name);
}
