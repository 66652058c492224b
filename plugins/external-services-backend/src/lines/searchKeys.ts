import { isIP } from 'node:net';
import {
  isDnsTarget,
  type MappingLine,
  type TargetMatch,
} from '@external-services/backstage-plugin-external-services-common';
import { isStorable } from '../database/storable';

/** What a line leads to, in a form that sorts: see the functions below. */
export interface SearchKey {
  way: TargetMatch;
  key: string;
}

/** Longer than any name or address. */
const MAX_KEY_LENGTH = 300;

/**
 * All that a line leads to.
 *
 * @internal
 */
export function searchKeys({ target, resolution }: MappingLine): SearchKey[] {
  const of = (way: TargetMatch, keys: (string | undefined)[]) =>
    [...new Set(keys)].flatMap(key =>
      key !== undefined && isStorable(key, MAX_KEY_LENGTH) ? { way, key } : [],
    );
  return [
    ...of('name', isDnsTarget(target) ? [nameKey(target.dnsName)] : []),
    ...of(
      'alias',
      resolution.chain.map(alias => nameKey(alias.target)),
    ),
    ...of(
      'address',
      [
        ...(isDnsTarget(target) ? [] : target.addresses),
        ...resolution.addresses.map(({ address }) => address),
      ].map(addressKey),
    ),
  ];
}

/**
 * A DNS name, its last label first, so that all names of a domain stand together.
 *
 * @internal
 */
export function nameKey(name: string): string {
  return name.toLowerCase().replace(/\.$/, '').split('.').reverse().join('.');
}

/**
 * An address in hexadecimal, so that all addresses of a range stand together.
 * Undefined for what is none.
 *
 * @internal
 */
export function addressKey(address: string): string | undefined {
  switch (isIP(address)) {
    case 4:
      return `4:${hexOfIpv4(address)}`;
    case 6:
      return `6:${hexOfIpv6(address)}`;
    default:
      return undefined;
  }
}

/**
 * The first and the last key of a range. Undefined for what is none.
 *
 * @param prefix - bits that all addresses of the range share
 * @internal
 */
export function rangeKeys(
  address: string,
  prefix: number,
): [first: string, last: string] | undefined {
  const key = addressKey(address);
  if (key === undefined) {
    return undefined;
  }
  const [family, hex] = key.split(':');
  const bits = hex.length * 4;
  const free = BigInt(Math.max(0, bits - prefix));
  const first = (BigInt(`0x${hex}`) >> free) << free;
  const last = first | ((1n << free) - 1n);
  const text = (value: bigint) =>
    `${family}:${value.toString(16).padStart(hex.length, '0')}`;
  return [text(first), text(last)];
}

function hexOfIpv4(address: string): string {
  return address
    .split('.')
    .map(part => Number(part).toString(16).padStart(2, '0'))
    .join('');
}

function hexOfIpv6(address: string): string {
  const [plain] = address.split('%');
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  const text = dotted
    ? `${dotted[1]}${hexOfIpv4(dotted[2]).replace(/^(.{4})/, '$1:')}`
    : plain;
  const [head, tail] = text.split('::').map(part => part.split(':'));
  const parts = (half: string[] = []) => half.filter(part => part !== '');
  const left = parts(head);
  const right = parts(tail);
  const zeros = Array(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right]
    .map(part => part.toLowerCase().padStart(4, '0'))
    .join('');
}
