import { recordedCases } from '../__testUtils__/recordedCases';
import { toManifestObject } from '../manifests/toManifestObject';
import { validateManifests } from '../validation/validateManifests';
import { lintManifests } from './lintManifests';

/** Fields that a version refuses. */
function refused(manifest: Record<string, unknown>, kubernetesVersion: string) {
  const objects = [toManifestObject(manifest)];
  return validateManifests(objects, { kubernetesVersion }).map(
    ({ path }) => path,
  );
}

describe('lintManifests of what depends on the version', () => {
  const manifests = recordedCases().map(({ manifest }) => manifest);
  const accepted = manifests.filter(
    manifest => refused(manifest, '1.37').length === 0,
  );

  it('tells of every recorded case that only older versions refuse', () => {
    const told = accepted.map(manifest =>
      lintManifests([toManifestObject(manifest)])
        .filter(({ code }) => code === 'version-dependent')
        .map(({ path }) => path),
    );
    expect(told).toEqual(accepted.map(manifest => refused(manifest, '1.30')));
    expect(told.flat()).not.toEqual([]);
  });
});
