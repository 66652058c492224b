import {
  anything,
  type Decoded,
  int64,
  list,
  optional,
  optionalBool,
  struct,
  text,
  textList,
  texts,
  time,
} from './Decoder';

const optionalInt64 = optional(int64);

const ownerReferences = list(
  struct(field => ({
    apiVersion: field('apiVersion', text),
    kind: field('kind', text),
    name: field('name', text),
    uid: field('uid', text),
    controller: field('controller', optionalBool),
    blockOwnerDeletion: field('blockOwnerDeletion', optionalBool),
  })),
);

const managedFields = list(
  struct(field => ({
    manager: field('manager', text),
    operation: field('operation', text),
    apiVersion: field('apiVersion', text),
    time: field('time', time),
    fieldsType: field('fieldsType', text),
    fieldsV1: field('fieldsV1', anything),
    subresource: field('subresource', text),
  })),
);

/** Fields of `metadata`. Source: apimachinery `meta/v1` ObjectMeta. */
export const objectMeta = struct(field => ({
  name: field('name', text),
  generateName: field('generateName', text),
  namespace: field('namespace', text),
  selfLink: field('selfLink', text),
  uid: field('uid', text),
  resourceVersion: field('resourceVersion', text),
  generation: field('generation', int64),
  creationTimestamp: field('creationTimestamp', time),
  deletionTimestamp: field('deletionTimestamp', time),
  deletionGracePeriodSeconds: field(
    'deletionGracePeriodSeconds',
    optionalInt64,
  ),
  labels: field('labels', texts),
  annotations: field('annotations', texts),
  ownerReferences: field('ownerReferences', ownerReferences),
  finalizers: field('finalizers', textList),
  managedFields: field('managedFields', managedFields),
}));

/** `metadata`, decoded. */
export type ObjectMeta = Decoded<typeof objectMeta>;
