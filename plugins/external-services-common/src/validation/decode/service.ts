import {
  bool,
  type Decoded,
  int32,
  int64,
  intOrText,
  list,
  optional,
  optionalBool,
  optionalInt32,
  optionalText,
  struct,
  text,
  textList,
  texts,
  time,
} from './Decoder';
import { objectMeta } from './objectMeta';

const servicePort = struct(field => ({
  name: field('name', text),
  protocol: field('protocol', text),
  appProtocol: field('appProtocol', optionalText),
  port: field('port', int32),
  targetPort: field('targetPort', intOrText),
  nodePort: field('nodePort', int32),
}));

const servicePorts = list(servicePort);

const clientIpConfig = optional(
  struct(field => ({
    timeoutSeconds: field('timeoutSeconds', optionalInt32),
  })),
);

const sessionAffinityConfig = optional(
  struct(field => ({ clientIP: field('clientIP', clientIpConfig) })),
);

const serviceSpec = struct(field => ({
  ports: field('ports', servicePorts),
  selector: field('selector', texts),
  clusterIP: field('clusterIP', text),
  clusterIPs: field('clusterIPs', textList),
  type: field('type', text),
  externalIPs: field('externalIPs', textList),
  sessionAffinity: field('sessionAffinity', text),
  loadBalancerIP: field('loadBalancerIP', text),
  loadBalancerSourceRanges: field('loadBalancerSourceRanges', textList),
  externalName: field('externalName', text),
  externalTrafficPolicy: field('externalTrafficPolicy', text),
  healthCheckNodePort: field('healthCheckNodePort', int32),
  publishNotReadyAddresses: field('publishNotReadyAddresses', bool),
  sessionAffinityConfig: field('sessionAffinityConfig', sessionAffinityConfig),
  ipFamilies: field('ipFamilies', textList),
  ipFamilyPolicy: field('ipFamilyPolicy', optionalText),
  allocateLoadBalancerNodePorts: field(
    'allocateLoadBalancerNodePorts',
    optionalBool,
  ),
  loadBalancerClass: field('loadBalancerClass', optionalText),
  internalTrafficPolicy: field('internalTrafficPolicy', optionalText),
  trafficDistribution: field('trafficDistribution', optionalText),
}));

const portStatuses = list(
  struct(field => ({
    port: field('port', int32),
    protocol: field('protocol', text),
    error: field('error', optionalText),
  })),
);

const ingresses = list(
  struct(field => ({
    ip: field('ip', text),
    hostname: field('hostname', text),
    ipMode: field('ipMode', optionalText),
    ports: field('ports', portStatuses),
  })),
);

const loadBalancerStatus = struct(field => ({
  ingress: field('ingress', ingresses),
}));

const conditions = list(
  struct(field => ({
    type: field('type', text),
    status: field('status', text),
    observedGeneration: field('observedGeneration', int64),
    lastTransitionTime: field('lastTransitionTime', time),
    reason: field('reason', text),
    message: field('message', text),
  })),
);

const serviceStatus = struct(field => ({
  loadBalancer: field('loadBalancer', loadBalancerStatus),
  conditions: field('conditions', conditions),
}));

/** Fields of a Service. Source: Kubernetes `core/v1` Service. */
export const service = struct(field => ({
  apiVersion: field('apiVersion', text),
  kind: field('kind', text),
  metadata: field('metadata', objectMeta),
  spec: field('spec', serviceSpec),
  status: field('status', serviceStatus),
}));

/** A Service, decoded. */
export type Service = Decoded<typeof service>;

/** `spec.ports[i]`, decoded. */
export type ServicePort = Decoded<typeof servicePort>;
