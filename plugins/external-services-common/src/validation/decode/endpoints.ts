import { type Decoded, int32, list, optional, struct, text } from './Decoder';
import { objectMeta } from './objectMeta';

/** A reference to another object; any content is accepted. */
export const objectReference = struct({
  kind: text,
  namespace: text,
  name: text,
  uid: text,
  apiVersion: text,
  resourceVersion: text,
  fieldPath: text,
});

const endpointAddress = struct({
  ip: text,
  hostname: text,
  nodeName: optional(text),
  targetRef: optional(objectReference),
});

const endpointSubset = struct({
  addresses: list(endpointAddress),
  notReadyAddresses: list(endpointAddress),
  ports: list(
    struct({
      name: text,
      port: int32,
      protocol: text,
      appProtocol: optional(text),
    }),
  ),
});

/** Fields of an Endpoints object. Source: Kubernetes `core/v1` Endpoints. */
export const endpoints = struct({
  apiVersion: text,
  kind: text,
  metadata: objectMeta,
  subsets: list(endpointSubset),
});

/** An Endpoints object, decoded. */
export type Endpoints = Decoded<typeof endpoints>;

/** `subsets[i].addresses[j]`, decoded. */
export type EndpointAddress = Decoded<typeof endpointAddress>;
