import type { UntypedObject } from '../../manifests/reading';
import type { AddressTarget } from '../../model/ExternalService';
import { FAMILIES, type Family, familyOf } from './AddressChange';
import { withField, withoutFields } from './fields';
import { canonical } from '../text/yamlValue';

/** Fields of a Service's spec in the order in which they are written, before all others. */
export const SPEC_FIELDS = [
  'type',
  'externalName',
  'clusterIP',
  'clusterIPs',
  'ipFamilyPolicy',
  'ipFamilies',
];

/** What an alias has no use for and the API server refuses there. */
const CLUSTER_FIELDS = SPEC_FIELDS.slice(2);

/**
 * The spec of an address Service as that of an alias. `type` stays where it is;
 * `fromAlias` leads back to the same fields in the same places.
 */
export function toAlias(spec: UntypedObject, dnsName: string): UntypedObject {
  const rest = withoutFields(spec, CLUSTER_FIELDS);
  const entries = Object.entries(rest);
  const type = entries.findIndex(([name]) => name === 'type');
  const alias: [string, unknown] = ['type', 'ExternalName'];
  const externalName: [string, unknown] = ['externalName', dnsName];
  if (type <= 0) {
    // A `type` that was there comes second, which tells it from one written together with the name.
    const front = type < 0 ? [alias, externalName] : [externalName, alias];
    return Object.fromEntries([...front, ...entries.slice(type + 1)]);
  }
  return Object.fromEntries([
    ...entries.slice(0, type),
    alias,
    externalName,
    ...entries.slice(type + 1),
  ]);
}

/** The spec of an alias as that of an address Service. */
export function fromAlias(
  spec: UntypedObject,
  target: AddressTarget,
): UntypedObject {
  const [first, second] = Object.keys(spec);
  const asWritten = first === 'type' && second === 'externalName';
  const rest = withoutFields(
    spec,
    asWritten ? ['type', 'externalName'] : ['externalName'],
  );
  const typed = asWritten ? rest : { ...rest, type: 'ClusterIP' };
  return Object.entries({
    ...(target.headless ? { clusterIP: 'None' } : familyFields(target)),
  }).reduce(
    (changed, [name, value]) => withField(changed, name, value, SPEC_FIELDS),
    typed,
  );
}

/**
 * The spec with the families of addresses that the target has. A Service has by
 * default the cluster's first family alone; a headless one answers for both.
 */
export function withFamilies(
  spec: UntypedObject,
  before: AddressTarget,
  after: AddressTarget,
): UntypedObject {
  const was = familyFields(before);
  const wanted = familyFields(after);
  if (after.headless || canonical(was) === canonical(wanted)) {
    return spec;
  }
  const written = {
    ipFamilyPolicy: spec.ipFamilyPolicy,
    ipFamilies: spec.ipFamilies,
  };
  const ours =
    canonical(withoutUndefined(written)) === canonical(was) ||
    canonical(withoutUndefined(written)) === '{}';
  const suffices =
    spec.ipFamilyPolicy === 'PreferDualStack' ||
    spec.ipFamilyPolicy === 'RequireDualStack';
  if (!ours && suffices) {
    return spec;
  }
  return ['ipFamilyPolicy', 'ipFamilies'].reduce(
    (changed, name) => withField(changed, name, wanted[name], SPEC_FIELDS),
    spec,
  );
}

/** As `renderManifests` writes them. */
function familyFields(target: AddressTarget): UntypedObject {
  const found = new Set(target.addresses.map(familyOf));
  const families: Family[] = FAMILIES.filter(family => found.has(family));
  if (!families.includes('IPv6')) {
    return {};
  }
  return families.length === 2
    ? { ipFamilyPolicy: 'PreferDualStack' }
    : { ipFamilyPolicy: 'SingleStack', ipFamilies: families };
}

function withoutUndefined(object: UntypedObject): UntypedObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  );
}
