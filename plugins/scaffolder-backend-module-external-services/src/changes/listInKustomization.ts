import type { RenderedFile } from '@external-services/backstage-plugin-external-services-common/yaml';
import { posix } from 'node:path';
import type { DeclaredService, RepositoryFiles } from './RepositoryFiles';
import { findKustomization } from './findKustomization';
import { withResource } from './withResource';

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
export async function listInKustomization(
  files: RenderedFile[],
  options: { repository: RepositoryFiles; declared: DeclaredService[] },
): Promise<{ change: RenderedFile[]; note: string[] }> {
  const { repository, declared } = options;
  const change: RenderedFile[] = [];
  const note: string[] = [];
  for (const { path } of files) {
    const folder = posix.dirname(path);
    const found = await findKustomization(folder, repository);
    const neighbours = declared
      .flatMap(({ objects }) => objects.flatMap(object => object.path ?? []))
      .filter(other => posix.dirname(other) === folder);
    const names = (found ? [path] : [...new Set(neighbours), path]).map(file =>
      posix.basename(file),
    );
    const content = names.reduce<string | undefined>(
      (text, name) => text && withResource(text, name),
      found?.content ?? START,
    );
    const target = found?.path ?? posix.join(folder, 'kustomization.yaml');
    if (content === undefined) {
      note.push(
        `\`${target}\` cannot be read. Add \`${posix.basename(
          path,
        )}\` to its resources.`,
      );
    } else if (content !== found?.content) {
      change.push({ path: target, content });
    }
  }
  return { change, note };
}
