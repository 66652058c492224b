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

const servicePort = struct({
  name: text,
  protocol: text,
  appProtocol: optionalText,
  port: int32,
  targetPort: intOrText,
  nodePort: int32,
});

const servicePorts = list(servicePort);

const clientIpConfig = optional(
  struct({
    timeoutSeconds: optionalInt32,
  }),
);

const sessionAffinityConfig = optional(struct({ clientIP: clientIpConfig }));

const serviceSpec = struct({
  ports: servicePorts,
  selector: texts,
  clusterIP: text,
  clusterIPs: textList,
  type: text,
  externalIPs: textList,
  sessionAffinity: text,
  loadBalancerIP: text,
  loadBalancerSourceRanges: textList,
  externalName: text,
  externalTrafficPolicy: text,
  healthCheckNodePort: int32,
  publishNotReadyAddresses: bool,
  sessionAffinityConfig: sessionAffinityConfig,
  ipFamilies: textList,
  ipFamilyPolicy: optionalText,
  allocateLoadBalancerNodePorts: optionalBool,
  loadBalancerClass: optionalText,
  internalTrafficPolicy: optionalText,
  trafficDistribution: optionalText,
});

const portStatuses = list(
  struct({
    port: int32,
    protocol: text,
    error: optionalText,
  }),
);

const ingresses = list(
  struct({
    ip: text,
    hostname: text,
    ipMode: optionalText,
    ports: portStatuses,
  }),
);

const loadBalancerStatus = struct({
  ingress: ingresses,
});

const conditions = list(
  struct({
    type: text,
    status: text,
    observedGeneration: int64,
    lastTransitionTime: time,
    reason: text,
    message: text,
  }),
);

const serviceStatus = struct({
  loadBalancer: loadBalancerStatus,
  conditions: conditions,
});

/** Fields of a Service. Source: Kubernetes `core/v1` Service. */
export const service = struct({
  apiVersion: text,
  kind: text,
  metadata: objectMeta,
  spec: serviceSpec,
  status: serviceStatus,
});

/** A Service, decoded. */
export type Service = Decoded<typeof service>;

/** `spec.ports[i]`, decoded. */
export type ServicePort = Decoded<typeof servicePort>;
