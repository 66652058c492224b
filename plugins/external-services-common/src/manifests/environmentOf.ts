import { ENVIRONMENT_LABEL } from '../catalog/annotations';
import { labelOf } from './kinds';
import type { ManifestObject } from './ManifestObject';

/**
 * The environment an object is for: its label, else the innermost directory
 * that is named like an environment; undefined when it holds in all of them.
 */
export function environmentOf(
  object: ManifestObject,
  environments: readonly string[],
): string | undefined {
  const label = labelOf(object, ENVIRONMENT_LABEL);
  if (label || environments.length === 0) {
    return label || undefined;
  }
  return object.path
    ?.split('/')
    .slice(0, -1)
    .findLast(directory => environments.includes(directory));
}
