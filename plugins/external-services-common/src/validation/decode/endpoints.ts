import {
  type Decoded,
  int32,
  list,
  optional,
  optionalText,
  struct,
  text,
} from './Decoder';
import { objectMeta } from './objectMeta';

/** A reference to another object; any content is accepted. */
export const objectReference = optional(
  struct({
    kind: text,
    namespace: text,
    name: text,
    uid: text,
    apiVersion: text,
    resourceVersion: text,
    fieldPath: text,
  }),
);

const endpointAddress = struct({
  ip: text,
  hostname: text,
  nodeName: optionalText,
  targetRef: objectReference,
});

const endpointAddresses = list(endpointAddress);

const endpointPorts = list(
  struct({
    name: text,
    port: int32,
    protocol: text,
    appProtocol: optionalText,
  }),
);

const endpointSubsets = list(
  struct({
    addresses: endpointAddresses,
    notReadyAddresses: endpointAddresses,
    ports: endpointPorts,
  }),
);

/** Fields of an Endpoints object. Source: Kubernetes `core/v1` Endpoints. */
export const endpoints = struct({
  apiVersion: text,
  kind: text,
  metadata: objectMeta,
  subsets: endpointSubsets,
});

/** An Endpoints object, decoded. */
export type Endpoints = Decoded<typeof endpoints>;

/** `subsets[i].addresses[j]`, decoded. */
export type EndpointAddress = Decoded<typeof endpointAddress>;
