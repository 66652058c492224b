import type { FlatExternalService } from '@external-services/backstage-plugin-external-services-common';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import { isoTime } from '../join/sourceStatus';
import type { ClusterStatus } from '../sources/cluster/ClusterStatus';
import { type DnsConfig, dnsKeyOf, formatDnsKey } from '../sources/dns/dnsKey';

/**
 * When sources were last heard of, as it stands now and not when lines were joined.
 * All times are ISO 8601.
 *
 * @internal
 */
export class Ages {
  readonly #rows: Map<string, SourceRow>;

  constructor(rows: SourceRow[]) {
    this.#rows = new Map(rows.map(row => [row.id, row]));
  }

  /** Of a repository or a cluster by its id. */
  seenAt(sourceId: string): string | undefined {
    return timeOf(this.#rows.get(sourceId)?.seenAt);
  }

  /** Of a source by its id: the last attempt. */
  attemptedAt(sourceId: string): string | undefined {
    return timeOf(this.#rows.get(sourceId)?.checkedAt);
  }

  /** Of a cluster; of a namespace, where it is watched on its own. */
  clusterSeenAt(name: string, namespace?: string): string | undefined {
    const row = this.#rows.get(SourceStore.idOf('cluster', name));
    const status = row?.status as ClusterStatus | undefined;
    const part =
      namespace === undefined ? undefined : status?.namespaces?.[namespace];
    return part ? part.seenAt : timeOf(row?.seenAt);
  }
}

/**
 * The id of the source that answers for a name, as far as it is asked for.
 *
 * @internal
 */
export function dnsSourceIdOf(
  service: Pick<FlatExternalService, 'target' | 'environment'>,
  config: DnsConfig,
): string | undefined {
  const key = dnsKeyOf(service, config);
  return key && SourceStore.idOf('dns', formatDnsKey(key));
}

function timeOf(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : isoTime(milliseconds);
}
