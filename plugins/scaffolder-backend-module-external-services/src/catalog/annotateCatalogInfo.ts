import { code } from '../report/markdown';
import { MANIFESTS_ANNOTATION } from '@external-services/backstage-plugin-external-services-common';
import type { RenderedFile } from '@external-services/backstage-plugin-external-services-common/yaml';
import { posix } from 'node:path';
import type { RepositoryFiles } from '../changes/RepositoryFiles';
import { matchesManifests } from '../repository/matchesManifests';
import { addManifests } from './addManifests';

/**
 * Makes new files found: names their folders in the entity's annotation, if the
 * portal does not read them already. In the conventional folder it does.
 *
 * @returns the changed catalog-info.yaml, or the note to change it by hand
 * @internal
 */
export async function annotateCatalogInfo(
  files: RenderedFile[],
  options: {
    repository: RepositoryFiles;
    /** Files, folders and globs that the portal reads. */
    manifests: string[];
    /** Whether the portal reads something there; then it has to stay named. */
    hasManifests: boolean;
    /** Default: none, the entity is described elsewhere. */
    file?: string;
    entityRef?: string;
  },
): Promise<{ change: RenderedFile[]; note: string[] }> {
  const { repository, manifests, file, entityRef } = options;
  const unread = files.filter(({ path }) => !matchesManifests(manifests, path));
  if (unread.length === 0) {
    return { change: [], note: [] };
  }
  const added = [...new Set(unread.map(placeOf))];
  const before = file ? await repository.read(file) : undefined;
  const content =
    before !== undefined && entityRef
      ? addManifests(before, entityRef, {
          added,
          // An annotation replaces the conventional folder.
          kept: options.hasManifests ? manifests.map(path => `/${path}`) : [],
        })
      : undefined;
  return file && content !== undefined
    ? { change: [{ path: file, content }], note: [] }
    : {
        change: [],
        note: [
          `The portal does not read these files yet. Add this line to catalog-info.yaml: ${code(
            `${MANIFESTS_ANNOTATION}: ${added.join(', ')}`,
          )}`,
        ],
      };
}

/** From the repository's root, so that it means the same whatever it is relative to. */
function placeOf({ path }: RenderedFile): string {
  const folder = posix.dirname(path);
  return folder === '.' ? `/${path}` : `/${folder}/`;
}
