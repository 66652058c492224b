import {
  bool,
  type Decoded,
  int32,
  int64,
  intOrText,
  list,
  optional,
  struct,
  text,
  texts,
  time,
} from './Decoder';
import { objectMeta } from './objectMeta';

const servicePort = struct({
  name: text,
  protocol: text,
  appProtocol: optional(text),
  port: int32,
  targetPort: intOrText,
  nodePort: int32,
});

const serviceSpec = struct({
  ports: list(servicePort),
  selector: texts,
  clusterIP: text,
  clusterIPs: list(text),
  type: text,
  externalIPs: list(text),
  sessionAffinity: text,
  loadBalancerIP: text,
  loadBalancerSourceRanges: list(text),
  externalName: text,
  externalTrafficPolicy: text,
  healthCheckNodePort: int32,
  publishNotReadyAddresses: bool,
  sessionAffinityConfig: optional(
    struct({
      clientIP: optional(struct({ timeoutSeconds: optional(int32) })),
    }),
  ),
  ipFamilies: list(text),
  ipFamilyPolicy: optional(text),
  allocateLoadBalancerNodePorts: optional(bool),
  loadBalancerClass: optional(text),
  internalTrafficPolicy: optional(text),
  trafficDistribution: optional(text),
});

const serviceStatus = struct({
  loadBalancer: struct({
    ingress: list(
      struct({
        ip: text,
        hostname: text,
        ipMode: optional(text),
        ports: list(
          struct({ port: int32, protocol: text, error: optional(text) }),
        ),
      }),
    ),
  }),
  conditions: list(
    struct({
      type: text,
      status: text,
      observedGeneration: int64,
      lastTransitionTime: time,
      reason: text,
      message: text,
    }),
  ),
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
