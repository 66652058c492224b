import { parseIp } from '../../kubernetes/ipAddress';
import { isDns1123Label, isDns1123Subdomain } from '../../kubernetes/names';
import type { EndpointAddress, Endpoints } from '../decode/endpoints';
import { childPath, itemPath } from '../fieldPath';
import { NONE_STORED, validateEndpointIp, validateLegacyIp } from '../ipRules';
import {
  type NameRule,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../metadata/validateObjectMeta';
import { collectProblems, type Problem, type ReportAt } from '../Problem';
import type { RuleContext } from '../RuleContext';
import {
  isPortNumber,
  validateAppProtocol,
  validateNameOfPort,
  validateProtocol,
} from '../service/validatePorts';

/** Names of Endpoints and EndpointSlices. Source: apimachinery NameIsDNSSubdomain. */
export const SUBDOMAIN_NAME: NameRule = {
  isValid: isDns1123Subdomain,
  hint: 'Use lower-case letters, digits, hyphens and dots; at most 253 characters.',
};

/**
 * The server's decision about Endpoints that were decoded without an error.
 * Source: `core/validation` ValidateEndpoints, ValidateEndpointsUpdate.
 */
export function validateEndpoints(
  decoded: Endpoints,
  stored: Endpoints | undefined,
  { minor }: RuleContext,
): Problem[] {
  const endpoints = withDefaults(decoded);
  const { problems, report } = collectProblems();
  if (stored) {
    validateObjectMetaUpdate(endpoints.metadata, minor, report);
  } else {
    validateObjectMeta(endpoints.metadata, SUBDOMAIN_NAME, minor, report);
  }
  // Since 1.33 what is stored and unchanged stays accepted.
  const unchanged =
    stored !== undefined &&
    minor >= 33 &&
    JSON.stringify(withDefaults(stored).subsets) ===
      JSON.stringify(endpoints.subsets);
  if (!unchanged) {
    validateSubsets(endpoints, minor, report);
  }
  return problems;
}

/** Source: `core/v1` SetDefaults_Endpoints. */
function withDefaults(endpoints: Endpoints): Endpoints {
  const subsets = endpoints.subsets.map(subset => ({
    ...subset,
    ports: subset.ports.map(port => ({
      ...port,
      protocol: port.protocol || 'TCP',
    })),
  }));
  return { ...endpoints, subsets };
}

/** Source: `core/validation` validateEndpointSubsets. */
function validateSubsets(
  { subsets }: Endpoints,
  minor: number,
  report: ReportAt,
): void {
  for (const [index, subset] of subsets.entries()) {
    const path = itemPath('subsets', index);
    const { addresses, notReadyAddresses } = subset;
    if (addresses.length === 0 && notReadyAddresses.length === 0) {
      report(
        'missing-addresses',
        path,
        'This subset has no addresses.',
        'Add addresses with at least one ip.',
      );
    }
    validateAddresses(addresses, childPath(path, 'addresses'), minor, report);
    validateAddresses(
      notReadyAddresses,
      childPath(path, 'notReadyAddresses'),
      minor,
      report,
    );
    validatePorts(subset.ports, childPath(path, 'ports'), report);
  }
}

/** Source: `core/validation` validateEndpointAddress. */
function validateAddresses(
  addresses: readonly EndpointAddress[],
  listPath: string,
  minor: number,
  report: ReportAt,
): void {
  for (const [index, address] of addresses.entries()) {
    const path = itemPath(listPath, index);
    const ipPath = childPath(path, 'ip');
    const ip = { text: address.ip, ip: parseIp(address.ip) };
    validateLegacyIp(ip, ipPath, minor, NONE_STORED, report);
    validateEndpointIp(ip, ipPath, report);
    if (address.hostname !== '') {
      validateHostname(address.hostname, path, report);
    }
    validateNodeName(address.nodeName, path, report);
  }
}

/** Source: `core/validation` ValidateDNS1123Label. */
export function validateHostname(
  hostname: string,
  path: string,
  report: ReportAt,
): void {
  if (!isDns1123Label(hostname)) {
    report(
      'invalid-hostname',
      childPath(path, 'hostname'),
      `${JSON.stringify(hostname)} is not the host name of an endpoint.`,
      'Use one label without dots: lower-case letters, digits and hyphens; at most 63 characters.',
    );
  }
}

/** Source: `core/validation` ValidateNodeName. */
export function validateNodeName(
  nodeName: string | undefined,
  path: string,
  report: ReportAt,
): void {
  if (nodeName !== undefined && !isDns1123Subdomain(nodeName)) {
    report(
      'invalid-hostname',
      childPath(path, 'nodeName'),
      `${JSON.stringify(nodeName)} is not the name of a node.`,
      'Leave nodeName out; the endpoint is outside the cluster.',
    );
  }
}

/** Source: `core/validation` validateEndpointPort; neither names nor numbers have to differ. */
function validatePorts(
  ports: Endpoints['subsets'][number]['ports'],
  listPath: string,
  report: ReportAt,
): void {
  for (const [index, port] of ports.entries()) {
    const path = itemPath(listPath, index);
    if (port.name === '' && ports.length > 1) {
      report(
        'missing-port-name',
        childPath(path, 'name'),
        'Of several ports each needs a name.',
        'Give it the name of the port of the Service.',
      );
    } else if (port.name !== '') {
      validateNameOfPort(port.name, path, report);
    }
    if (!isPortNumber(port.port)) {
      report(
        'invalid-port',
        childPath(path, 'port'),
        `${port.port} is not a port.`,
        'Use a port from 1 to 65535.',
      );
    }
    validateProtocol(port.protocol, path, report);
    validateAppProtocol(port.appProtocol, path, report);
  }
}
