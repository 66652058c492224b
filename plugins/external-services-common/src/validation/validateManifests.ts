import {
  type ExternalServiceKind,
  intendedKind,
  nameOf,
  namespaceOf,
} from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { textAt } from '../manifests/reading';
import type { ClusterFacts } from './ClusterFacts';
import { type DecodedKinds, DECODERS } from './decode/decodeManifest';
import { decodingOf } from './decode/decodingOf';
import { DecodingPlace } from './decode/DecodingPlace';
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

const RULES: {
  [Kind in ExternalServiceKind]: (
    object: DecodedKinds[Kind],
    stored: DecodedKinds[Kind] | undefined,
    context: RuleContext,
  ) => Problem[];
} = {
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
 * Of an object, the first 100 findings of each code are given.
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
  const existing = options.existing && indexByName(options.existing);
  const findings: Finding[] = [];
  for (const object of objects) {
    const kind = intendedKind(object.manifest);
    if (kind) {
      const stored = existing
        ?.get(keyOf(kind, object))
        ?.find(other => isSameNamespace(other, object));
      const problems = problemsOf(object, kind, stored, context);
      for (const problem of problems) {
        const isUnknown = problem.code === 'unknown-field';
        const isWarning = isUnknown && options.fieldValidation === 'Warn';
        const severity = isWarning ? 'warning' : 'error';
        findings.push(toFinding(object, problem, severity));
      }
    }
  }
  return findings;
}

function problemsOf<Kind extends ExternalServiceKind>(
  object: ManifestObject,
  kind: Kind,
  stored: ManifestObject | undefined,
  context: RuleContext,
): Problem[] {
  const { decoded, problems } = decodingOf(object, kind, context.minor);
  const isRead = problems.every(({ code }) => code === 'unknown-field');
  if (!decoded || !isRead) {
    return problems;
  }
  // What is stored was decoded by the server before.
  const before =
    stored &&
    DECODERS[kind](stored.manifest, new DecodingPlace(() => undefined));
  const broken = RULES[kind](decoded, before, context);
  return problems.length > 0 ? [...problems, ...broken] : broken;
}

function indexByName(objects: ManifestObject[]): Map<string, ManifestObject[]> {
  const index = new Map<string, ManifestObject[]>();
  for (const object of objects) {
    const key = keyOf(textAt(object.manifest, 'kind') ?? '', object);
    index.set(key, [...(index.get(key) ?? []), object]);
  }
  return index;
}

function keyOf(kind: string, object: ManifestObject): string {
  return `${kind}/${nameOf(object)}`;
}

function isSameNamespace(
  stored: ManifestObject,
  object: ManifestObject,
): boolean {
  const namespace = namespaceOf(object);
  return namespace === undefined || namespaceOf(stored) === namespace;
}
