import {
  bool,
  type Decoded,
  int32,
  list,
  optional,
  struct,
  text,
  texts,
} from './Decoder';
import { objectReference } from './endpoints';
import { objectMeta } from './objectMeta';

const names = list(struct({ name: text }));

const endpoint = struct({
  addresses: list(text),
  conditions: struct({
    ready: optional(bool),
    serving: optional(bool),
    terminating: optional(bool),
  }),
  hostname: optional(text),
  targetRef: optional(objectReference),
  deprecatedTopology: texts,
  nodeName: optional(text),
  zone: optional(text),
  hints: optional(struct({ forZones: names, forNodes: names })),
});

/** Fields of an EndpointSlice. Source: Kubernetes `discovery/v1` EndpointSlice. */
export const endpointSlice = struct({
  apiVersion: text,
  kind: text,
  metadata: objectMeta,
  addressType: text,
  endpoints: list(endpoint),
  ports: list(
    struct({
      name: optional(text),
      protocol: optional(text),
      port: optional(int32),
      appProtocol: optional(text),
    }),
  ),
});

/** An EndpointSlice, decoded. */
export type EndpointSlice = Decoded<typeof endpointSlice>;

/** `endpoints[i]`, decoded. */
export type Endpoint = Decoded<typeof endpoint>;
