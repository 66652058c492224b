import type { RenderedFile } from '@external-services/backstage-plugin-external-services-common/yaml';
import { posix } from 'node:path';
import type { RepositoryFiles } from './RepositoryFiles';

/** What kustomize reads a folder by, in its order. */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * The kustomization of a folder; undefined when it has none.
 *
 * @internal
 */
export async function findKustomization(
  folder: string,
  repository: RepositoryFiles,
): Promise<RenderedFile | undefined> {
  for (const name of NAMES) {
    const path = posix.join(folder, name);
    const content = await repository.read(path);
    if (content !== undefined) {
      return { path, content };
    }
  }
  return undefined;
}
