import { loadAll } from 'js-yaml';
import type { BareRepository } from '../git/BareRepository';
import type { ClusterObject } from './ClusterExample';

const KINDS = ['Endpoints', 'EndpointSlice', 'Service'];
const ENVIRONMENT_LABEL = 'external-services/environment';

/**
 * What a deployment takes from a repository for one environment: Services and
 * their addresses, wherever they stand. The environment of a file is the label
 * of its objects, else a folder with such a name, else it is any.
 *
 * @param environments - all that there are
 * @internal
 */
export async function declaredObjects(
  repository: BareRepository,
  environment: string,
  environments: string[],
): Promise<ClusterObject[]> {
  const entries = await repository.tree('main', { recursive: true });
  const files = (entries ?? []).filter(
    ({ type, path }) => type === 'blob' && /\.ya?ml$/.test(path),
  );
  const objects = await Promise.all(
    files.map(async ({ path, sha }) => {
      const folder = path.split('/').find(part => environments.includes(part));
      const text = (await repository.blob(sha))?.toString() ?? '';
      return parse(text).filter(
        ({ metadata }) =>
          (metadata.labels?.[ENVIRONMENT_LABEL] ?? folder ?? environment) ===
          environment,
      );
    }),
  );
  return objects.flat();
}

function parse(text: string): ClusterObject[] {
  try {
    return (loadAll(text) as (Partial<ClusterObject> | null)[]).filter(
      (object): object is ClusterObject =>
        KINDS.includes(object?.kind ?? '') && Boolean(object?.metadata?.name),
    );
  } catch {
    // A deployment cannot apply what is no YAML.
    return [];
  }
}
