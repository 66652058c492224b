import { collectExternalServices } from '../manifests/collectExternalServices';
import { serviceNameOf } from '../manifests/endpointsIndex';
import { nameOf } from '../manifests/kinds';
import type { UntypedObject } from '../manifests/reading';
import { toManifestObject } from '../manifests/toManifestObject';
import { stringifyManifests } from '../yaml/stringifyManifests';
import { applyPlan } from './applyPlan';
import { checkAccepted, checkSame } from './checkEdit';
import { EditableFile } from './EditableFile';
import type { EditOptions } from './EditOptions';
import type { EditResult } from './EditResult';
import { readMentions, refuseUnread } from './findMapping';
import type { ManifestChange } from './ManifestChange';
import { planAdd, refuseTakenNames } from './planAdd';
import { refused } from './refused';

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
    const mentions = readMentions(files, names, environments);
    refuseUnread(mentions, names);
    const plan = planAdd(path, added, mentions.objects, environments);
    if (plan.appended.length === 0) {
      return { status: 'unchanged' };
    }
    refuseTakenNames(plan, mentions.objects, environments);
    const all = files.some(file => file.path === path)
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
    return outcome.result;
  } catch (error) {
    return refused(error, path, wanted);
  }
}
