import type { SourceRow } from '../../database/SourceRow';
import type { ClusterCursor } from './ClusterCursor';
import type { ClusterStatus, StreamsStatus } from './ClusterStatus';

/**
 * All that the row of a cluster says of how well it is known, without ages: what
 * every line that is compared with it depends on.
 *
 * @internal
 */
export function clusterHealth(
  row: Pick<SourceRow, 'cursor' | 'status'>,
): string {
  const status = row.status as ClusterStatus | undefined;
  const cursor: ClusterCursor | undefined =
    row.cursor && JSON.parse(row.cursor);
  return JSON.stringify([
    healthOf(status),
    Object.entries(status?.namespaces ?? {})
      .map(([namespace, part]) => [namespace, healthOf(part)])
      .sort(),
    cursor?.wanted,
    Object.keys(cursor?.streams ?? {}).sort(),
  ]);
}

function healthOf(streams: StreamsStatus | undefined) {
  return (
    streams &&
    [streams.services, streams.endpointSlices].map(({ state, failure }) => [
      state === 'failed',
      failure?.code,
    ])
  );
}
