import type { Entity } from '@backstage/catalog-model';
import {
  CONVENTIONAL_FOLDER,
  MANIFESTS_ANNOTATION,
} from '@external-services/backstage-plugin-external-services-common';
import { posix } from 'node:path';

const YAML_FILE = /\.(?:ya?ml|json)$/i;
const GLOB = /[*?{}[\]]/;

/**
 * Where an entity's manifests are, in paths below the repository's root.
 *
 * @internal
 */
export interface ManifestLocation {
  /** Folder that new files go to. */
  folder: string;
  /** What the portal reads: files, folders and globs. */
  manifests: string[];
  /** True when the annotation names nothing in this repository, so that new files would not be found. */
  needsAnnotation: boolean;
  /** Folder that paths of the annotation are relative to. */
  base: string;
}

/**
 * Finds the manifests of an entity: what its annotation names, else the
 * conventional folder beside its file.
 *
 * @param path - the entity's source location below the repository's root
 * @internal
 */
export function manifestLocationOf(
  entity: Entity,
  path: string,
): ManifestLocation {
  const base = folderOf(path);
  const conventional = posix.join(base, CONVENTIONAL_FOLDER);
  const values = (entity.metadata.annotations?.[MANIFESTS_ANNOTATION] ?? '')
    .split(/[,\n]/)
    .map(value => value.trim())
    .filter(Boolean);
  if (values.length === 0) {
    return {
      folder: conventional,
      manifests: [conventional],
      needsAnnotation: false,
      base,
    };
  }
  const manifests = values
    .filter(value => !value.startsWith('url:'))
    .map(value => inRepository(base, value))
    .filter(value => value !== undefined);
  return {
    folder: manifests.length > 0 ? fixedFolderOf(manifests[0]) : conventional,
    manifests,
    needsAnnotation: manifests.length === 0,
    base,
  };
}

/**
 * True for a path of the annotation that names one file.
 *
 * @internal
 */
export function namesFile(manifest: string): boolean {
  return YAML_FILE.test(manifest) && !GLOB.test(manifest);
}

/** A leading slash means the repository's root; what leads out of it is nowhere. */
function inRepository(base: string, value: string): string | undefined {
  const joined = posix.normalize(
    value.startsWith('/') ? value.slice(1) : posix.join(base, value),
  );
  return joined === '..' || joined.startsWith('../') || joined.startsWith('/')
    ? undefined
    : withoutDot(joined.replace(/\/+$/, ''));
}

/**
 * The part of a file, folder or glob that names a folder without doubt.
 *
 * @internal
 */
export function fixedFolderOf(manifest: string): string {
  const segments = manifest.split('/');
  const glob = segments.findIndex(segment => GLOB.test(segment));
  return glob < 0 ? folderOf(manifest) : segments.slice(0, glob).join('/');
}

function folderOf(path: string): string {
  return YAML_FILE.test(path) ? withoutDot(posix.dirname(path)) : path;
}

function withoutDot(path: string): string {
  return path === '.' ? '' : path;
}
