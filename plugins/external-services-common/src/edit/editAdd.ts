import { collectExternalServices } from '../manifests/collectExternalServices';
import { serviceNameOf } from '../manifests/endpointsIndex';
import { nameOf } from '../manifests/kinds';
import type { UntypedObject } from '../manifests/reading';
import { toManifestObject } from '../manifests/toManifestObject';
import { stringifyManifests } from '../yaml/stringifyManifests';
import { applyPlan } from './applyPlan';
import { checkAccepted, checkSame } from './checkEdit';
import { EditableFile, isJson } from './EditableFile';
import type { EditOptions } from './EditOptions';
import type { EditResult } from './EditResult';
import { namesakes, readMentions, refuseUnread } from './findMapping';
import type { ManifestChange } from './ManifestChange';
import { followKustomizations } from './followKustomizations';
import { planAdd, refuseTakenNames } from './plan/planAdd';
import { refused } from './refused';
import { RefusedError } from './RefusedError';

/** Adds manifests to a file, or makes it. */
export function editAdd(
  files: EditableFile[],
  { path, manifests }: Extract<ManifestChange, { action: 'add' }>,
  { environments = [] }: EditOptions,
): EditResult {
  const wanted = () => [{ path, content: stringifyManifests(manifests) }];
  try {
    const added = manifests.map((manifest): UntypedObject => ({ ...manifest }));
    const objects = added.map(manifest => toManifestObject(manifest, path));
    const names = objects.map(
      object => serviceNameOf(object) ?? nameOf(object),
    );
    const target = files.find(file => file.path === path);
    if (target?.isTooLarge) {
      throw RefusedError.at(
        { path, line: 1 },
        'unreadable',
        'is too large to be read. Use another file.',
      );
    }
    // What is JSON is one document, and changed as a whole.
    const whole = target && isJson(target) ? target : undefined;
    const mentions = readMentions(files, names, environments, whole);
    refuseUnread(mentions, names);
    const plan = planAdd(path, added, mentions.objects, environments);
    if (plan.appended.length === 0) {
      return { status: 'unchanged' };
    }
    refuseTakenNames(plan, namesakes(files, plan), environments);
    const all = target
      ? files
      : [...files, new EditableFile({ path, content: '' })];
    const outcome = applyPlan(all, mentions.documents, plan);
    checkAccepted([], outcome.changed);
    const missing = plan.appended.flatMap(item =>
      item.manifests.map(manifest => toManifestObject(manifest, item.path)),
    );
    checkSame(
      collectExternalServices(outcome.objects, { environments }),
      collectExternalServices([...mentions.objects, ...missing], {
        environments,
      }),
    );
    return followKustomizations(files, outcome.result);
  } catch (error) {
    return refused(error, { path, line: 1 }, wanted);
  }
}
