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
  struct({
    apiVersion: text,
    kind: text,
    name: text,
    uid: text,
    controller: optionalBool,
    blockOwnerDeletion: optionalBool,
  }),
);

const managedFields = list(
  struct({
    manager: text,
    operation: text,
    apiVersion: text,
    time: time,
    fieldsType: text,
    fieldsV1: anything,
    subresource: text,
  }),
);

/** Fields of `metadata`. Source: apimachinery `meta/v1` ObjectMeta. */
export const objectMeta = struct({
  name: text,
  generateName: text,
  namespace: text,
  selfLink: text,
  uid: text,
  resourceVersion: text,
  generation: int64,
  creationTimestamp: time,
  deletionTimestamp: time,
  deletionGracePeriodSeconds: optionalInt64,
  labels: texts,
  annotations: texts,
  ownerReferences: ownerReferences,
  finalizers: textList,
  managedFields: managedFields,
});

/** `metadata`, decoded. */
export type ObjectMeta = Decoded<typeof objectMeta>;
