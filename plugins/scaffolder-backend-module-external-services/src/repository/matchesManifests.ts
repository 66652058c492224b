import {
  isPathGlob,
  pathGlob,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * True when the portal would read the file: it is one of the named files, in
 * one of the named folders, or matches one of the globs.
 *
 * @internal
 */
export function matchesManifests(manifests: string[], path: string): boolean {
  return manifests.some(manifest =>
    isPathGlob(manifest)
      ? pathGlob(manifest)(path)
      : manifest === '' || manifest === path || path.startsWith(`${manifest}/`),
  );
}
