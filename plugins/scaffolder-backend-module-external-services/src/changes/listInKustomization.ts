import type { RenderedFile } from '@external-services/backstage-plugin-external-services-common/yaml';
import { posix } from 'node:path';
import type { DeclaredService, RepositoryFiles } from './RepositoryFiles';
import { withResource } from './withResource';

/** What kustomize reads a folder by, in its order. */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

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
    const found = await existing(folder, repository);
    const neighbours = declared
      .map(service => service.path)
      .filter(other => posix.dirname(other) === folder);
    const names = (found ? [path] : [...neighbours, path]).map(file =>
      posix.basename(file),
    );
    const content = names.reduce<string | undefined>(
      (text, name) => text && withResource(text, name),
      found?.content ?? START,
    );
    const target = found?.path ?? posix.join(folder, NAMES[0]);
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

async function existing(
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
