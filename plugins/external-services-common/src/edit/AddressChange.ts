import { ipFamily, parseIp } from '../kubernetes/ipAddress';
import { MAX_ENDPOINTS } from '../kubernetes/limits';
import { alignItems } from './alignItems';

/** A family of addresses, as `addressType` names it. */
export type Family = 'IPv4' | 'IPv6';

/** Both, in the order in which they are written. */
export const FAMILIES: Family[] = ['IPv4', 'IPv6'];

/** How the addresses of one family change. All addresses are canonical. */
export interface AddressChange {
  /** The first one that was there. Default: none, the family is new. */
  first?: string;
  /** By the address that was there; undefined for one that goes. */
  replaced: Map<string, string | undefined>;
  /** New ones by the address they follow; those that come before the first under the empty text. */
  added: Map<string, string[]>;
}

/** The family of an address; what is none counts as IPv4, as it does where addresses are rendered. */
export function familyOf(address: string): Family {
  const ip = parseIp(address);
  return ip ? ipFamily(ip) : 'IPv4';
}

/** The way from some addresses to others that leaves most of them where they are. */
export function addressChange(
  before: string[],
  after: string[],
): AddressChange {
  // More than one slice holds have no order of their own.
  return after.length > MAX_ENDPOINTS
    ? unordered(before, after)
    : ordered(before, after);
}

function ordered(before: string[], after: string[]): AddressChange {
  const change = noChange(before);
  const steps = alignItems(
    before.map(key => ({ key })),
    after.map(key => ({ key })),
  );
  let previous = '';
  for (const step of steps) {
    if (step.kind === 'insert') {
      add(change, previous, after[step.to]);
    } else {
      const was = before[step.from];
      if (step.kind !== 'keep') {
        change.replaced.set(
          was,
          step.kind === 'change' ? after[step.to] : undefined,
        );
      }
      previous = step.kind === 'delete' ? previous : was;
    }
  }
  return change;
}

function unordered(before: string[], after: string[]): AddressChange {
  const change = noChange(before);
  const old = new Set(before);
  const wanted = new Set(after);
  const gone = before.filter(address => !wanted.has(address));
  const come = after.filter(address => !old.has(address));
  gone.forEach((address, i) => change.replaced.set(address, come[i]));
  for (const address of come.slice(gone.length)) {
    add(change, before.at(-1) ?? '', address);
  }
  return change;
}

function noChange([first]: string[]): AddressChange {
  return {
    ...(first !== undefined && { first }),
    replaced: new Map(),
    added: new Map(),
  };
}

function add(change: AddressChange, after: string, address: string): void {
  const known = change.added.get(after);
  if (known) {
    known.push(address);
  } else {
    change.added.set(after, [address]);
  }
}
