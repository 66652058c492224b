import { isDns1123Label, isQualifiedName } from '../kubernetes/names';
import {
  type ExternalServicePort,
  isDnsTarget,
  type Target,
} from './ExternalService';

/** A problem of a value, with the way to it. */
export interface ValueProblem {
  path: (string | number)[];
  message: string;
}

/**
 * What is wrong with the ports of a service, with the way to each. A name that
 * Kubernetes requires may be missing: `normalise` gives one.
 */
export function checkPorts(
  ports: ExternalServicePort[],
  target: Target,
): ValueProblem[] {
  const problems = ports.flatMap((port, index) => [
    ...checkPort(port, target).map(problem => ({
      ...problem,
      path: [index, ...problem.path],
    })),
    ...checkAgainst(port, ports.slice(0, index)).map(problem => ({
      ...problem,
      path: [index, ...problem.path],
    })),
  ]);
  const needsPort = !isDnsTarget(target) && !target.headless;
  return needsPort && ports.length === 0
    ? [{ path: [], message: 'Enter a port from 1 to 65535.' }]
    : problems;
}

function checkPort(port: ExternalServicePort, target: Target): ValueProblem[] {
  const problems: ValueProblem[] = [];
  if (port.name !== undefined && !isDns1123Label(port.name)) {
    problems.push({
      path: ['name'],
      message:
        'Use lower-case letters, digits and hyphens; at most 63 characters.',
    });
  }
  if (port.appProtocol !== undefined && !isQualifiedName(port.appProtocol)) {
    problems.push({
      path: ['appProtocol'],
      message: 'Use a protocol name such as https or kubernetes.io/h2c.',
    });
  }
  const translates =
    port.targetPort !== undefined && port.targetPort !== port.port;
  if (translates && isDnsTarget(target)) {
    problems.push({
      path: ['targetPort'],
      message:
        'An alias cannot change ports: your app must use the port of the target itself. Leave the port at the target out.',
    });
  }
  if (translates && !isDnsTarget(target) && target.headless) {
    problems.push({
      path: ['targetPort'],
      message:
        'Your app gets the addresses directly, so nothing changes the port. Leave the port at the target out.',
    });
  }
  return problems;
}

function checkAgainst(
  port: ExternalServicePort,
  earlier: ExternalServicePort[],
): ValueProblem[] {
  const problems: ValueProblem[] = [];
  if (port.name && earlier.some(other => other.name === port.name)) {
    problems.push({
      path: ['name'],
      message: `${port.name} is the name of two ports. Give each its own.`,
    });
  }
  const twin = earlier.some(
    other => other.port === port.port && other.protocol === port.protocol,
  );
  if (twin) {
    problems.push({
      path: ['port'],
      message: `${port.port}/${port.protocol} is listed twice. Remove one.`,
    });
  }
  return problems;
}
