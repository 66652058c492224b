import { formatIp, ipFamily, parseIp } from '../../kubernetes/ipAddress';
import {
  isDns1123Subdomain,
  isFullyQualifiedDomainName,
  isLabelValue,
} from '../../kubernetes/names';
import type { Endpoint, EndpointSlice } from '../decode/endpointSlice';
import {
  validateHostname,
  validateNodeName,
} from '../endpoints/validateEndpoints';
import { childPath, itemPath } from '../fieldPath';
import {
  type IpText,
  NONE_STORED,
  validateEndpointIp,
  validateLegacyIp,
} from '../ipRules';
import type { ReportAt } from '../Problem';

const MAX_ENDPOINTS = 1000;
const MAX_ADDRESSES = 100;
const MAX_HINTS = 8;

/** Source: `discovery/validation` validateEndpoints. */
export function validateSliceEndpoints(
  { endpoints, addressType }: EndpointSlice,
  minor: number,
  report: ReportAt,
): void {
  if (endpoints.length > MAX_ENDPOINTS) {
    report(
      'too-many',
      'endpoints',
      `An EndpointSlice has at most ${MAX_ENDPOINTS} endpoints.`,
      'Spread them over several slices.',
    );
    return;
  }
  for (const [index, endpoint] of endpoints.entries()) {
    const path = itemPath('endpoints', index);
    validateCount(endpoint, path, report);
    const listPath = childPath(path, 'addresses');
    for (const [position, address] of endpoint.addresses.entries()) {
      const at = { listPath, path: itemPath(listPath, position) };
      validateAddress(address, addressType, at, minor, report);
    }
    validateNodeName(endpoint.nodeName, path, report);
    // Unlike in Endpoints, an empty text is a value.
    if (endpoint.hostname !== undefined) {
      validateHostname(endpoint.hostname, path, report);
    }
    if (endpoint.hints) {
      validateHints(endpoint.hints, childPath(path, 'hints'), minor, report);
    }
  }
}

function validateCount(
  { addresses }: Endpoint,
  path: string,
  report: ReportAt,
): void {
  if (addresses.length === 0) {
    report(
      'missing-addresses',
      childPath(path, 'addresses'),
      'This endpoint has no address.',
      'Add addresses with one address.',
    );
  }
  if (addresses.length > MAX_ADDRESSES) {
    report(
      'too-many',
      childPath(path, 'addresses'),
      `An endpoint has at most ${MAX_ADDRESSES} addresses.`,
      'Write an endpoint for each address.',
    );
  }
}

interface AddressPaths {
  listPath: string;
  path: string;
}

function validateAddress(
  text: string,
  addressType: string,
  at: AddressPaths,
  minor: number,
  report: ReportAt,
): void {
  if (addressType === 'IPv4' || addressType === 'IPv6') {
    const address = { text, ip: parseIp(text) };
    const isValid =
      addressType === 'IPv6' && minor >= 33
        ? validateCanonicalIp(address, at.path, report)
        : validateLegacyIp(address, at.path, minor, NONE_STORED, report);
    if (isValid) {
      validateFamily(address, addressType, at, minor, report);
      validateEndpointIp(address, at.path, report);
    }
  } else if (addressType === 'FQDN' && !isFullyQualifiedDomainName(text)) {
    report(
      'invalid-hostname',
      at.path,
      `${JSON.stringify(text)} is not a full host name.`,
      'Use a Service of type ExternalName for a host name.',
    );
  }
  // An unknown type is reported by itself.
}

/** First minor version whose older fields take addresses in one notation only. */
const STRICT_SINCE = 36;

/** The rule of IPv6 slices since 1.33. Source: apimachinery `util/validation` IsValidIP. */
function validateCanonicalIp(
  { text, ip }: IpText,
  path: string,
  report: ReportAt,
): boolean {
  if (
    !validateLegacyIp({ text, ip }, path, STRICT_SINCE, NONE_STORED, report)
  ) {
    return false;
  }
  const canonical = ip && formatIp(ip);
  if (canonical === text) {
    return true;
  }
  report(
    'invalid-ip-address',
    path,
    `${text} is not the canonical form of the address.`,
    `Write it as ${canonical}.`,
  );
  return false;
}

function validateFamily(
  { text, ip }: IpText,
  family: 'IPv4' | 'IPv6',
  at: AddressPaths,
  minor: number,
  report: ReportAt,
): void {
  if (ip && ipFamily(ip) !== family) {
    report(
      'wrong-ip-family',
      // Since 1.33 the error names the list.
      minor >= 33 ? at.listPath : at.path,
      `${text} is not an ${family} address, as addressType says.`,
      `Move it to a slice of its own with addressType ${ipFamily(ip)}.`,
    );
  }
}

/** Source: `discovery/validation` validateHints; nodes since 1.34. */
function validateHints(
  hints: NonNullable<Endpoint['hints']>,
  path: string,
  minor: number,
  report: ReportAt,
): void {
  const zonesFit = validateHintNames(
    hints.forZones.map(({ name }) => name),
    childPath(path, 'forZones'),
    isLabelValue,
    report,
  );
  if (minor >= 34 && zonesFit) {
    validateHintNames(
      hints.forNodes.map(({ name }) => name),
      childPath(path, 'forNodes'),
      isDns1123Subdomain,
      report,
    );
  }
}

function validateHintNames(
  names: string[],
  listPath: string,
  isValid: (name: string) => boolean,
  report: ReportAt,
): boolean {
  const hint = 'Leave hints out; they are for endpoints inside the cluster.';
  if (names.length > MAX_HINTS) {
    report(
      'too-many',
      listPath,
      `An endpoint has at most ${MAX_HINTS} of these hints.`,
      hint,
    );
    return false;
  }
  for (const [index, name] of names.entries()) {
    const path = childPath(itemPath(listPath, index), 'name');
    if (names.indexOf(name) < index) {
      report('invalid-hint', path, `${name} is listed twice.`, hint);
    }
    if (!isValid(name)) {
      report(
        'invalid-hint',
        path,
        `${JSON.stringify(name)} is not a name.`,
        hint,
      );
    }
  }
  return true;
}
