import {
  toManifestObject,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { Question } from './Question';
import { distinctFields, Verdict } from './Verdict';

/** What the validator is told of the control plane that is asked. */
export interface JudgedCluster {
  /** `1.37`. */
  kubernetesVersion: string;
  serviceRanges: string[];
}

/** Reasons not to decide, which are no verdict. */
const UNDECIDED = ['aliases-not-supported', 'too-large', 'unsupported-tag'];

/**
 * The verdict of `parseManifests` and `validateManifests`; undefined where they do not decide:
 * aliases, and objects that are about no external service and cannot be read otherwise.
 */
export function ownVerdict(
  question: Question,
  { kubernetesVersion, ...cluster }: JudgedCluster,
): Verdict | undefined {
  const { text, value, existing } = question;
  const { objects, findings } = parseManifests(text);
  if (findings.some(({ code }) => UNDECIDED.includes(code))) return undefined;

  const unread = findings.filter(({ severity }) => severity === 'error');
  const leftOut = objects.length === 0 && unread.length === 0;
  if (leftOut && value === undefined) return undefined;

  const asked = leftOut
    ? [toManifestObject(value as Record<string, unknown>)]
    : objects;
  const invalid = validateManifests(asked, {
    kubernetesVersion,
    cluster,
    existing: existing && [toManifestObject(existing)],
  }).filter(({ severity }) => severity === 'error');

  const errors = [...unread, ...invalid];
  return {
    accepted: errors.length === 0,
    fields: distinctFields(errors.map(({ path }) => path)),
    told: 'all',
    message:
      errors
        .map(({ code, path, message }) => `${code} at ${path}: ${message}`)
        .join('\n') || 'accepted',
  };
}
