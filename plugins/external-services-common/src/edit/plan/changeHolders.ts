import { canonicalIp } from '../../kubernetes/ipAddress';
import {
  isObject,
  listAt,
  textAt,
  type UntypedObject,
} from '../../manifests/reading';
import { type AddressChange, type Family, familyOf } from './AddressChange';
import { withField } from './fields';

/**
 * An EndpointSlice with other addresses; endpoints whose addresses stay are left
 * alone, and `further` ones come last.
 */
export function changeSlice(
  manifest: UntypedObject,
  change: AddressChange,
  further: string[],
): UntypedObject {
  const endpoints = listAt(manifest, 'endpoints');
  if (endpoints.length + further.length === 0) {
    return manifest;
  }
  return {
    ...manifest,
    endpoints: [
      ...endpoints.flatMap(endpoint => changeEndpoint(endpoint, change)),
      ...further.map(address => newEndpoint(address, change)),
    ],
  };
}

function newEndpoint(address: string, change: AddressChange): UntypedObject {
  return withHostname({ addresses: [address] }, address, change);
}

function changeEndpoint(endpoint: unknown, change: AddressChange): unknown[] {
  const addresses = listAt(endpoint, 'addresses').filter(isText);
  if (!isObject(endpoint) || addresses.length === 0) {
    return [endpoint];
  }
  const places = addresses.map(address => change.placeOf(address));
  if (places.every(place => place === undefined)) {
    return [withHostname(endpoint, addresses[0], change)];
  }
  const kept = addresses.flatMap((address, index) => {
    const own = places[index] ? places[index].own : address;
    return own === undefined ? [] : [own];
  });
  const wrap = (address: string) => newEndpoint(address, change);
  const changed = { ...endpoint, addresses: kept };
  return [
    ...places.flatMap(place => place?.before ?? []).map(wrap),
    ...(kept.length > 0 ? [withHostname(changed, kept[0], change)] : []),
    ...places.flatMap(place => place?.after ?? []).map(wrap),
  ];
}

/** An Endpoints object with other addresses; `further` ones come last. */
export function changeEndpoints(
  manifest: UntypedObject,
  change: AddressChange,
  further: string[],
): UntypedObject {
  const subsets = listAt(manifest, 'subsets').map((subset, index) => {
    if (!isObject(subset)) {
      return subset;
    }
    const changed = changeSubset(subset, change);
    return index === 0 && further.length > 0
      ? withFurther(changed, further, change)
      : changed;
  });
  return { ...manifest, subsets: subsets.filter(hasAddresses) };
}

const ADDRESS_LISTS = ['addresses', 'notReadyAddresses'];

function changeSubset(
  subset: UntypedObject,
  change: AddressChange,
): UntypedObject {
  const [ready, notReady] = ADDRESS_LISTS.map(name =>
    listAt(subset, name).map(entry => changeAddress(entry, change)),
  );
  const lists: Record<string, unknown[]> = {
    addresses: [
      ...ready.flatMap(({ before, own, after }) => [
        ...before,
        ...own,
        ...after,
      ]),
      // What is new is not known to be unready, whatever it stands beside.
      ...notReady.flatMap(({ before, after }) => [...before, ...after]),
    ],
    notReadyAddresses: notReady.flatMap(({ own }) => own),
  };
  return ADDRESS_LISTS.reduce(
    (changed, name) =>
      listAt(subset, name).length === 0 && lists[name].length === 0
        ? changed
        : withField(
            changed,
            name,
            lists[name].length > 0 ? lists[name] : undefined,
            [],
          ),
    subset,
  );
}

/** What stands where an address stood, as entries. */
function changeAddress(
  entry: unknown,
  change: AddressChange,
): Record<'before' | 'own' | 'after', unknown[]> {
  const ip = textAt(entry, 'ip');
  if (!isObject(entry) || ip === undefined) {
    return { before: [], own: [entry], after: [] };
  }
  const { before, own, after } = change.placeOf(ip) ?? {
    before: [],
    own: ip,
    after: [],
  };
  const wrap = (address: string) => wrapped(address, change);
  return {
    before: before.map(wrap),
    own:
      own === undefined
        ? []
        : [withHostname({ ...entry, ip: own }, own, change)],
    after: after.map(wrap),
  };
}

function withFurther(
  subset: UntypedObject,
  further: string[],
  change: AddressChange,
): UntypedObject {
  const entries = [
    ...listAt(subset, 'addresses'),
    ...further.map(address => wrapped(address, change)),
  ];
  return withField(subset, 'addresses', entries, []);
}

function wrapped(ip: string, change: AddressChange): UntypedObject {
  return withHostname({ ip }, ip, change);
}

function hasAddresses(subset: unknown): boolean {
  return ADDRESS_LISTS.some(name => listAt(subset, name).length > 0);
}

function withHostname(
  entry: UntypedObject,
  address: string,
  change: AddressChange,
): UntypedObject {
  if (!change.namesAddresses) {
    return entry;
  }
  const wanted = change.hostnameOf(address);
  return (entry.hostname ?? undefined) === wanted
    ? entry
    : withField(entry, 'hostname', wanted, ['addresses', 'ip']);
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
