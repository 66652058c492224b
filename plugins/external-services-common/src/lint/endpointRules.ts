import { isHeadless } from '../manifests/kinds';
import type { ServicePort } from '../validation/decode/service';
import type { FindingFix } from '../validation/Finding';
import { type PlacedPort, portKey } from './AddressSource';
import type { LintProblem } from './LintProblem';
import type { LintSubject } from './LintSubject';

/** Whether a Service without selector and its addresses fit together. */
export function lintEndpoints(subject: LintSubject): LintProblem[] {
  if (subject.service.spec.type === 'ExternalName') {
    return [];
  }
  return [
    ...lintPresence(subject),
    ...lintMixture(subject),
    ...lintPortNames(subject),
    ...lintPortNumbers(subject),
    ...lintFamilies(subject),
    ...lintTraffic(subject),
  ];
}

function lintPresence({ object, sources }: LintSubject): LintProblem[] {
  if (sources.some(({ addresses }) => addresses.some(({ ready }) => ready))) {
    return [];
  }
  return [
    {
      object,
      severity: 'warning',
      code: 'no-endpoints',
      path: 'spec',
      message:
        sources.length === 0
          ? 'No EndpointSlice here has the addresses of this Service, so connections are refused.'
          : 'No address of this Service is ready, so connections are refused.',
      hint: 'Add an EndpointSlice with the label kubernetes.io/service-name and the addresses.',
    },
  ];
}

function lintMixture({ sources }: LintSubject): LintProblem[] {
  const endpoints = sources.find(({ kind }) => kind === 'Endpoints');
  const slice = sources.find(({ kind }) => kind === 'EndpointSlice');
  return endpoints && slice
    ? [
        {
          object: endpoints.object,
          severity: 'warning',
          code: 'mixed-endpoints',
          path: 'subsets',
          message:
            'Kubernetes copies these addresses into slices of its own, beside the ones written here; both are used.',
          hint: 'Keep either the Endpoints or the EndpointSlices.',
        },
      ]
    : [];
}

/** Most ports that a hint names. */
const MAX_NAMED = 10;

