import { canonicalIp } from '../../kubernetes/ipAddress';
import type { CollectedExternalService } from '../../manifests/collectExternalServices';
import { intendedKind, labelOf, nameOf } from '../../manifests/kinds';
import type { ManifestObject } from '../../manifests/ManifestObject';
import {
  integerAt,
  listAt,
  objectAt,
  type UntypedObject,
} from '../../manifests/reading';
import {
  type AddressTarget,
  type FlatExternalService,
  isDnsTarget,
} from '../../model/ExternalService';
import {
  AddressChange,
  FAMILIES,
  type Family,
  familyOf,
} from './AddressChange';
import { changeEndpoints, changeSlice, sliceFamily } from './changeHolders';
import { type EditPlan, emptyPlan, partsOf } from './EditPlan';
import { withField } from './fields';
import { RefusedError } from '../RefusedError';
import { renderLike, type RenderLikeOptions } from './renderLike';
import { fromAlias, toAlias, withFamilies } from './serviceSpec';
import { spreadSurplus } from './spreadSurplus';

/** Source: `k8s.io/api/discovery/v1` LabelSkipMirror. */
const SKIP_MIRROR_LABEL = 'endpointslice.kubernetes.io/skip-mirror';

/** Another target; `wanted` is in normal form. */
export function planRetarget(
  mapping: CollectedExternalService,
  wanted: FlatExternalService['target'],
  options: RenderLikeOptions,
): EditPlan {
  const before = mapping.service.target;
  if (isDnsTarget(wanted)) {
    return isDnsTarget(before)
      ? withSpec(mapping, spec =>
          withField(spec, 'externalName', wanted.dnsName, ['type']),
        )
      : toAliasPlan(mapping, wanted.dnsName);
  }
  if (wanted.addresses.length === 0) {
    throw RefusedError.at(
      mapping.objects[0],
      'not-accepted',
      `needs at least one address. Name one, or remove ${mapping.service.name}.`,
    );
  }
  if (isDnsTarget(before)) {
    return toAddressesPlan(mapping, wanted, options);
  }
  if ((before.headless ?? false) !== (wanted.headless ?? false)) {
    throw headlessSwitch(mapping, wanted);
  }
  refuseFamilySwitch(mapping, before, wanted);
  return changeAddressesPlan(mapping, before, wanted, options);
}

function withSpec(
  mapping: CollectedExternalService,
  change: (spec: UntypedObject) => UntypedObject,
): EditPlan {
  const { service } = partsOf(mapping);
  const plan = emptyPlan();
  plan.changed.set(service, {
    ...service.manifest,
    spec: change(objectAt(service.manifest, 'spec')),
  });
  return plan;
}

function toAliasPlan(
  mapping: CollectedExternalService,
  dnsName: string,
): EditPlan {
  const plan = withSpec(mapping, spec => toAlias(spec, dnsName));
  // Clusters would keep them, and without their Service nobody would miss them.
  partsOf(mapping).holders.forEach(holder =>
    plan.changed.set(holder, undefined),
  );
  return plan;
}

function toAddressesPlan(
  mapping: CollectedExternalService,
  target: AddressTarget,
  options: RenderLikeOptions,
): EditPlan {
  const { service } = partsOf(mapping);
  const plan = withSpec(mapping, spec => fromAlias(spec, target));
  plan.added.push({
    after: service,
    manifests: renderLike(mapping, target, portsWritten(mapping), options),
  });
  return plan;
}

/** The ports with the `targetPort` that an alias may have had on paper. */
function portsWritten({
  service,
  objects,
}: CollectedExternalService): FlatExternalService['ports'] {
  const written = listAt(objectAt(objects[0].manifest, 'spec'), 'ports').filter(
    port => integerAt(port, 'port') !== undefined,
  );
  return service.ports.map((port, index) => ({
    ...port,
    targetPort: integerAt(written[index], 'targetPort') ?? port.port,
  }));
}

function changeAddressesPlan(
  mapping: CollectedExternalService,
  before: AddressTarget,
  after: AddressTarget,
  options: RenderLikeOptions,
): EditPlan {
  const { service, holders } = partsOf(mapping);
  const plan = withSpec(mapping, spec => withFamilies(spec, before, after));
  const change = new AddressChange(before, after);
  const endpoints = holders.filter(holder => !isSlice(holder));
  endpoints.forEach((holder, index) =>
    changeEndpointsObject(plan, holder, change, index === 0),
  );
  const slices = holders.filter(isSlice);
  const sliceCounts = slices.length > 0 && endpoints.every(isNotMirrored);
  const ofSlices =
    sliceCounts && endpoints.length > 0
      ? new AddressChange(withinSlices(before, slices), after)
      : change;
  for (const family of FAMILIES) {
    const own = slices.filter(slice => familyOfSlice(slice) === family);
    const further = ofSlices.ofNewFamily[family];
    if (own.length > 0) {
      // Endpoints that are mirrored hold them already.
      const missing = sliceCounts ? further : [];
      changeSlices(plan, mapping, own, ofSlices, missing);
    } else if (further.length > 0 && (sliceCounts || endpoints.length === 0)) {
      const { ports } = mapping.service;
      plan.added.push({
        after: holders.at(-1) ?? service,
        manifests: renderLike(
          mapping,
          after,
          ports,
          sliceCounts ? { endpoints: 'EndpointSlice' } : options,
        ).filter(({ addressType = family }) => addressType === family),
      });
    }
  }
  return plan;
}

