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
  struct(field => ({
    kind: field('kind', text),
    namespace: field('namespace', text),
    name: field('name', text),
    uid: field('uid', text),
    apiVersion: field('apiVersion', text),
    resourceVersion: field('resourceVersion', text),
    fieldPath: field('fieldPath', text),
  })),
);

const endpointAddress = struct(field => ({
  ip: field('ip', text),
  hostname: field('hostname', text),
  nodeName: field('nodeName', optionalText),
  targetRef: field('targetRef', objectReference),
}));

const endpointAddresses = list(endpointAddress);

const endpointPorts = list(
  struct(field => ({
    name: field('name', text),
    port: field('port', int32),
    protocol: field('protocol', text),
    appProtocol: field('appProtocol', optionalText),
  })),
);

const endpointSubsets = list(
  struct(field => ({
    addresses: field('addresses', endpointAddresses),
    notReadyAddresses: field('notReadyAddresses', endpointAddresses),
    ports: field('ports', endpointPorts),
  })),
);

/** Fields of an Endpoints object. Source: Kubernetes `core/v1` Endpoints. */
export const endpoints = struct(field => ({
  apiVersion: field('apiVersion', text),
  kind: field('kind', text),
  metadata: field('metadata', objectMeta),
  subsets: field('subsets', endpointSubsets),
}));

/** An Endpoints object, decoded. */
export type Endpoints = Decoded<typeof endpoints>;

/** `subsets[i].addresses[j]`, decoded. */
export type EndpointAddress = Decoded<typeof endpointAddress>;
