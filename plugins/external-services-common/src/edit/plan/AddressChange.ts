import { canonicalIp, ipFamily, parseIp } from '../../kubernetes/ipAddress';
import { MAX_ENDPOINTS } from '../../kubernetes/limits';
import type { AddressTarget } from '../../model/ExternalService';
import { alignItems } from '../text/alignItems';

/** A family of addresses, as `addressType` names it. */
export type Family = 'IPv4' | 'IPv6';

/** Both, in the order in which they are written. */
export const FAMILIES: Family[] = ['IPv4', 'IPv6'];

/** What is to stand where an address stood. */
interface AddressPlace {
  before: string[];
  /** The address itself or the one in its place; undefined when it goes. */
  own: string | undefined;
  after: string[];
}

/** How the addresses of a mapping change. All addresses are canonical. */
export class AddressChange {
  /** By the address that stood there, for those where something changes. */
  private readonly places = new Map<string, AddressPlace>();
  private readonly known: Set<string>;
  /** Addresses of a family that was not there, which follow none. */
  readonly ofNewFamily: Record<Family, string[]> = { IPv4: [], IPv6: [] };

  constructor(before: AddressTarget, private readonly after: AddressTarget) {
    this.known = new Set(before.addresses);
    for (const family of FAMILIES) {
      const isOfFamily = (address: string) => familyOf(address) === family;
      const was = before.addresses.filter(isOfFamily);
      const wanted = after.addresses.filter(isOfFamily);
      if (was.length === 0) {
        this.ofNewFamily[family] = wanted;
      } else if (wanted.length > MAX_ENDPOINTS) {
        // More than one slice holds have no order of their own.
        this.exchange(was, wanted);
      } else {
        this.align(was, wanted);
      }
    }
  }

  /** What is to stand in the place of an address as it is written; undefined when nothing changes there. */
  placeOf(written: string): AddressPlace | undefined {
    const place = this.places.get(this.canonical(written));
    // What stays, stays as it is written.
    return place?.own === this.canonical(written)
      ? { ...place, own: written }
      : place;
  }

  /** The name of a single address; undefined also where such names have no effect. */
  hostnameOf(address: string): string | undefined {
    return this.after.hostnames?.[this.canonical(address)];
  }

  /** Whether names of single addresses have an effect. */
  get namesAddresses(): boolean {
    return this.after.headless ?? false;
  }

  private canonical(address: string): string {
    return this.known.has(address) ? address : canonicalIp(address) ?? address;
  }

  private align(was: string[], wanted: string[]): void {
    const steps = alignItems(
      was.map(key => ({ key })),
      wanted.map(key => ({ key })),
    );
    let previous: string | undefined;
    for (const step of steps) {
      if (step.kind === 'insert') {
        const address = wanted[step.to];
        if (previous === undefined) {
          this.at(was[0]).before.push(address);
        } else {
          this.at(previous).after.push(address);
        }
      } else if (step.kind === 'delete') {
        this.at(was[step.from]).own = undefined;
      } else {
        previous = was[step.from];
        if (step.kind === 'change') {
          this.at(previous).own = wanted[step.to];
        }
      }
    }
  }

  private exchange(was: string[], wanted: string[]): void {
    const old = new Set(was);
    const kept = new Set(wanted);
    const gone = was.filter(address => !kept.has(address));
    const come = wanted.filter(address => !old.has(address));
    gone.forEach((address, i) => {
      this.at(address).own = come[i];
    });
    const rest = come.slice(gone.length);
    if (rest.length > 0) {
      this.at(was[was.length - 1]).after.push(...rest);
    }
  }

  private at(address: string): AddressPlace {
    const known = this.places.get(address);
    const place = known ?? { before: [], own: address, after: [] };
    this.places.set(address, place);
    return place;
  }
}

/** The family of an address; what is none counts as IPv4, as it does where addresses are rendered. */
export function familyOf(address: string): Family {
  const ip = address.includes(':') ? parseIp(address) : undefined;
  return ip ? ipFamily(ip) : 'IPv4';
}
