import {
  anything,
  bool,
  type Decoded,
  int64,
  list,
  optional,
  struct,
  text,
  texts,
  time,
} from './Decoder';

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
  deletionGracePeriodSeconds: optional(int64),
  labels: texts,
  annotations: texts,
  ownerReferences: list(
    struct({
      apiVersion: text,
      kind: text,
      name: text,
      uid: text,
      controller: optional(bool),
      blockOwnerDeletion: optional(bool),
    }),
  ),
  finalizers: list(text),
  managedFields: list(
    struct({
      manager: text,
      operation: text,
      apiVersion: text,
      time: time,
      fieldsType: text,
      fieldsV1: anything,
      subresource: text,
    }),
  ),
});

/** `metadata`, decoded. */
export type ObjectMeta = Decoded<typeof objectMeta>;
