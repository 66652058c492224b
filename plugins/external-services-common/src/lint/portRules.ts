import { isHeadless } from '../manifests/kinds';
import type { ServicePort } from '../validation/decode/service';
import type { FindingFix } from '../validation/Finding';
import { type PlacedPort, portKey } from './AddressSource';
import type { LintProblem, LintReport } from './LintProblem';
import type { LintSubject } from './LintSubject';

/** Whether the ports of a Service and those of its addresses fit together. */
export function lintPorts(
  { object, service, sources }: LintSubject,
  report: LintReport,
): void {
  const wanted = service.spec.ports;
  if (sources.length === 0) {
    return;
  }
  const wantedKeys = new Set(wanted.map(portKey));
  const found = new Map<string, PlacedPort>();
  for (const { ports } of sources) {
    const strays: PlacedPort[] = [];
    for (const port of ports) {
      const key = portKey(port);
      // Of several ports with one name the first counts.
      if (!found.has(key)) {
        found.set(key, port);
      }
      if (!wantedKeys.has(key)) {
        strays.push(port);
      }
    }
    if (strays.length > 0 && wanted.length > 0) {
      reportStrays(strays, ports, wanted, report);
    }
  }
  const headless = isHeadless(object.manifest);
  for (const [index, port] of wanted.entries()) {
    const path = `spec.ports[${index}]`;
    const real = found.get(portKey(port));
    if (!real) {
      report(
        mismatch(
          object,
          path,
          `No address list has a port ${shown(
            port,
          )}, so this port leads nowhere.`,
          'Give the port of the EndpointSlice the same name and protocol.',
        ),
      );
    } else if (real.port !== undefined) {
      lintNumber({ object, path, port, real: real.port, headless }, report);
    }
  }
}

/** Most ports that a hint names. */
const MAX_NAMED = 10;

/** Ports of one address list, `own`, that the Service does not have. */
function reportStrays(
  strays: PlacedPort[],
  own: PlacedPort[],
  wanted: readonly ServicePort[],
  report: LintReport,
): void {
  const choice = wanted.slice(0, MAX_NAMED).map(shown).join(', ');
  const fix =
    strays.length === 1 ? fixStray(strays[0], own, wanted) : undefined;
  for (const port of strays) {
    report({
      ...mismatch(
        port.object,
        port.path,
        `The Service has no port ${shown(port)}, so this one is never used.`,
        `Use the name and protocol of a port of the Service: ${choice}.`,
      ),
      ...(fix && { fix }),
    });
  }
}

/** Where one port of the Service alone is left, it is the one that was meant. */
function fixStray(
  { path }: PlacedPort,
  own: PlacedPort[],
  wanted: readonly ServicePort[],
): FindingFix | undefined {
  const served = new Set(own.map(portKey));
  const [meant, ...others] = wanted.filter(port => !served.has(portKey(port)));
  const isValid = ['TCP', 'UDP', 'SCTP'].includes(meant?.protocol);
  return isValid && others.length === 0
    ? {
        title: meant.name
          ? `Use the name ${meant.name} and ${meant.protocol}`
          : `Use no name, and ${meant.protocol}`,
        changes: [
          { path: `${path}.name`, value: meant.name || undefined },
          { path: `${path}.protocol`, value: meant.protocol },
        ],
      }
    : undefined;
}

type NamedPort = { name: string; protocol: string };

function shown({ name, protocol }: NamedPort): string {
  return name === '' ? `without a name (${protocol})` : `${name} (${protocol})`;
}

function mismatch(
  object: LintProblem['object'],
  path: string,
  message: string,
  hint: string,
): LintProblem {
  const code = 'port-name-mismatch';
  return { object, severity: 'warning', code, path, message, hint };
}

/** A port of a Service, and the number that its addresses have for it. */
interface NumberedPort {
  object: LintProblem['object'];
  path: string;
  port: ServicePort;
  real: number;
  headless: boolean;
}

function lintNumber(
  { object, path, port, real, headless }: NumberedPort,
  report: LintReport,
): void {
  const { port: number, targetPort } = port;
  if (headless && real !== number) {
    report({
      object,
      severity: 'warning',
      code: 'headless-port',
      path: `${path}.port`,
      message: `The application gets the addresses themselves, so nothing changes port ${number} into ${real}.`,
      hint: `Use port ${real} in both places and in the application.`,
    });
  }
  if (!headless && typeof targetPort === 'number' && targetPort !== real) {
    report({
      object,
      severity: 'info',
      code: 'target-port-mismatch',
      path: `${path}.targetPort`,
      message: `Connections go to port ${real}, as the address list says; targetPort ${targetPort} is not used.`,
      hint: `Write targetPort: ${real}, so that readers are not misled.`,
      fix: {
        title: `Write ${real}`,
        changes: [{ path: `${path}.targetPort`, value: real }],
      },
    });
  }
}

/** Ports that kube-proxy cannot use; the server does not check them in slices. */
export function lintSlicePort(port: PlacedPort, report: LintReport): void {
  if (port.port !== undefined && port.port >= 1 && port.port <= 65535) {
    return;
  }
  report({
    object: port.object,
    severity: 'warning',
    code: 'unusable-port',
    path: `${port.path}.port`,
    message:
      port.port === undefined
        ? 'A port without a number is never used.'
        : `${port.port} is not a port; the server accepts it here, and it is never used.`,
    hint: 'Use a port from 1 to 65535.',
  });
}
