import {
  RECORDED_CLUSTER,
  RECORDED_VERSIONS,
  recordedCases,
  recordedVerdict,
} from '../__testUtils__/recordedCases';
import { toManifestObject } from '../manifests/toManifestObject';
import { validateManifests } from './validateManifests';

describe('validateManifests', () => {
  describe.each(RECORDED_VERSIONS)('on Kubernetes %s', kubernetesVersion => {
    it.each(recordedCases().map(item => [item.id, item.description, item]))(
      'decides as the server did: %s %s',
      (_id, _description, recorded) => {
        const findings = validateManifests(
          [toManifestObject(recorded.manifest)],
          {
            kubernetesVersion,
            cluster: RECORDED_CLUSTER,
            // The cases were sent without strict field validation.
            fieldValidation: 'Warn',
            existing: recorded.existing && [
              toManifestObject(recorded.existing),
            ],
          },
        );
        const errors = findings.filter(({ severity }) => severity === 'error');
        const verdict = recordedVerdict(recorded, kubernetesVersion);
        expect(errors.length === 0).toBe(verdict.accept);
        // A server that cannot decode an object names no fields.
        const decodeErrors = ['wrong-type', 'wrong-kind'];
        const paths = errors
          .filter(({ code }) => !decodeErrors.includes(code))
          .map(({ path }) => path);
        const distinct = [...new Set(paths)];
        const compared = verdict.complete ? distinct : distinct.slice(0, 1);
        expect(compared.sort()).toEqual([...verdict.fields].sort());
      },
    );
  });
});
