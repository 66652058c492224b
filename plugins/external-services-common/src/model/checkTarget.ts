import { canonicalIp } from '../kubernetes/ipAddress';
import { isDns1123Label } from '../kubernetes/names';
import { checkAddress } from './checkAddress';
import { checkDnsName } from './checkDnsName';
import type { ValueProblem } from './checkPorts';
import type { AddressTarget, DnsTarget } from './ExternalService';

/** What a DNS label is, in words. */
export const LABEL_MESSAGE =
  'Use lower-case letters, digits and hyphens; start and end with a letter or digit; at most 63 characters.';

/**
 * What is wrong with a target that may be neither of the two kinds or both,
 * with the way to it.
 */
export function checkTarget(
  target: Partial<DnsTarget & AddressTarget>,
): ValueProblem[] {
  const { dnsName, addresses } = target;
  if (dnsName !== undefined && addresses !== undefined) {
    const message = 'Give a DNS name or IP addresses, not both.';
    return [{ path: [], message }];
  }
  if (dnsName !== undefined) {
    const message = checkDnsName(dnsName);
    return [
      ...(message ? [{ path: ['dnsName'], message }] : []),
      ...checkHostnames({ hostnames: target.hostnames, addresses: [] }),
    ];
  }
  return [
    ...checkAddresses(addresses),
    ...checkHostnames({ ...target, addresses: addresses ?? [] }),
  ];
}

function checkHostnames({
  addresses,
  headless,
  hostnames = {},
}: AddressTarget): ValueProblem[] {
  const names = Object.entries(hostnames);
  if (names.length > 0 && !headless) {
    const message =
      'Single addresses have names only where your app gets them directly. Set headless to true, or leave the names out.';
    return [{ path: ['hostnames'], message }];
  }
  const listed = new Set(addresses.map(text => canonicalIp(text) ?? text));
  return names.flatMap(([address, name]) => {
    const path = ['hostnames', address];
    if (!listed.has(canonicalIp(address) ?? address)) {
      const message = `${address} is not one of the addresses. Add it to them, or remove its name.`;
      return [{ path, message }];
    }
    return isDns1123Label(name) ? [] : [{ path, message: LABEL_MESSAGE }];
  });
}

function checkAddresses(addresses: string[] | undefined): ValueProblem[] {
  if (addresses === undefined) {
    const message =
      'Give a DNS name, for example db.example.com, or IP addresses, for example 203.0.113.1.';
    return [{ path: [], message }];
  }
  if (addresses.length === 0) {
    const message = 'Enter at least one address, for example 203.0.113.1.';
    return [{ path: ['addresses'], message }];
  }
  const seen = new Set<string>();
  return addresses.flatMap((address, index) => {
    const canonical = canonicalIp(address) ?? address;
    const message =
      checkAddress(address) ??
      (seen.has(canonical)
        ? `${address} is listed twice. Remove one.`
        : undefined);
    seen.add(canonical);
    return message ? [{ path: ['addresses', index], message }] : [];
  });
}
