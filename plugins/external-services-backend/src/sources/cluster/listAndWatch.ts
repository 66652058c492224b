import type { Delay } from '../../work/Bell';
import type { ClusterConnection } from './ClusterConnection';
import { ClusterError, ClusterFailureCode } from './ClusterError';
import type { StreamPosition, StreamStatus } from './ClusterStatus';
import { listObjects } from './listObjects';
import { retryDelay } from './retryDelay';
import { PositionLostError, watchObjects } from './watchObjects';
import type { LiveManifest, WatchedResource } from './WatchedResource';

/** A stream that ends sooner has failed, so that nobody spins. */
const HEALTHY_MS = 10_000;
/** Failures that a second try is not likely to mend. */
const LASTING: ClusterFailureCode[] = [
  'unauthorised',
  'forbidden',
  'certificate',
  'not-collectable',
];

/**
 * Takes what a stream tells. Its promises resolve when there is room for more.
 *
 * @internal
 */
export interface StreamSink {
  /** Everything there is, after the last page of a list. */
  replace(objects: LiveManifest[], position: StreamPosition): Promise<void>;
  /** The object as it is now. */
  put(manifest: LiveManifest, position: StreamPosition): Promise<void>;
  /** There is no such object any more, or it is none of ours. */
  remove(manifest: LiveManifest, position: StreamPosition): Promise<void>;
  /** The server was heard of and nothing has changed. */
  heard(position: StreamPosition): Promise<void>;
  state(status: StreamStatus): void;
}

/**
 * Lists a resource, watches it from there, and goes on for ever: a stream that
 * ends is resumed, one that cannot be is listed again, and failures wait longer
 * each time up to half a minute. Resolves when the signal aborts, with nothing
 * left open.
 *
 * @internal
 */
export async function listAndWatch(options: {
  connection: ClusterConnection;
  resource: WatchedResource;
  /** Where to go on. Default: with a list. */
  position?: StreamPosition;
  keep(manifest: LiveManifest): boolean;
  sink: StreamSink;
  signal: AbortSignal;
  delay: Delay;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  random(): number;
}): Promise<void> {
  const { connection, resource, sink, signal, delay, now, random } = options;
  let { position } = options;
  let failures = 0;
  let waitMs = 0;
  /** When the stream was asked for that was then agreed to. */
  let begunAt: number | undefined;
  /** True when the last stream was a healthy one. */
  let settled = false;

  async function list(server: string): Promise<StreamPosition> {
    const { objects, resourceVersion } = await listObjects(options);
    const listed = { server, resourceVersion };
    await sink.replace(objects, listed);
    return listed;
  }

  async function watch(from: StreamPosition): Promise<void> {
    const { server } = from;
    const askedAt = now();
    const events = watchObjects({
      connection,
      resource,
      resourceVersion: from.resourceVersion,
      seconds: watchSeconds(),
      signal,
    });
    for await (const { type, manifest, resourceVersion } of events) {
      const reached = { server, resourceVersion };
      if (type === 'open') {
        begunAt = askedAt;
        sink.state({ state: 'watching' });
      }
      if (!manifest) {
        await sink.heard(reached);
      } else if (type === 'put' && options.keep(manifest)) {
        await sink.put(manifest, reached);
      } else {
        await sink.remove(manifest, reached);
      }
      position = reached;
    }
  }

  if (!position) {
    sink.state({ state: 'listing' });
  }
  while (!signal.aborted) {
    begunAt = undefined;
    let error: ClusterError;
    try {
      const server = await connection.server();
      if (position?.server !== server) {
        position = await list(server);
      }
      await watch(position);
      error = new ClusterError('server', 'it ends its answers at once');
      if (wasHealthy()) {
        settled = true;
        continue;
      }
    } catch (thrown) {
      error =
        thrown instanceof ClusterError
          ? thrown
          : new ClusterError('server', 'it sent what cannot be read');
    }
    if (signal.aborted) {
      return;
    }
    settled = false;
    if (error instanceof PositionLostError) {
      position = undefined;
    }
    if (wasHealthy()) {
      failures = 0;
      waitMs = 0;
    }
    failures += 1;
    // A stream that broke is nearly always mended by the next try.
    if (failures > 1 || LASTING.includes(error.code)) {
      sink.state({ state: 'failed', failure: describe(error, position) });
    }
    waitMs = retryDelay(waitMs, random);
    await delay(Math.max(waitMs, error.retryAfterMs ?? 0), signal);
  }

  function wasHealthy(): boolean {
    return begunAt !== undefined && now() - begunAt >= HEALTHY_MS;
  }

  /** Not all of a size, so that streams that began together do not end together. */
  function watchSeconds(): number {
    const { maxWatchSeconds: most, trialWatchSeconds } = connection;
    const trial = settled ? undefined : trialWatchSeconds;
    return trial ?? (most / 2) * (1 + random());
  }

  function describe({ code, message }: ClusterError, at?: StreamPosition) {
    return {
      code,
      message,
      ...(code === 'forbidden' && {
        verb: at ? ('watch' as const) : ('list' as const),
        resource: resource.resource,
      }),
    };
  }
}
