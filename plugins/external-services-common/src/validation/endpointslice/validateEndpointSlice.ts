import type { EndpointSlice } from '../decode/endpointSlice';
import { childPath, itemPath } from '../fieldPath';
import { SUBDOMAIN_NAME } from '../endpoints/validateEndpoints';
import {
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../metadata/validateObjectMeta';
import { collectProblems, type Problem, type ReportAt } from '../Problem';
import type { RuleContext } from '../RuleContext';
import {
  validateAppProtocol,
  validateNameOfPort,
  validateProtocol,
} from '../service/validatePorts';
import { validateSliceEndpoints } from './validateSliceEndpoints';

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const MAX_PORTS = 20000;

/**
 * The server's decision about an EndpointSlice that was decoded without an error.
 * Source: `discovery/validation` ValidateEndpointSlice, ValidateEndpointSliceUpdate.
 */
export function validateEndpointSlice(
  slice: EndpointSlice,
  before: EndpointSlice | undefined,
  { minor }: RuleContext,
): Problem[] {
  const { problems, report } = collectProblems();
  if (before) {
    validateObjectMetaUpdate(slice.metadata, minor, report);
    validateImmutableType(slice, before, report);
  } else {
    // Source: `registry/discovery/endpointslice` PrepareForCreate, which counts from the start.
    const metadata = { ...slice.metadata, generation: 1 };
    validateObjectMeta(metadata, SUBDOMAIN_NAME, minor, report);
  }
  validateAddressType(slice, report);
  validatePorts(slice, report);
  // Since 1.33 what is stored and unchanged stays accepted.
  const unchanged =
    minor >= 33 &&
    before !== undefined &&
    JSON.stringify(before.endpoints) === JSON.stringify(slice.endpoints);
  if (!unchanged) {
    validateSliceEndpoints(slice, minor, report);
  }
  return problems;
}

/** Source: `discovery/validation` ValidateEndpointSliceUpdate. */
function validateImmutableType(
  slice: EndpointSlice,
  before: EndpointSlice,
  report: ReportAt,
): void {
  if (slice.addressType !== before.addressType) {
    report(
      'immutable-field',
      'addressType',
      'addressType cannot change on an EndpointSlice that exists.',
      'Add a slice under another name and remove this one.',
    );
  }
}

/** Source: `discovery/validation` validateAddressType. */
function validateAddressType(
  { addressType }: EndpointSlice,
  report: ReportAt,
): void {
  if (!ADDRESS_TYPES.includes(addressType)) {
    report(
      addressType === '' ? 'missing-address-type' : 'unsupported-value',
      'addressType',
      addressType === ''
        ? 'An EndpointSlice needs an addressType.'
        : `${JSON.stringify(addressType)} is not a type of address.`,
      'Use IPv4 or IPv6; capitals matter.',
    );
  }
}

/** Source: `discovery/validation` validatePorts; the number itself is not checked. */
function validatePorts({ ports }: EndpointSlice, report: ReportAt): void {
  if (ports.length > MAX_PORTS) {
    report(
      'too-many',
      'ports',
      `An EndpointSlice has at most ${MAX_PORTS} ports.`,
      'Spread them over several slices.',
    );
    return;
  }
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const path = itemPath('ports', index);
    const name = port.name ?? '';
    if (name !== '') {
      validateNameOfPort(name, path, report);
    }
    if (names.has(name)) {
      report(
        'duplicate-port-name',
        childPath(path, 'name'),
        name === ''
          ? 'Two ports have no name.'
          : `${name} is the name of two ports.`,
        'Give every port the name of its port of the Service.',
      );
    }
    names.add(name);
    // Unlike in a Service, an empty text is a value and not the default.
    validateProtocol(port.protocol ?? 'TCP', path, report);
    validateAppProtocol(port.appProtocol, path, report);
  }
}
