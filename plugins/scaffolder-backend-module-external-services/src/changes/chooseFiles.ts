import { toError } from '@backstage/errors';
import type { ExternalService } from '@external-services/backstage-plugin-external-services-common';
import {
  type FileLayout,
  renderFiles,
  type RenderedFile,
  type RenderFilesOptions,
} from '@external-services/backstage-plugin-external-services-common/yaml';
import { posix } from 'node:path';
import { namesFile } from '../repository/ManifestLocation';
import { matchesManifests } from '../repository/matchesManifests';
import { fieldError } from '../service/fieldError';
import type { DeclaredService } from './RepositoryFiles';

/**
 * Where the files of a service go.
 *
 * @internal
 */
export interface FileChoice {
  folder: string;
  /** Files, folders and globs that the portal reads. */
  manifests: string[];
  /** Default: as the folder is today. */
  layout?: FileLayout;
  declared: DeclaredService[];
  render: Omit<RenderFilesOptions, 'layout' | 'folder'>;
}

const LAYOUTS: FileLayout[] = [
  'per-environment',
  'file-per-service',
  'single-file',
];

/**
 * Renders the files of a service in the layout asked for, else as the folder is
 * today, else in the first layout whose files the portal reads.
 *
 * @throws InputError when the layout asked for cannot hold the service
 * @internal
 */
export function chooseFiles(
  service: ExternalService,
  choice: FileChoice,
): RenderedFile[] {
  if (choice.layout) {
    return filesIn(choice.layout, service, choice);
  }
  const possible = [layoutOf(choice), ...LAYOUTS].flatMap(layout => {
    try {
      return [filesIn(layout, service, choice)];
    } catch {
      // This layout cannot hold the service; per-environment always can.
      return [];
    }
  });
  return (
    possible.find(files =>
      files.every(({ path }) => matchesManifests(choice.manifests, path)),
    ) ?? possible[0]
  );
}

function filesIn(
  layout: FileLayout,
  service: ExternalService,
  { folder, manifests, render }: FileChoice,
): RenderedFile[] {
  let files: RenderedFile[];
  try {
    files = renderFiles(service, { ...render, layout, folder: folder || '.' });
  } catch (error) {
    const { message } = toError(error);
    throw fieldError([{ field: 'layout', message: `${message}.` }]);
  }
  const named = manifests.find(
    manifest =>
      namesFile(manifest) && posix.dirname(manifest) === (folder || '.'),
  );
  return layout === 'single-file' && named
    ? files.map(file => ({ ...file, path: named }))
    : files;
}

function layoutOf({ folder, manifests, declared }: FileChoice): FileLayout {
  if (manifests.some(namesFile)) {
    return 'single-file';
  }
  const paths = declared
    .map(({ path }) => posix.relative(folder, path))
    .filter(path => !path.startsWith('..'));
  if (paths.includes('external-services.yaml')) {
    return 'single-file';
  }
  return paths.length > 0 && paths.every(path => !path.includes('/'))
    ? 'file-per-service'
    : 'per-environment';
}
