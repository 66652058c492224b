import { pathFrom } from './pathFrom';
import { readKustomization } from './readKustomization';

/**
 * The text of a `kustomization.yaml` that also lists `names`, paths from its
 * folder: those that it does not list yet, in any spelling, come last in its
 * `resources`, written like the others. Everything else stays byte for byte. A
 * text that is empty, or comments alone, begins to list.
 *
 * @returns undefined when it cannot be changed without risk, and a person has to
 *   list them: broken, made from a template, larger than `MAX_FILE_LENGTH`,
 *   `MAX_ENTRIES` or `MAX_DOCUMENTS`, of several documents, with YAML aliases, or
 *   with `resources` that are no list
 * @public
 */
export function listInKustomization(
  content: string,
  names: string[],
): string | undefined {
  const kustomization = readKustomization(content);
  if (!kustomization) {
    return undefined;
  }
  const { resources } = kustomization;
  const listed = resources.map(entry => pathFrom('', String(entry)));
  const missing = [...new Set(names)].filter(
    name => !listed.includes(pathFrom('', name)),
  );
  return missing.length > 0
    ? kustomization.withResources([...resources, ...missing])
    : content;
}
