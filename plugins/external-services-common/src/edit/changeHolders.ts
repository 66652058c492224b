import { canonicalIp } from '../kubernetes/ipAddress';
import {
  isObject,
  listAt,
  textAt,
  type UntypedObject,
} from '../manifests/reading';
import type { AddressTarget } from '../model/ExternalService';
import { type AddressChange, type Family, familyOf } from './AddressChange';
import { withField } from './fields';

/** The change of the family of an address. */
type ChangeOf = (address: string) => AddressChange;

const ENDPOINT_FIELDS = ['addresses', 'ip'];

/** An EndpointSlice with other addresses; endpoints whose addresses stay are left alone. */
export function changeSlice(
  manifest: UntypedObject,
  changeOf: ChangeOf,
  target: AddressTarget,
): UntypedObject {
  const endpoints = listAt(manifest, 'endpoints');
  return {
    ...manifest,
    endpoints: endpoints.flatMap(endpoint =>
      changeEndpoint(endpoint, changeOf, target),
    ),
  };
}

function changeEndpoint(
  endpoint: unknown,
  changeOf: ChangeOf,
  target: AddressTarget,
): unknown[] {
  const addresses = listAt(endpoint, 'addresses').filter(isText);
  if (!isObject(endpoint) || addresses.length === 0) {
    return [endpoint];
  }
  const kept = addresses.flatMap(address => replaced(address, changeOf));
  const before = addresses.flatMap(address => addedBefore(address, changeOf));
  const after = addresses.flatMap(address => addedAfter(address, changeOf));
  const wrap = (address: string) =>
    withHostname({ addresses: [address] }, address, target);
  return [
    ...before.map(wrap),
    ...(kept.length > 0
      ? [withHostname({ ...endpoint, addresses: kept }, kept[0], target)]
      : []),
    ...after.map(wrap),
  ];
}

/** An Endpoints object with other addresses; those of a family it did not have come last. */
export function changeEndpoints(
  manifest: UntypedObject,
  changeOf: ChangeOf,
  target: AddressTarget,
  ofNewFamily: string[],
): UntypedObject {
  const subsets = listAt(manifest, 'subsets').map((subset, index) => {
    if (!isObject(subset)) {
      return subset;
    }
    const changed = changeSubset(subset, changeOf, target);
    return index === 0 && ofNewFamily.length > 0
      ? withAddresses(changed, ofNewFamily, target)
      : changed;
  });
  return { ...manifest, subsets: subsets.filter(hasAddresses) };
}

function changeSubset(
  subset: UntypedObject,
  changeOf: ChangeOf,
  target: AddressTarget,
): UntypedObject {
  return ['addresses', 'notReadyAddresses'].reduce((changed, name) => {
    const entries = listAt(subset, name);
    const after = entries.flatMap(entry =>
      changeAddress(entry, changeOf, target),
    );
    return entries.length === 0
      ? changed
      : withField(changed, name, after.length > 0 ? after : undefined, []);
  }, subset);
}

function withAddresses(
  subset: UntypedObject,
  addresses: string[],
  target: AddressTarget,
): UntypedObject {
  const entries = [
    ...listAt(subset, 'addresses'),
    ...addresses.map(ip => withHostname({ ip }, ip, target)),
  ];
  return withField(subset, 'addresses', entries, []);
}

function changeAddress(
  entry: unknown,
  changeOf: ChangeOf,
  target: AddressTarget,
): unknown[] {
  const ip = textAt(entry, 'ip');
  if (!isObject(entry) || ip === undefined) {
    return [entry];
  }
  const wrap = (address: string) =>
    withHostname({ ip: address }, address, target);
  return [
    ...addedBefore(ip, changeOf).map(wrap),
    ...replaced(ip, changeOf).map(address =>
      withHostname({ ...entry, ip: address }, address, target),
    ),
    ...addedAfter(ip, changeOf).map(wrap),
  ];
}

function hasAddresses(subset: unknown): boolean {
  return ['addresses', 'notReadyAddresses'].some(
    name => listAt(subset, name).length > 0,
  );
}

/** The address as it is written when it stays, another one, or nothing. */
function replaced(address: string, changeOf: ChangeOf): string[] {
  const { replaced: replacements } = changeOf(address);
  const key = canonical(address);
  if (!replacements.has(key)) {
    return [address];
  }
  const other = replacements.get(key);
  return other === undefined ? [] : [other];
}

function addedBefore(address: string, changeOf: ChangeOf): string[] {
  const { first, added } = changeOf(address);
  return canonical(address) === first ? added.get('') ?? [] : [];
}

function addedAfter(address: string, changeOf: ChangeOf): string[] {
  return changeOf(address).added.get(canonical(address)) ?? [];
}

/** Names of single addresses have an effect on headless Services alone. */
function withHostname(
  entry: UntypedObject,
  address: string,
  { headless, hostnames }: AddressTarget,
): UntypedObject {
  const wanted = hostnames?.[canonical(address)];
  return !headless || (entry.hostname ?? undefined) === wanted
    ? entry
    : withField(entry, 'hostname', wanted, ENDPOINT_FIELDS);
}

function canonical(address: string): string {
  return canonicalIp(address) ?? address;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The family of a slice; undefined when it holds host names or says nothing. */
export function sliceFamily(manifest: UntypedObject): Family | undefined {
  const type = textAt(manifest, 'addressType');
  if (type === 'IPv4' || type === 'IPv6') {
    return type;
  }
  const [first] = listAt(manifest, 'endpoints').flatMap(endpoint =>
    listAt(endpoint, 'addresses').filter(isText),
  );
  return type === undefined && first !== undefined && canonicalIp(first)
    ? familyOf(first)
    : undefined;
}