function lintPortNames({ object, service, sources }: LintSubject) {
  if (sources.length === 0) {
    return [];
  }
  const wanted = service.spec.ports;
  const wantedKeys = new Set(wanted.map(portKey));
  const keys = new Set(sources.flatMap(({ ports }) => ports.map(portKey)));
  const strays = sources.flatMap(({ ports: own }) => {
    const stray = own.filter(
      port => wanted.length > 0 && !wantedKeys.has(portKey(port)),
    );
    if (stray.length === 0) {
      return [];
    }
    const choice = wanted.slice(0, MAX_NAMED).map(shown).join(', ');
    const fix =
      stray.length === 1 ? fixStray(stray[0], own, wanted) : undefined;
    return stray.map(port => ({
      ...mismatch(
        port.object,
        port.path,
        `The Service has no port ${shown(port)}, so this one is never used.`,
        `Use the name and protocol of a port of the Service: ${choice}.`,
      ),
      ...(fix && { fix }),
    }));
  });
  const lonely = wanted.flatMap((port, index) =>
    keys.has(portKey(port))
      ? []
      : [
          mismatch(
            object,
            `spec.ports[${index}]`,
            `No address list has a port ${shown(
              port,
            )}, so this port leads nowhere.`,
            'Give the port of the EndpointSlice the same name and protocol.',
          ),
        ],
  );
  return [...strays, ...lonely];
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

function lintPortNumbers({ object, service, sources }: LintSubject) {
  const headless = isHeadless(object.manifest);
  const ports = new Map<string, number | undefined>();
  for (const port of sources.flatMap(source => source.ports).reverse()) {
    ports.set(portKey(port), port.port);
  }
  return service.spec.ports.flatMap((port, index): LintProblem[] => {
    const real = ports.get(portKey(port));
    const path = `spec.ports[${index}]`;
    if (real === undefined) {
      return [];
    }
    if (headless && real !== port.port) {
      return [headlessPort(object, path, port, real)];
    }
    return typeof port.targetPort === 'number' &&
      port.targetPort !== real &&
      !headless
      ? [targetPortMismatch(object, path, port, real)]
      : [];
  });
}

function headlessPort(
  object: LintProblem['object'],
  path: string,
  { port }: ServicePort,
  real: number,
): LintProblem {
  return {
    object,
    severity: 'warning',
    code: 'headless-port',
    path: `${path}.port`,
    message: `The application gets the addresses themselves, so nothing changes port ${port} into ${real}.`,
    hint: `Use port ${real} in both places and in the application.`,
  };
}

function targetPortMismatch(
  object: LintProblem['object'],
  path: string,
  { targetPort }: ServicePort,
  real: number,
): LintProblem {
  return {
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
  };
}

/** A Service with a cluster IP uses the families it has and no others. */
function lintFamilies({ object, service, sources }: LintSubject) {
  const { ipFamilies, ipFamilyPolicy } = service.spec;
  if (isHeadless(object.manifest) || ipFamilies.length === 2) {
    return [];
  }
  const both = ['PreferDualStack', 'RequireDualStack'].includes(
    ipFamilyPolicy ?? '',
  );
  // Without a word the cluster's first family counts, which is IPv4 nearly everywhere.
  const family = ipFamilies[0] ?? 'IPv4';
  return sources.flatMap((source): LintProblem[] =>
    source.kind === 'EndpointSlice' &&
    !both &&
    ['IPv4', 'IPv6'].includes(source.slice.addressType) &&
    source.slice.addressType !== family
      ? [
          {
            object: source.object,
            severity: 'warning',
            code: 'unused-ip-family',
            path: 'addressType',
            message: `The Service has ${family} addresses only, so this slice is never used.`,
            hint: 'Set ipFamilyPolicy: PreferDualStack in the Service, or make it headless.',
          },
        ]
      : [],
  );
}

function lintTraffic({ object, service, sources }: LintSubject): LintProblem[] {
  const { internalTrafficPolicy, trafficDistribution } = service.spec;
  if (isHeadless(object.manifest)) {
    return [];
  }
  const slices = sources.flatMap(source =>
    source.kind === 'EndpointSlice' ? source.slice.endpoints : [],
  );
  const problems: LintProblem[] = [];
  if (
    internalTrafficPolicy === 'Local' &&
    slices.every(({ nodeName }) => nodeName === undefined)
  ) {
    problems.push({
      object,
      severity: 'warning',
      code: 'local-traffic',
      path: 'spec.internalTrafficPolicy',
      message:
        'Local keeps to endpoints on the same node; what is outside the cluster is on none, so connections are dropped.',
      hint: 'Remove internalTrafficPolicy.',
    });
  }
  if (
    trafficDistribution !== undefined &&
    slices.every(({ hints }) => hints === undefined)
  ) {
    problems.push({
      object,
      severity: 'warning',
      code: 'traffic-distribution',
      path: 'spec.trafficDistribution',
      message:
        'trafficDistribution needs hints in the slices, which no controller adds to slices written by hand.',
      hint: 'Remove trafficDistribution.',
    });
  }
  return problems;
}

/** Ports that kube-proxy cannot use; the server does not check them in slices. */
export function lintSlicePort(port: PlacedPort): LintProblem[] {
  const usable =
    port.port !== undefined && port.port >= 1 && port.port <= 65535;
  return usable
    ? []
    : [
        {
          object: port.object,
          severity: 'warning',
          code: 'unusable-port',
          path: `${port.path}.port`,
          message:
            port.port === undefined
              ? 'A port without a number is never used.'
              : `${port.port} is not a port; the server accepts it here, and it is never used.`,
          hint: 'Use a port from 1 to 65535.',
        },
      ];
}
