import {
  type Decoded,
  list,
  optional,
  optionalBool,
  optionalInt32,
  optionalText,
  struct,
  text,
  textList,
  texts,
} from './Decoder';
import { objectReference } from './endpoints';
import { objectMeta } from './objectMeta';

const conditions = struct({
  ready: optionalBool,
  serving: optionalBool,
  terminating: optionalBool,
});

const names = list(struct({ name: text }));

const hints = optional(
  struct({
    forZones: names,
    forNodes: names,
  }),
);

const endpoint = struct({
  addresses: textList,
  conditions,
  hostname: optionalText,
  targetRef: objectReference,
  deprecatedTopology: texts,
  nodeName: optionalText,
  zone: optionalText,
  hints,
});

const endpoints = list(endpoint);

const slicePorts = list(
  struct({
    name: optionalText,
    protocol: optionalText,
    port: optionalInt32,
    appProtocol: optionalText,
  }),
);

/** Fields of an EndpointSlice. Source: Kubernetes `discovery/v1` EndpointSlice. */
export const endpointSlice = struct({
  apiVersion: text,
  kind: text,
  metadata: objectMeta,
  addressType: text,
  endpoints,
  ports: slicePorts,
});

/** An EndpointSlice, decoded. */
export type EndpointSlice = Decoded<typeof endpointSlice>;

/** `endpoints[i]`, decoded. */
export type Endpoint = Decoded<typeof endpoint>;
