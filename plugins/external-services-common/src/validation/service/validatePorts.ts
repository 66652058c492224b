import {
  isDns1123Label,
  isPortName,
  isQualifiedName,
} from '../../kubernetes/names';
import type { Service, ServicePort } from '../decode/service';
import { childPath, itemPath } from '../fieldPath';
import type { ReportAt } from '../Problem';
import { isGivenOut } from './allocateNodePorts';

const PATH = 'spec.ports';
const PORT_HINT = 'Use a port from 1 to 65535.';

/** Ports of all kinds with the same rules about protocol names. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** True for 1 to 65535. Source: apimachinery `util/validation` IsValidPortNum. */
export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}

/** `spec.ports` one by one. Source: `core/validation` validateServicePort. */
export function validateServicePorts(
  { spec }: Service,
  report: ReportAt,
): void {
  const names = new Set<string>();
  for (const [index, port] of spec.ports.entries()) {
    const path = itemPath(PATH, index);
    validatePortName(port, path, spec.ports.length > 1, names, report);
    validatePortNumbers(port, path, report);
    validateProtocol(port.protocol, path, report);
    validateAppProtocol(port.appProtocol, path, report);
  }
}

function validatePortName(
  port: ServicePort,
  path: string,
  required: boolean,
  names: Set<string>,
  report: ReportAt,
): void {
  if (port.name === '') {
    if (required) {
      report(
        'missing-port-name',
        childPath(path, 'name'),
        'Of several ports each needs a name.',
        'Give every port its own name, such as postgres or metrics.',
      );
    }
    return;
  }
  validateNameOfPort(port.name, path, report);
  if (names.has(port.name)) {
    report(
      'duplicate-port-name',
      childPath(path, 'name'),
      `${port.name} is the name of two ports.`,
      'Give every port its own name.',
    );
  }
  names.add(port.name);
}

/** Source: `core/validation` ValidateDNS1123Label. */
export function validateNameOfPort(
  name: string,
  path: string,
  report: ReportAt,
): void {
  if (!isDns1123Label(name)) {
    report(
      'invalid-port-name',
      childPath(path, 'name'),
      `${JSON.stringify(name)} cannot be the name of a port.`,
      'Use lower-case letters, digits and hyphens; at most 63 characters.',
    );
  }
}

/** Source: apimachinery IsValidPortNum; `core/validation` ValidatePortNumOrName. */
function validatePortNumbers(
  { port, targetPort }: ServicePort,
  path: string,
  report: ReportAt,
): void {
  if (!isPortNumber(port)) {
    report(
      'invalid-port',
      childPath(path, 'port'),
      `${port} is not a port.`,
      PORT_HINT,
    );
  }
  if (typeof targetPort === 'number' && !isPortNumber(targetPort)) {
    report(
      'invalid-port',
      childPath(path, 'targetPort'),
      `${targetPort} is not a port.`,
      PORT_HINT,
    );
  }
  if (typeof targetPort === 'string' && !isPortName(targetPort)) {
    report(
      'invalid-target-port',
      childPath(path, 'targetPort'),
      `${JSON.stringify(targetPort)} is neither a port nor the name of one.`,
      /^\d+$/.test(targetPort)
        ? `Write it without quotes: ${targetPort}.`
        : 'Use a number, or a name of lower-case letters, digits and hyphens; at most 15 characters.',
    );
  }
}

/** Source: `core/validation` supportedPortProtocols. */
export function validateProtocol(
  protocol: string,
  path: string,
  report: ReportAt,
): void {
  if (!PROTOCOLS.includes(protocol)) {
    report(
      'unsupported-value',
      childPath(path, 'protocol'),
      `${JSON.stringify(protocol)} is not a protocol of a port.`,
      'Use TCP, UDP or SCTP, in capitals.',
    );
  }
}

/** Source: `core/validation` ValidateQualifiedName. */
export function validateAppProtocol(
  appProtocol: string | undefined,
  path: string,
  report: ReportAt,
): void {
  if (appProtocol !== undefined && !isQualifiedName(appProtocol)) {
    report(
      'invalid-app-protocol',
      childPath(path, 'appProtocol'),
      `${JSON.stringify(appProtocol)} is not the name of a protocol.`,
      'Use a name such as https or kubernetes.io/h2c, or leave it out.',
    );
  }
}

/** Ports against each other. Source: `core/validation` validateService. */
export function validateDistinctPorts(
  { spec }: Service,
  report: ReportAt,
): void {
  const nodePorts = new Set<string>();
  const ports = new Set<string>();
  for (const [index, port] of spec.ports.entries()) {
    const path = itemPath(PATH, index);
    const nodePort = `${port.nodePort}/${port.protocol}`;
    if (spec.type === 'ClusterIP' && port.nodePort !== 0) {
      report(
        'not-allowed-for-type',
        childPath(path, 'nodePort'),
        'A Service of type ClusterIP has no node ports.',
        'Remove nodePort.',
      );
    }
    if (port.nodePort !== 0 && nodePorts.has(nodePort)) {
      report(
        'duplicate-port',
        childPath(path, 'nodePort'),
        isGivenOut(port.nodePort)
          ? `Port ${port.port}/${port.protocol} would get the same node port twice.`
          : `The node port ${nodePort} is given twice.`,
        'Give every port its own node port.',
      );
    }
    nodePorts.add(nodePort);
    const key = `${port.port}/${port.protocol}`;
    if (ports.has(key)) {
      report(
        'duplicate-port',
        path,
        `Port ${key} is listed twice.`,
        'Remove one of the two, or change its port or protocol.',
      );
    }
    ports.add(key);
  }
}
