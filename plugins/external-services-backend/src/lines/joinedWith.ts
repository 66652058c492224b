import { createHash } from 'node:crypto';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import { memoise } from '../memoise';

/** Raise it when the same observations would be joined to something else. */
const JOIN_VERSION = 1;

/**
 * Names what an entity was joined with besides what was observed. Secrets of clusters
 * are no part of it.
 *
 * @internal
 */
export const joinedWith = memoise((config: ExternalServicesConfig): string => {
  const clusters = config.clusters.map(
    ({ name, title, access, namespaces }) => [
      name,
      title,
      access.kind,
      namespaces,
    ],
  );
  return createHash('sha256')
    .update(JSON.stringify([JOIN_VERSION, { ...config, clusters }]))
    .digest('hex')
    .slice(0, 32);
});
