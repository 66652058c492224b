import { code } from '../report/markdown';
import {
  listInKustomization,
  type RenderedFile,
} from '@external-services/backstage-plugin-external-services-common/yaml';
import { posix } from 'node:path';
import type { DeclaredService, RepositoryFiles } from './RepositoryFiles';
import { findKustomization } from './findKustomization';

const START = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
`;

/**
 * Lists files in the `kustomization.yaml` of their folders. A new one also lists
 * the other files with services there, or kustomize would leave them out.
 *
 * @returns the changed files, and notes about those to change by hand
 * @internal
 */
export async function planKustomizations(
  files: RenderedFile[],
  options: { repository: RepositoryFiles; declared: DeclaredService[] },
): Promise<{ change: RenderedFile[]; note: string[] }> {
  const { repository, declared } = options;
  const paths = files.map(({ path }) => path);
  const there = declared.flatMap(({ objects }) =>
    objects.flatMap(({ path }) => path ?? []),
  );
  const change: RenderedFile[] = [];
  const note: string[] = [];
  for (const folder of new Set(paths.map(posix.dirname))) {
    const found = await findKustomization(folder, repository);
    const names = (found ? paths : [...there, ...paths])
      .filter(path => posix.dirname(path) === folder)
      .map(path => posix.basename(path));
    const path = found?.path ?? posix.join(folder, 'kustomization.yaml');
    const content = listInKustomization(found?.content ?? START, names);
    if (content === undefined) {
      const added = names.map(code).join(', ');
      note.push(
        `${code(
          path,
        )} cannot be changed without risk. Add ${added} to its resources.`,
      );
    } else if (content !== found?.content) {
      change.push({ path, content });
    }
  }
  return { change, note };
}
