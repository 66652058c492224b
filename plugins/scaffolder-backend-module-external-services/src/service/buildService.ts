import {
  type ExternalService,
  type ExternalServicePort,
  externalServiceSchema,
} from '@external-services/backstage-plugin-external-services-common';
import { extrasOf, nameAddresses } from './extrasOf';
import { fieldError, type FieldProblem } from './fieldError';
import { numberOf } from './numberOf';
import { protocolOf } from './protocols';
import { readMorePorts } from './readMorePorts';
import { missingTarget, readTargets, type TargetEntry } from './readTargets';
import type { MorePort, ServiceRequest } from './ServiceRequest';
import { repairName, suggestName } from './suggestName';

/**
 * Turns what a person asks for into the model, and checks it with the model's
 * own rules: the scaffolder hands over what the form sent, and nothing of a
 * JSON schema's defaults or refinements.
 *
 * @throws InputError with one line for each problem, naming field and remedy
 * @internal
 */
export function buildService(request: ServiceRequest): ExternalService {
  const more = readMorePorts(request.morePorts);
  const problems = [
    ...misplaced(request),
    ...checkPortOf(request),
    ...more.problems,
  ];
  const entered = readTargets(request);
  const { targets, problems: misnamed } = nameAddresses(entered, request);
  if (targets.length === 0) {
    problems.push({ field: 'targets', message: missingTarget(request.kind) });
  } else if (request.kind === 'addresses') {
    problems.push(...misnamed);
  }
  if (problems.length > 0) {
    throw fieldError(problems);
  }
  const service = assemble(request, targets, more.ports);
  const checked = externalServiceSchema.safeParse(service);
  if (!checked.success) {
    throw fieldError(
      checked.error.issues.map(({ path, message }) => ({
        field: fieldOf(path),
        message: withRemedy(path, message, service.name),
      })),
    );
  }
  return checked.data;
}

function assemble(
  request: ServiceRequest,
  targets: TargetEntry[],
  morePorts: MorePort[],
): ExternalService {
  const shared = {
    name: request.name?.trim() || suggestedName(request, targets),
    ...(request.namespace?.trim() && { namespace: request.namespace.trim() }),
    ports: portsOf(request, morePorts),
    ...extrasOf(request),
  };
  const [[environment, target]] = targets;
  return environment === undefined
    ? { ...shared, target }
    : {
        ...shared,
        environments: Object.fromEntries(
          targets.map(([name, ofName]) => [name, { target: ofName }]),
        ),
      };
}

function portsOf(
  request: ServiceRequest,
  morePorts: MorePort[],
): ExternalServicePort[] {
  const { transport, port, appProtocol } = protocolOf(request.protocol);
  const known = port !== undefined;
  const first: ExternalServicePort = {
    ...(known && { name: request.protocol }),
    port: numberOf(request.port) ?? port ?? NaN,
    ...optionalTarget(request.targetPort),
    protocol: transport,
    ...(appProtocol && { appProtocol }),
  };
  const more = morePorts.map(other => ({
    ...(other.name?.trim() && { name: other.name.trim() }),
    port: numberOf(other.port) ?? NaN,
    ...optionalTarget(other.targetPort),
    protocol: other.protocol ?? 'TCP',
    ...(other.appProtocol?.trim() && { appProtocol: other.appProtocol.trim() }),
  }));
  return [first, ...more];
}

function optionalTarget(
  value: number | string | undefined,
): Pick<ExternalServicePort, 'targetPort'> {
  const targetPort = numberOf(value);
  return targetPort === undefined ? {} : { targetPort };
}

function suggestedName(
  request: ServiceRequest,
  [[, target]]: TargetEntry[],
): string {
  return suggestName('dnsName' in target ? target.dnsName : request.protocol);
}

const ADDRESSES_ONLY = [
  'headless',
  'endpoints',
  'hostnames',
  'sessionAffinity',
  'publishNotReadyAddresses',
] as const;

function misplaced(request: ServiceRequest): FieldProblem[] {
  if (request.kind !== 'dns') {
    return [];
  }
  const message =
    'This is for IP addresses only. Leave it out for a DNS name, or choose IP addresses.';
  return ADDRESSES_ONLY.filter(field => request[field]).map(field => ({
    field,
    message,
  }));
}

function checkPortOf(request: ServiceRequest): FieldProblem[] {
  const { port, title } = protocolOf(request.protocol);
  return port === undefined && numberOf(request.port) === undefined
    ? [
        {
          field: 'port',
          message: `Enter a port from 1 to 65535. There is no usual one for ${title}.`,
        },
      ]
    : [];
}

/** The input of the action that a path of the model comes from. */
function fieldOf(path: PropertyKey[]): string {
  const [first, second, third, ...rest] = path.map(String);
  if (path.includes('hostnames')) {
    return 'hostnames';
  }
  if (first === 'target') {
    return 'targets';
  }
  if (first === 'environments') {
    return third === 'ports' ? portField(rest) : `targets.${second}`;
  }
  if (first === 'ports') {
    return portField([second, third].filter(part => part !== undefined));
  }
  return [first, second].filter(part => part !== undefined).join('.');
}

function portField([index, key]: string[]): string {
  return index === undefined || index === '0'
    ? key ?? 'port'
    : `morePorts[${Number(index) - 1}].${key ?? 'port'}`;
}

function withRemedy(
  path: PropertyKey[],
  message: string,
  name: string,
): string {
  const repaired = path[0] === 'name' ? repairName(name) : undefined;
  return repaired ? `${message} Use ${repaired}.` : message;
}
