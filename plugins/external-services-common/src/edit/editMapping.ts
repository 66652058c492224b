import {
  collectExternalServices,
  type CollectedExternalService,
} from '../manifests/collectExternalServices';
import { isAlias } from '../manifests/kinds';
import { objectAt, textAt } from '../manifests/reading';
import { renderManifests } from '../manifests/renderManifests';
import {
  type FlatExternalService,
  isDnsTarget,
} from '../model/ExternalService';
import { normalise } from '../model/normalise';
import { stringifyManifests } from '../yaml/stringifyManifests';
import { applyPlan } from './applyPlan';
import {
  checkAccepted,
  checkOutcome,
  type MappingChange,
  wantedService,
} from './checkEdit';
import type { EditableFile } from './EditableFile';
import type { EditOptions } from './EditOptions';
import { type EditPlan, emptyPlan } from './plan/EditPlan';
import type { EditFile, EditResult } from './EditResult';
import { followKustomizations } from './followKustomizations';
import {
  findMapping,
  type Mentions,
  namesakes,
  readMentions,
  refuseShared,
  refuseUnread,
  withLeftovers,
} from './findMapping';
import type { MappingSelector } from './ManifestChange';
import { refuseTakenNames } from './plan/planAdd';
import { planPorts } from './plan/planPorts';
import { planRename } from './plan/planRename';
import { planRetarget } from './plan/planRetarget';
import { refused } from './refused';
import { RefusedError } from './RefusedError';
import { renderOptionsOf } from './plan/renderLike';
import { isSame } from './text/yamlValue';

/** Changes a mapping that is there. */
export function editMapping(
  files: EditableFile[],
  change: MappingChange,
  options: EditOptions,
): EditResult {
  let mapping: CollectedExternalService | undefined;
  try {
    const { environments = [] } = options;
    const names = [change.mapping.name];
    if (change.action === 'rename') {
      names.push(change.name);
    }
    const mentions = readMentions(files, names, environments);
    mapping = findMapping(mentions, change.mapping);
    refuseUnread(mentions, names);
    return mapping
      ? editFound(files, mentions, mapping, change, options)
      : withoutMapping(mentions, change);
  } catch (error) {
    const found = mapping;
    const place = mapping?.objects[0] ?? { path: files[0]?.path, line: 1 };
    return refused(error, place, file => byHand(found, change, file));
  }
}

function editFound(
  files: EditableFile[],
  mentions: Mentions,
  mapping: CollectedExternalService,
  change: MappingChange,
  options: EditOptions,
): EditResult {
  const { environments = [] } = options;
  const wanted = wantedService(mapping.service, change);
  if (isSame(wanted, mapping.service) && !hasRefusedCase(mapping)) {
    return { status: 'unchanged' };
  }
  refuseShared(mentions, mapping);
  const plan = planOf(
    change.action === 'remove' || change.action === 'rename'
      ? withLeftovers(mentions, mapping, environments)
      : mapping,
    wanted,
    change,
    options,
  );
  refuseTakenNames(plan, namesakes(files, plan), environments);
  const outcome = applyPlan(files, mentions.documents, plan);
  checkAccepted(mapping.objects, outcome.changed);
  const after = collectExternalServices(outcome.objects, { environments });
  checkOutcome(mentions.services, after, mapping, wanted);
  return followKustomizations(files, outcome.result);
}

/** Upper case means the same to DNS, and the API server refuses it. */
function hasRefusedCase({
  objects: [{ manifest }],
}: CollectedExternalService): boolean {
  const name = textAt(objectAt(manifest, 'spec'), 'externalName') ?? '';
  return isAlias(manifest) && name !== name.toLowerCase();
}

function planOf(
  mapping: CollectedExternalService,
  wanted: FlatExternalService | undefined,
  change: MappingChange,
  options: EditOptions,
): EditPlan {
  if (!wanted) {
    const plan = emptyPlan();
    mapping.objects.forEach(object => plan.changed.set(object, undefined));
    return plan;
  }
  switch (change.action) {
    case 'retarget':
      return planRetarget(mapping, wanted.target, options);
    case 'ports':
      return planPorts(mapping, wanted.ports);
    default:
      return planRename(mapping, wanted.name);
  }
}

/** What is gone, or has its new name already, is as it was wanted. */
function withoutMapping(mentions: Mentions, change: MappingChange): EditResult {
  const { name, namespace, environment } = change.mapping;
  const isDone =
    change.action === 'remove' ||
    (change.action === 'rename' &&
      findMapping(mentions, { ...change.mapping, name: change.name }));
  if (isDone) {
    return { status: 'unchanged' };
  }
  const where = [
    ...(namespace ? [` in namespace ${namespace}`] : []),
    ...(namespace === null ? [' without a namespace'] : []),
    ...(environment ? [` for ${environment}`] : []),
    ...(environment === null ? [' without an environment'] : []),
  ].join('');
  throw new RefusedError(
    'not-found',
    `No file declares ${name}${where}. Check the name, or add it.`,
  );
}

/** The YAML of the mapping as it was wanted; `file` is what is in the way. */
function byHand(
  mapping: CollectedExternalService | undefined,
  change: MappingChange,
  file: string | undefined,
): EditFile[] | undefined {
  const service = mapping
    ? wantedService(mapping.service, change)
    : assumed(change.mapping, change);
  const options = mapping ? renderOptionsOf(mapping) : {};
  const path = mapping?.objects[0].path ?? file;
  return service && path
    ? [{ path, content: stringifyManifests(renderManifests(service, options)) }]
    : undefined;
}

/** As much as is known of a mapping that cannot be read. */
function assumed(
  { name, namespace, environment }: MappingSelector,
  change: MappingChange,
): FlatExternalService | undefined {
  const needsPorts =
    change.action === 'retarget' &&
    !isDnsTarget(change.target) &&
    !change.target.headless;
  return change.action === 'retarget' && !needsPorts
    ? normalise({
        name,
        namespace: namespace ?? undefined,
        environment: environment ?? undefined,
        target: change.target,
        ports: [],
      })
    : undefined;
}
