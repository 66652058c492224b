import {
  RECORDED_CLUSTER,
  recordedCases,
} from '../../__testUtils__/recordedCases';
import { lintManifests } from '../../lint/lintManifests';
import type { ManifestObject } from '../../manifests/ManifestObject';
import { toManifestObject } from '../../manifests/toManifestObject';
import { validateManifests } from '../validateManifests';

describe('decodingOf', () => {
  it.each(recordedCases().map(item => [item.id, item.description, item]))(
    'is no other when the object was checked before: %s %s',
    (_id, _description, { manifest, existing }) => {
      const stored = existing && [toManifestObject(existing)];
      const options = { cluster: RECORDED_CLUSTER, existing: stored };
      const checks = [
        (object: ManifestObject) => validateManifests([object], options),
        (object: ManifestObject) => validateManifests([object]),
        (object: ManifestObject) => lintManifests([object]),
      ];
      const seen = toManifestObject(manifest);
      checks.forEach(check => check(seen));
      expect(checks.map(check => check(seen))).toEqual(
        checks.map(check => check(toManifestObject(manifest))),
      );
    },
  );
});
