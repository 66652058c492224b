import { CONVENTIONAL_FOLDER } from '../catalog/annotations';
import { isDns1123Label } from '../kubernetes/names';
import {
  renderManifests,
  type RenderOptions,
} from '../manifests/renderManifests';
import type {
  ExternalService,
  FlatExternalService,
} from '../model/ExternalService';
import { resolve } from '../model/resolve';
import { MAX_FILE_LENGTH } from './limits';
import { stringifyDocuments, stringifyManifests } from './stringifyManifests';

/**
 * How services are spread over files.
 *
 * - `single-file`: `<folder>/external-services.yaml`
 * - `file-per-service`: `<folder>/<name>.yaml`
 * - `per-environment`: `<folder>/<environment>/<name>.yaml`, complete manifests, no patches
 *
 * @public
 */
export type FileLayout = 'single-file' | 'file-per-service' | 'per-environment';

/**
 * How a service becomes files.
 *
 * @public
 */
export interface RenderFilesOptions extends RenderOptions {
  layout: FileLayout;
  /** Folder of the files, relative to where they are written. Default: `external-services/`. */
  folder?: string;
  /** Writes a `kustomization.yaml` beside the manifests. Default: false. */
  kustomization?: boolean;
}

/**
 * A file, complete.
 *
 * @public
 */
export interface RenderedFile {
  path: string;
  content: string;
}

/**
 * The files of a service. Same input, same bytes.
 *
 * A service that is the same in all environments has no environment's folder:
 * `per-environment` then writes `<folder>/<name>.yaml`.
 *
 * Throws an Error when the folder leads out of the place where files are
 * written, when two environments would meet in one file under the same
 * namespace and name (applied, the second would replace the first), and when a
 * file would be longer than `parseManifests` reads.
 *
 * @public
 */
export function renderFiles(
  service: ExternalService,
  options: RenderFilesOptions,
): RenderedFile[] {
  const folder = checkedFolder(options.folder ?? CONVENTIONAL_FOLDER);
  const files = new Map<string, FlatExternalService[]>();
  for (const flat of inAllEnvironments(service)) {
    const path = folder + fileOf(flat, options.layout);
    files.set(path, [...(files.get(path) ?? []), flat]);
  }
  return [...files].flatMap(([path, services]) => {
    refuseTwins(path, services);
    const manifests = services.flatMap(flat => renderManifests(flat, options));
    const content = stringifyManifests(manifests);
    refuseTooLong(path, content);
    return [
      ...(options.kustomization ? [kustomizationFor(path)] : []),
      { path, content },
    ];
  });
}

function inAllEnvironments(service: ExternalService): FlatExternalService[] {
  const names = service.environments
    ? Object.keys(service.environments)
    : [undefined];
  return names
    .map(name => resolve(service, name))
    .filter(flat => flat !== undefined);
}

function fileOf(service: FlatExternalService, layout: FileLayout): string {
  const { name, environment = 'all' } = service;
  for (const part of [name, environment]) {
    // Both become names of files; anything else could lead out of the folder.
    if (!isDns1123Label(part)) {
      throw new Error(
        `${JSON.stringify(
          part,
        )} cannot be the name of a file: use lower-case letters, digits and hyphens`,
      );
    }
  }
  if (layout === 'single-file') {
    return 'external-services.yaml';
  }
  const directory =
    layout === 'per-environment' && service.environment
      ? `${service.environment}/`
      : '';
  return `${directory}${service.name}.yaml`;
}

function checkedFolder(folder: string): string {
  const parts = folder.split('/').filter(part => part !== '' && part !== '.');
  // Files are written into a repository's work tree and nowhere else.
  if (folder.startsWith('/') || parts.includes('..') || /[\\\0]/.test(folder)) {
    throw new Error(
      `The folder ${JSON.stringify(
        folder,
      )} leads out of the repository: use a relative path without ".."`,
    );
  }
  return parts.map(part => `${part}/`).join('');
}

function refuseTwins(path: string, services: FlatExternalService[]): void {
  const namespaces = services.map(service => service.namespace ?? '');
  if (new Set(namespaces).size < namespaces.length) {
    const environments = services.map(service => service.environment);
    throw new Error(
      `${path} cannot hold ${services[0].name} for ${environments.join(
        ', ',
      )} ` + 'in the same namespace: use the layout per-environment',
    );
  }
}

function refuseTooLong(path: string, content: string): void {
  if (content.length > MAX_FILE_LENGTH) {
    throw new Error(
      `${path} would have ${content.length} characters, and files of more than ${MAX_FILE_LENGTH} are not read: ` +
        'use fewer addresses, or the layout per-environment',
    );
  }
}

function kustomizationFor(path: string): RenderedFile {
  const cut = path.lastIndexOf('/') + 1;
  return {
    path: `${path.slice(0, cut)}kustomization.yaml`,
    content: stringifyDocuments([
      {
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: [path.slice(cut)],
      },
    ]),
  };
}
