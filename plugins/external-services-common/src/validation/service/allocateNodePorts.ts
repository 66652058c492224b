import type { Service } from '../decode/service';
import { itemPath } from '../fieldPath';
import type { ReportAt } from '../Problem';
import type { AllocationContext } from './allocate';
import { needsHealthCheck } from './serviceDefaults';

/**
 * Where the node ports begin that the server gives out itself: beyond all that
 * a manifest can hold, so that they never equal a written one.
 */
const GIVEN_OUT = 2 ** 32;

/** True for a node port that was given out, and is written nowhere. */
export function isGivenOut(nodePort: number): boolean {
  return nodePort >= GIVEN_OUT;
}

/** Source: `registry/core/service` needsNodePort. */
export function hasNodePorts({ spec }: Service): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

/** Source: `registry/core/service/storage` shouldAllocateNodePorts. */
export function givesNodePorts(service: Service): boolean {
  const { type, allocateLoadBalancerNodePorts } = service.spec;
  return type === 'LoadBalancer'
    ? allocateLoadBalancerNodePorts !== false
    : hasNodePorts(service);
}

/**
 * Settles the node ports as the server does; the first that cannot be had ends it.
 * Source: `registry/core/service/storage` txnAllocNodePorts and txnUpdateNodePorts.
 */
export function allocateNodePorts(
  service: Service,
  { cluster, existing }: AllocationContext,
  report: ReportAt,
): void {
  if (!hasNodePorts(service)) {
    return;
  }
  const take = takeFrom(cluster.nodePorts, report);
  const settled = existing
    ? updateNodePorts(service, existing, take, report)
    : initNodePorts(service, take);
  if (!settled) {
    return;
  }
  const { healthCheckNodePort } = service.spec;
  const isNew = !existing || !needsHealthCheck(existing);
  // Source: `registry/core/service/storage` allocHealthCheckNodePort.
  if (needsHealthCheck(service) && isNew && healthCheckNodePort !== 0) {
    take(healthCheckNodePort, 'spec.healthCheckNodePort');
  }
}

/** Reserves a node port; false, and reported, when it cannot be had. */
type Take = (nodePort: number, path: string) => boolean;

/** Source: `registry/core/service/portallocator` PortAllocationOperation.Allocate. */
function takeFrom(range: [number, number] | undefined, report: ReportAt): Take {
  const [first, last] = range ?? [-Infinity, Infinity];
  const taken = new Set<number>();
  return (nodePort, path) => {
    if (nodePort < first || nodePort > last) {
      report(
        'not-in-cluster',
        path,
        `The cluster's node ports are ${first} to ${last}.`,
        'Use one of these, or leave it out.',
      );
      return false;
    }
    if (taken.has(nodePort)) {
      reportTwice(nodePort, path, report);
      return false;
    }
    taken.add(nodePort);
    return true;
  };
}

function reportTwice(nodePort: number, path: string, report: ReportAt): void {
  report(
    'duplicate-port',
    path,
    `The node port ${nodePort} is given twice.`,
    'Give every port its own node port.',
  );
}

/**
 * Ports of the same number share a node port, the first that is written.
 * Source: `registry/core/service/storage` initNodePorts.
 */
function initNodePorts(service: Service, take: Take): boolean {
  const { ports } = service.spec;
  const written = new Map<number, number>();
  for (const { port, nodePort } of ports) {
    if (nodePort !== 0 && !written.has(port)) {
      written.set(port, nodePort);
    }
  }
  const settled = new Map<number, number>();
  return ports.every((port, index) => {
    if (port.nodePort === 0 && !givesNodePorts(service)) {
      return true;
    }
    const shared = settled.get(port.port);
    const wanted =
      shared === undefined ? written.get(port.port) ?? 0 : port.nodePort;
    if (wanted !== 0 && wanted !== shared && !take(wanted, pathOf(index))) {
      return false;
    }
    port.nodePort = wanted || shared || GIVEN_OUT + index;
    settled.set(port.port, shared ?? port.nodePort);
    return true;
  });
}

/**
 * What the Service has stays; every other port gets a node port of its own.
 * Source: `registry/core/service/storage` updateNodePorts.
 */
function updateNodePorts(
  service: Service,
  existing: Service,
  take: Take,
  report: ReportAt,
): boolean {
  const known = new Set(existing.spec.ports.map(({ nodePort }) => nodePort));
  const used = new Set<string>();
  return service.spec.ports.every((port, index) => {
    if (port.nodePort === 0 && !givesNodePorts(service)) {
      return true;
    }
    port.nodePort ||= GIVEN_OUT + existing.spec.ports.length + index;
    const isNew = !isGivenOut(port.nodePort) && !known.has(port.nodePort);
    if (isNew && !take(port.nodePort, pathOf(index))) {
      return false;
    }
    known.add(port.nodePort);
    const key = `${port.nodePort}/${port.protocol}`;
    if (used.has(key)) {
      reportTwice(port.nodePort, pathOf(index), report);
      return false;
    }
    used.add(key);
    return true;
  });
}

function pathOf(index: number): string {
  return `${itemPath('spec.ports', index)}.nodePort`;
}
