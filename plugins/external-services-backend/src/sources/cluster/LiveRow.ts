import { createHash } from 'node:crypto';
import { ID_ANNOTATION } from '@external-services/backstage-plugin-external-services-common';
import { isStorable } from '../../database/storable';
import type { LiveManifest } from './WatchedResource';

const KUBERNETES_ID_LABEL = 'backstage.io/kubernetes-id';
const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
const MAX_ID_LENGTH = 512;
const MAX_ENTITY_REF_LENGTH = 255;

/**
 * What tells an object from all others of its cluster.
 *
 * @internal
 */
export interface LiveKey {
  kind: string;
  namespace: string;
  name: string;
}

/**
 * Whose an object says it is, and which Service it is or belongs to.
 *
 * @internal
 */
export interface LiveIdentity extends LiveKey {
  hash: string;
  /** Annotation `external-services/id`. */
  externalId?: string;
  /** The part of it before the `#`. */
  entityRef?: string;
  /** Label `backstage.io/kubernetes-id`. */
  kubernetesId?: string;
  service: string;
}

/**
 * An object as it is stored.
 *
 * @internal
 */
export interface LiveRow extends LiveIdentity {
  uid: string;
  /** `key=value`; those of Services only. */
  labels: string[];
  /** JSON. */
  object: string;
}

/**
 * The row of an object. Identities that no entity can have are left out.
 *
 * @internal
 */
export function toLiveRow(manifest: LiveManifest): LiveRow {
  const { kind, metadata } = manifest;
  const { name, namespace } = metadata;
  const object = JSON.stringify(manifest);
  const label = (key: string) => textAt(metadata.labels, key);
  const externalId = textAt(metadata.annotations, ID_ANNOTATION);
  const entityRef = externalId?.split('#')[0];
  const known =
    externalId !== undefined && isStorable(externalId, MAX_ID_LENGTH);
  return {
    kind,
    namespace,
    name,
    uid: typeof metadata.uid === 'string' ? metadata.uid : '',
    hash: createHash('sha256').update(object).digest('hex').slice(0, 32),
    externalId: known ? externalId : undefined,
    entityRef:
      known && entityRef && isStorable(entityRef, MAX_ENTITY_REF_LENGTH)
        ? entityRef
        : undefined,
    kubernetesId: label(KUBERNETES_ID_LABEL),
    service: kind === 'Service' ? name : label(SERVICE_NAME_LABEL) ?? '',
    labels: kind === 'Service' ? labelsOf(metadata.labels) : [],
    object,
  };
}

/**
 * A key as text.
 *
 * @internal
 */
export function liveKey({ kind, namespace, name }: LiveKey): string {
  return `${kind}/${namespace}/${name}`;
}

function labelsOf(labels: unknown): string[] {
  return Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
}

function textAt(map: unknown, key: string): string | undefined {
  const value =
    typeof map === 'object' && map !== null && Object.hasOwn(map, key)
      ? (map as Record<string, unknown>)[key]
      : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
