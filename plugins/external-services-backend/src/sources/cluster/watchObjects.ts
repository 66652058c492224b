import { answerError } from './answerError';
import type { ClusterConnection } from './ClusterConnection';
import { ClusterError } from './ClusterError';
import { projectObject, recordOf } from './projectObject';
import { readLines, readText } from './readLines';
import type { LiveManifest, WatchedResource } from './WatchedResource';

/** API servers send a bookmark a minute, and sometimes leave the first one out. */
const IDLE_MS = 130_000;
/** Above what etcd stores. */
const MAX_LINE_BYTES = 8_000_000;
const MAX_ERROR_BYTES = 100_000;

/**
 * What happened to one object, or to none: then the server has agreed to tell,
 * or only time has passed.
 *
 * @internal
 */
export interface WatchEvent {
  type: 'open' | 'put' | 'delete' | 'bookmark';
  /** The object as it is or last was. Absent when nothing happened to one. */
  manifest?: LiveManifest;
  resourceVersion: string;
}

/**
 * The position is of no use any more: everything has to be listed again.
 *
 * @internal
 */
export class PositionLostError extends ClusterError {}

/**
 * Watches a resource from a version on until the server ends it, as many seconds
 * later as it is asked for. What a stream that is cut had sent in part is left out.
 *
 * @throws PositionLostError when it cannot go on from there; ClusterError when it breaks
 * @internal
 */
export async function* watchObjects(options: {
  connection: ClusterConnection;
  resource: WatchedResource;
  resourceVersion: string;
  seconds: number;
  signal: AbortSignal;
}): AsyncGenerator<WatchEvent> {
  const { connection, resource, resourceVersion, seconds, signal } = options;
  const query = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(Math.round(seconds)),
    ...(resource.labelSelector && { labelSelector: resource.labelSelector }),
  });
  const { status, body, retryAfterMs } = await connection.request(
    `${resource.path}?${query}`,
    { signal, idleMs: IDLE_MS },
  );
  if (status !== 200) {
    await readText(body, MAX_ERROR_BYTES);
    throw failure(status, resource, retryAfterMs);
  }
  yield { type: 'open', resourceVersion };
  try {
    for await (const line of readLines(body, MAX_LINE_BYTES)) {
      yield readEvent(line, resource, resourceVersion);
    }
  } catch (error) {
    // From the same version on the same line would come again.
    throw error instanceof ClusterError && error.code === 'server'
      ? new PositionLostError('server', error.message, error)
      : error;
  }
}

function readEvent(
  line: string,
  resource: WatchedResource,
  begun: string,
): WatchEvent {
  let event: Record<string, unknown>;
  try {
    event = recordOf(JSON.parse(line));
  } catch {
    throw new ClusterError('server', 'it sent what is no event');
  }
  const object = recordOf(event.object);
  const { resourceVersion } = recordOf(object.metadata);
  if (event.type === 'ERROR') {
    throw failure(Number(object.code), resource);
  }
  if (typeof resourceVersion !== 'string' || !resourceVersion) {
    throw new ClusterError('server', 'it sent an event without a version');
  }
  switch (event.type) {
    case 'ADDED':
    case 'MODIFIED':
      return {
        type: 'put',
        manifest: projectObject(object, resource),
        resourceVersion,
      };
    case 'DELETED':
      return {
        type: 'delete',
        manifest: projectObject(object, resource),
        resourceVersion,
      };
    case 'BOOKMARK':
      if (isBefore(resourceVersion, begun)) {
        throw new ClusterError('server', 'it has gone back in time');
      }
      return { type: 'bookmark', resourceVersion };
    default:
      throw new ClusterError('server', 'it sent an event of an unknown type');
  }
}

function failure(
  status: number,
  { resource }: WatchedResource,
  retryAfterMs?: number,
): ClusterError {
  const error = answerError(status, { verb: 'watch', resource }, retryAfterMs);
  return status === 410
    ? new PositionLostError('server', error.message, error)
    : error;
}

/** A server that was restored from a backup, or another one at the same address. */
function isBefore(version: string, other: string): boolean {
  const number = /^\d+$/;
  return (
    number.test(version) &&
    number.test(other) &&
    BigInt(version) < BigInt(other)
  );
}
