import { Minimatch } from 'minimatch';

const GLOB = /[*?{}[\]]/;

/**
 * True when the portal would read the file: it is one of the named files, in
 * one of the named folders, or matches one of the globs.
 *
 * @internal
 */
export function matchesManifests(manifests: string[], path: string): boolean {
  return manifests.some(manifest =>
    GLOB.test(manifest)
      ? new Minimatch(manifest, {
          dot: true,
          nocomment: true,
          nonegate: true,
        }).match(path)
      : manifest === '' || manifest === path || path.startsWith(`${manifest}/`),
  );
}
