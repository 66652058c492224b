import type { ManifestObject } from '../manifests/ManifestObject';
import { intendedKind, isAlias, nameOf, namespaceOf } from '../manifests/kinds';
import { objectAt, textAt } from '../manifests/reading';
import { isDns1123Subdomain } from '../kubernetes/names';
import type { Finding } from './Finding';

/**
 * Options of `validateManifests`.
 *
 * @public
 */
export interface ValidateOptions {
  /** `1.30` to `1.37`. Default: the newest. */
  kubernetesVersion?: string;
}

/**
 * Decides as the API server does.
 *
 * @public
 */
export function validateManifests(
  objects: ManifestObject[],
  _options: ValidateOptions = {},
): Finding[] {
  return objects.flatMap(object => {
    const kind = intendedKind(object.manifest);
    const spec = objectAt(object.manifest, 'spec');
    const externalName = textAt(spec, 'externalName')?.replace(/\.$/, '') ?? '';
    if (
      kind === 'Service' &&
      isAlias(object.manifest) &&
      !isDns1123Subdomain(externalName)
    ) {
      return [
        {
          code: 'invalid-external-name',
          severity: 'error' as const,
          path: 'spec.externalName',
          message: `${externalName} is not a DNS name.`,
          hint: 'Write a host name such as db.example.com.',
          object: {
            apiVersion: 'v1',
            kind,
            name: nameOf(object),
            namespace: namespaceOf(object),
          },
          file: object.path,
          position: object.positionOf('spec.externalName'),
        },
      ];
    }
    return [];
  });
}
