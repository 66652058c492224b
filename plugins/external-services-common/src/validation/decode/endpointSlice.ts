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

const conditions = struct(field => ({
  ready: field('ready', optionalBool),
  serving: field('serving', optionalBool),
  terminating: field('terminating', optionalBool),
}));

const names = list(struct(field => ({ name: field('name', text) })));

const hints = optional(
  struct(field => ({
    forZones: field('forZones', names),
    forNodes: field('forNodes', names),
  })),
);

const endpoint = struct(field => ({
  addresses: field('addresses', textList),
  conditions: field('conditions', conditions),
  hostname: field('hostname', optionalText),
  targetRef: field('targetRef', objectReference),
  deprecatedTopology: field('deprecatedTopology', texts),
  nodeName: field('nodeName', optionalText),
  zone: field('zone', optionalText),
  hints: field('hints', hints),
}));

const endpoints = list(endpoint);

const slicePorts = list(
  struct(field => ({
    name: field('name', optionalText),
    protocol: field('protocol', optionalText),
    port: field('port', optionalInt32),
    appProtocol: field('appProtocol', optionalText),
  })),
);

/** Fields of an EndpointSlice. Source: Kubernetes `discovery/v1` EndpointSlice. */
export const endpointSlice = struct(field => ({
  apiVersion: field('apiVersion', text),
  kind: field('kind', text),
  metadata: field('metadata', objectMeta),
  addressType: field('addressType', text),
  endpoints: field('endpoints', endpoints),
  ports: field('ports', slicePorts),
}));

/** An EndpointSlice, decoded. */
export type EndpointSlice = Decoded<typeof endpointSlice>;

/** `endpoints[i]`, decoded. */
export type Endpoint = Decoded<typeof endpoint>;
