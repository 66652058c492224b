import {
  type ExternalServiceKind,
  intendedKind,
  nameOf,
  namespaceOf,
} from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { textAt } from '../manifests/reading';
import type { ClusterFacts } from './ClusterFacts';
import { decodeProblems } from './decode/decodeProblems';
import { validateEndpoints } from './endpoints/validateEndpoints';
import { validateEndpointSlice } from './endpointslice/validateEndpointSlice';
import type { Finding } from './Finding';
import { minorVersion } from './KubernetesVersion';
import type { Problem } from './Problem';
import type { RuleContext } from './RuleContext';
import { validateService } from './service/validateService';
import { toFinding } from './toFinding';

/**
 * Options of `validateManifests`.
 *
 * @public
 */
export interface ValidateOptions {
  /** `1.30` to `1.37`. Default: the newest. */
  kubernetesVersion?: string;
  /**
   * The objects that the cluster holds now. An object with the same kind, name
   * and namespace makes the question an update. Default: none, all are new.
   */
  existing?: ManifestObject[];
  /** Default: nothing is known, and rules that depend on the cluster are not decided. */
  cluster?: ClusterFacts;
  /**
   * `Strict`, kubectl's default, makes unknown fields errors; `Warn`, the
   * server's own default, makes them warnings. Default: `Strict`.
   */
  fieldValidation?: 'Strict' | 'Warn';
}

const RULES: Record<
  ExternalServiceKind,
  (manifest: unknown, stored: unknown, context: RuleContext) => Problem[]
> = {
  Service: validateService,
  Endpoints: validateEndpoints,
  EndpointSlice: validateEndpointSlice,
};

/**
 * Decides about Services, Endpoints and EndpointSlices as the API server does:
 * no error means that it accepts the object, and the path of an error is the
 * server's. Objects of other kinds are passed over.
 *
 * As on the server, a field of the wrong type ends the examination of its
 * object, and an error in addresses and families of a Service hides later ones.
 *
 * Throws an Error when `kubernetesVersion` or a range of `cluster` is malformed.
 *
 * @public
 */
export function validateManifests(
  objects: ManifestObject[],
  options: ValidateOptions = {},
): Finding[] {
  const context: RuleContext = {
    minor: minorVersion(options.kubernetesVersion),
    cluster: options.cluster ?? {},
  };
  return objects.flatMap(object => {
    const kind = intendedKind(object.manifest);
    return kind ? validateObject(object, kind, options, context) : [];
  });
}

function validateObject(
  object: ManifestObject,
  kind: ExternalServiceKind,
  options: ValidateOptions,
  context: RuleContext,
): Finding[] {
  const decoding = decodeProblems(object.manifest, kind, context.minor);
  const unknownFields = decoding
    .filter(({ code }) => code === 'unknown-field')
    .map(problem =>
      toFinding(
        object,
        problem,
        options.fieldValidation === 'Warn' ? 'warning' : 'error',
      ),
    );
  const fatal = decoding.filter(({ code }) => code !== 'unknown-field');
  const stored = options.existing?.find(other => isSame(other, object, kind));
  const problems =
    fatal.length > 0
      ? fatal
      : RULES[kind](object.manifest, stored?.manifest, context);
  return [
    ...unknownFields,
    ...problems.map(problem => toFinding(object, problem, 'error')),
  ];
}

function isSame(
  stored: ManifestObject,
  object: ManifestObject,
  kind: ExternalServiceKind,
): boolean {
  return (
    textAt(stored.manifest, 'kind') === kind &&
    nameOf(stored) === nameOf(object) &&
    (namespaceOf(stored) === namespaceOf(object) ||
      namespaceOf(object) === undefined)
  );
}