/** True for Endpoints of which Kubernetes makes no slices, so that they reach nobody. */
function isNotMirrored(endpoints: ManifestObject): boolean {
  return labelOf(endpoints, SKIP_MIRROR_LABEL) === 'true';
}

/** The target with the addresses alone that stand in slices. */
function withinSlices(
  target: AddressTarget,
  slices: ManifestObject[],
): AddressTarget {
  const held = new Set(
    slices
      .flatMap(({ manifest }) => listAt(manifest, 'endpoints'))
      .flatMap(endpoint => listAt(endpoint, 'addresses'))
      .map(address => canonicalIp(String(address)) ?? address),
  );
  return {
    ...target,
    addresses: target.addresses.filter(address => held.has(address)),
  };
}

function changeEndpointsObject(
  plan: EditPlan,
  holder: ManifestObject,
  change: AddressChange,
  isFirst: boolean,
): void {
  const further = isFirst
    ? FAMILIES.flatMap(family => change.ofNewFamily[family])
    : [];
  const changed = changeEndpoints(holder.manifest, change, further);
  const isLeft = listAt(changed, 'subsets').length > 0;
  plan.changed.set(holder, isLeft ? changed : undefined);
}

function changeSlices(
  plan: EditPlan,
  mapping: CollectedExternalService,
  slices: ManifestObject[],
  change: AddressChange,
  further: string[],
): void {
  const spread = spreadSurplus(
    slices.map(({ manifest }, index) =>
      changeSlice(manifest, change, index === 0 ? further : []),
    ),
    namesAfter(nameOf(slices[0]), mapping.objects.map(nameOf)),
  );
  spread.slices.forEach((manifest, index) => {
    const isEmptied =
      listAt(manifest, 'endpoints').length === 0 &&
      listAt(slices[index].manifest, 'endpoints').length > 0;
    plan.changed.set(slices[index], isEmptied ? undefined : manifest);
  });
  if (spread.created.length > 0) {
    plan.added.push({
      after: slices[slices.length - 1],
      manifests: spread.created,
    });
  }
}

/** Names that nothing has yet: `db-ipv4-2`, `db-ipv4-3`. */
function namesAfter(name: string, taken: string[]): () => string {
  let number = 1;
  return () => {
    do {
      number += 1;
    } while (taken.includes(`${name}-${number}`));
    return `${name}-${number}`;
  };
}

function isSlice({ manifest }: ManifestObject): boolean {
  return intendedKind(manifest) === 'EndpointSlice';
}

function familyOfSlice(slice: ManifestObject): Family {
  const family = sliceFamily(slice.manifest);
  if (!family) {
    throw RefusedError.at(
      slice,
      'not-editable',
      'does not hold IP addresses, so its addresses cannot be changed.',
    );
  }
  return family;
}

/** Source: `core/validation` validateUpgradeDowngradeIPFamilies. */
function refuseFamilySwitch(
  { service, objects }: CollectedExternalService,
  before: AddressTarget,
  after: AddressTarget,
): void {
  const spec = objectAt(objects[0].manifest, 'spec');
  // Without a word the cluster's first family counts, which is IPv4 nearly everywhere.
  const first = listAt(spec, 'ipFamilies')[0] ?? 'IPv4';
  const has = ({ addresses }: AddressTarget) =>
    addresses.some(address => familyOf(address) === first);
  if (!after.headless && has(before) && !has(after)) {
    throw RefusedError.at(
      objects[0],
      'family-switch',
      `cannot be changed in place: Kubernetes never changes the first address family of a running service, here ${first}. Keep one such address, or remove ${service.name} and add it again.`,
    );
  }
}

function headlessSwitch(
  { service, objects }: CollectedExternalService,
  wanted: AddressTarget,
): RefusedError {
  const why = wanted.headless
    ? 'Kubernetes refuses to make a running service headless'
    : 'Kubernetes accepts this change of a headless service and ignores it';
  return RefusedError.at(
    objects[0],
    'headless-switch',
    `cannot be changed in place: ${why}. Add ${service.name}-direct beside it and move your app, or remove ${service.name} and add it again.`,
  );
}
