import type { Service } from '../decode/service';

const CLIENT_IP_TIMEOUT_SECONDS = 10800;

/** What the server fills in before it validates. Source: `core/v1` SetDefaults_Service. */
export function setServiceDefaults({ spec }: Service): void {
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
  for (const port of spec.ports) {
    port.protocol ||= 'TCP';
    port.targetPort ||= port.port;
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
