import type { Service } from '../decode/service';

const CLIENT_IP_TIMEOUT_SECONDS = 10800;

/**
 * A copy with what the server fills in before it validates; its spec and ports
 * may be changed. Source: `core/v1` SetDefaults_Service.
 */
export function withServiceDefaults(service: Service): Service {
  const ports = service.spec.ports.map(port => ({
    ...port,
    protocol: port.protocol || 'TCP',
    targetPort: port.targetPort || port.port,
  }));
  const spec = { ...service.spec, ports };
  spec.type ||= 'ClusterIP';
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') {
    spec.sessionAffinityConfig = undefined;
  }
  if (
    spec.sessionAffinity === 'ClientIP' &&
    spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined
  ) {
    spec.sessionAffinityConfig = {
      clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT_SECONDS },
    };
  }
  if (isExternallyAccessible({ spec })) {
    spec.externalTrafficPolicy ||= 'Cluster';
  }
  if (['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec.type)) {
    spec.internalTrafficPolicy ??= 'Cluster';
  }
  if (spec.type === 'LoadBalancer') {
    spec.allocateLoadBalancerNodePorts ??= true;
  }
  return { ...service, spec };
}

/** Source: `api/service` ExternallyAccessible. */
export function isExternallyAccessible({
  spec,
}: Pick<Service, 'spec'>): boolean {
  return (
    spec.type === 'LoadBalancer' ||
    spec.type === 'NodePort' ||
    (spec.type === 'ClusterIP' && spec.externalIPs.length > 0)
  );
}

/** Source: `api/service` NeedsHealthCheck. */
export function needsHealthCheck({ spec }: Pick<Service, 'spec'>): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

/** Source: `core/validation` isHeadlessService. */
export function isHeadlessSpec({ spec }: Pick<Service, 'spec'>): boolean {
  return spec.clusterIPs.length === 1 && spec.clusterIPs[0] === 'None';
}
