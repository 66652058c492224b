import { BlockList, isIP } from 'node:net';
import {
  isDnsTarget,
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';

const RANGE = /^(.+)\/(\d{1,3})$/;

/**
 * Makes the test behind the one search field of the fleet. It understands a host
 * (`db.example.com`), hosts below a domain (`*.example.com`), an address, a
 * range (`203.0.113.0/24`), and otherwise a part of a name in the cluster, of a
 * target or of an entity.
 *
 * @internal
 */
export function searchTest(
  text: string,
): (mapping: Mapping, entityRef: string) => boolean {
  const query = text.trim().toLowerCase();
  if (query === '') {
    return () => true;
  }
  const leadsTo = targetTest(query);
  return (mapping, entityRef) =>
    mapping.lines.some(leadsTo) ||
    mapping.fullName.startsWith(query) ||
    mapping.lines.some(
      line =>
        `${mapping.name}.${line.namespace ?? ''}`.startsWith(query) ||
        (isDnsTarget(line.target) && line.target.dnsName.includes(query)),
    ) ||
    entityRef.includes(query);
}

/**
 * Makes a test for lines that lead to a target: by the name itself, by way of an
 * alias, or to the same address.
 *
 * @internal
 */
export function targetTest(target: string): (line: MappingLine) => boolean {
  const query = target.trim().toLowerCase().replace(/\.$/, '');
  const range = RANGE.exec(query);
  if (isIP(query) || (range && isIP(range[1]))) {
    const within = rangeTest(range?.[1] ?? query, range?.[2]);
    return line => addressesOf(line).some(within);
  }
  if (query.startsWith('*.')) {
    const domain = query.slice(1);
    return line => namesOf(line).some(name => name.endsWith(domain));
  }
  return line => namesOf(line).includes(query);
}

function rangeTest(
  address: string,
  prefix: string | undefined,
): (candidate: string) => boolean {
  const bits = isIP(address) === 6 ? 128 : 32;
  const list = new BlockList();
  list.addSubnet(
    address,
    Math.min(Number(prefix ?? bits), bits),
    family(address),
  );
  return candidate =>
    isIP(candidate) !== 0 && list.check(candidate, family(candidate));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function namesOf({ target, resolution }: MappingLine): string[] {
  return [
    ...(isDnsTarget(target) ? [target.dnsName.replace(/\.$/, '')] : []),
    ...resolution.chain.map(alias => alias.target),
  ];
}

function addressesOf({ target, resolution }: MappingLine): string[] {
  return [
    ...(isDnsTarget(target) ? [] : target.addresses),
    ...resolution.addresses.map(({ address }) => address),
  ];
}
