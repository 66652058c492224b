import { setImmediate } from 'node:timers/promises';
import { shortMessage } from '../../shortMessage';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { batches } from '../../database/batches';
import type { ClusterStore } from './ClusterStore';
import { LeaseLostError } from '../../database/LeaseLostError';
import { LiveIdentity, liveKey, LiveRow, toLiveRow } from './LiveRow';
import type { Hold } from '../../database/SourceRow';
import type { SourceStore } from '../../database/SourceStore';
import { Bell, Delay } from '../../work/Bell';
import { markDue } from '../../work/markDue';
import { ClusterCursor, writeCursor } from './ClusterCursor';
import { clusterHealth } from './clusterHealth';
import { ClusterPulse, Stream } from './ClusterPulse';
import type { ClusterStatus, StreamPosition } from './ClusterStatus';
import type { StreamSink } from './listAndWatch';
import { retryDelay } from './retryDelay';
import { mergeTouched, Touched, touchedNobody } from './Touched';
import type { LiveManifest, WatchedResource } from './WatchedResource';

/** That a server was heard of and nothing has changed is written so often. */
const WRITE_EVERY_MS = 10_000;
/** Changes that come together are written together. */
const GATHER_MS = 200;
/** A stream that has more is not read on until some are written. */
const MAX_PENDING = 5_000;

/**
 * Writes what the streams of one cluster tell: changes soon and together, each
 * with where every stream then stands, in one transaction under the lease. What
 * cannot be written now is written later.
 *
 * @internal
 */
export class ClusterWriter {
  readonly #options: ClusterWriterOptions;
  /** What is stored once everything pending is written. */
  readonly #known: Map<string, LiveIdentity>;
  readonly #cursor: ClusterCursor;
  readonly #pulse: ClusterPulse;
  readonly #bell: Bell;
  #pending = new Map<string, LiveRow | undefined>();
  #touched = touchedNobody();
  #room: (() => void)[] = [];
  #ended = false;
  #urgent = false;
  #heard = false;

  constructor(options: ClusterWriterOptions) {
    this.#options = options;
    this.#known = options.known;
    this.#cursor = options.cursor;
    this.#pulse = new ClusterPulse(options.previous, options.now);
    this.#bell = new Bell(options.delay);
  }

  /** Where one stream goes on, and the end of it. To be called before `run`. */
  stream(
    resource: WatchedResource,
    namespace?: string,
  ): { position?: StreamPosition; sink: StreamSink } {
    const key = `${resource.resource}/${namespace ?? ''}`;
    const position = this.#cursor.streams[key];
    const stream = this.#pulse.add(resource, namespace, position !== undefined);
    return { position, sink: this.#sink(stream, key) };
  }

  /** True for a Service that is kept by now. */
  knowsService({ kind, metadata }: LiveManifest): boolean {
    return (
      kind === 'Service' && this.#known.has(liveKey({ kind, ...metadata }))
    );
  }

  /**
   * Writes until the signal aborts.
   *
   * @throws LeaseLostError when another replica has the cluster
   */
  async run(signal: AbortSignal): Promise<void> {
    // What no stream looks at any more is not kept: namespaces were taken out.
    this.#forget(one => !this.#pulse.streams.some(all => belongsTo(one, all)));
    signal.addEventListener('abort', () => this.#end(), { once: true });
    let waitMs = 0;
    while (!signal.aborted) {
      if (!this.#urgent) {
        await this.#bell.wait(WRITE_EVERY_MS, signal);
      }
      if (this.#urgent) {
        await this.#options.delay(GATHER_MS, signal);
      }
      if (signal.aborted || !(this.#urgent || this.#heard)) {
        continue;
      }
      try {
        await this.#write();
        waitMs = 0;
      } catch (error) {
        if (error instanceof LeaseLostError) {
          throw error;
        }
        this.#options.logger.warn(
          `What cluster ${
            this.#options.hold.key
          } runs cannot be written: ${shortMessage(error)}`,
        );
        waitMs = retryDelay(waitMs);
        await this.#options.delay(waitMs, signal);
      }
    }
  }

  #sink(stream: Stream, key: string): StreamSink {
    const { resource } = stream;
    const reach: StreamSink['heard'] = async position => {
      this.#cursor.streams[key] = position;
      stream.heardAt = this.#options.now();
      this.#heard = true;
      await this.#untilRoom();
    };
    return {
      heard: reach,
      put: async (manifest, position) => {
        this.#pulse.changed();
        this.#put(manifest);
        await reach(position);
      },
      remove: async (manifest, position) => {
        this.#pulse.changed();
        this.#remove(liveKey({ kind: resource.kind, ...manifest.metadata }));
        await reach(position);
      },
      replace: async (objects, position) => {
        const listed = new Set<string>();
        for (const batch of batches(objects)) {
          batch.forEach(one => listed.add(this.#put(one)));
          // Whoever else has something to do does not wait for ten thousand.
          await setImmediate();
        }
        this.#forget(
          one => belongsTo(one, stream) && !listed.has(liveKey(one)),
        );
        await reach(position);
      },
      state: status => {
        if (JSON.stringify(status) !== JSON.stringify(stream.status)) {
          stream.status = status;
          this.#hurry();
        }
      },
    };
  }

  #put(manifest: LiveManifest): string {
    const row = toLiveRow(manifest);
    const key = liveKey(row);
    const known = this.#known.get(key);
    if (known?.hash !== row.hash) {
      const { object: _object, uid: _uid, labels: _, ...identity } = row;
      this.#touch(known);
      this.#touch(identity);
      this.#known.set(key, identity);
      this.#pending.set(key, row);
      this.#hurry();
    }
    return key;
  }

  #remove(key: string) {
    const known = this.#known.get(key);
    if (known) {
      this.#touch(known);
      this.#known.delete(key);
      this.#pending.set(key, undefined);
      this.#hurry();
    }
  }

  #forget(gone: (identity: LiveIdentity) => boolean) {
    [...this.#known.values()]
      .filter(gone)
      .forEach(identity => this.#remove(liveKey(identity)));
  }

  #touch(identity: LiveIdentity | undefined) {
    if (!identity) {
      return;
    }
    const { namespace, service } = identity;
    const owner = this.#known.get(
      liveKey({ kind: 'Service', namespace, name: service }),
    );
    for (const one of [identity, owner]) {
      if (one?.entityRef) {
        this.#touched.entityRefs.add(one.entityRef);
      }
      if (one?.kubernetesId) {
        this.#touched.kubernetesIds.add(one.kubernetesId);
      }
    }
    if (service) {
      this.#touched.names.add(service);
      this.#touched.services.add(`${namespace}/${service}`);
    }
  }

  async #write(): Promise<void> {
    const { sources, store, hold } = this.#options;
    // All at once: streams go on while this waits, and a position must never be
    // written without what was told before it.
    const cursor = writeCursor(this.#cursor);
    const changes = this.#pending;
    const touched = this.#touched;
    const heard = this.#heard;
    this.#pending = new Map();
    this.#touched = touchedNobody();
    this.#urgent = false;
    this.#heard = false;
    try {
      await sources.write(hold, now => {
        const status = this.#pulse.status(now, this.#known.size);
        const seenAt = this.#pulse.seenAt(now);
        return {
          cursor,
          status,
          seenAt,
          ...(seenAt !== undefined && {
            staleAt: seenAt + this.#options.staleAfterMs,
          }),
          write: async (transaction, before) => {
            await this.#markLabelled(transaction, touched);
            await store.apply(transaction, hold.id, toChanges(changes), now);
            await this.#markLabelled(transaction, touched);
            await markDue.ofObjects(transaction, touched);
            const after = { ...before, cursor, status };
            if (
              before.staleAt === undefined ||
              clusterHealth(before) !== clusterHealth(after)
            ) {
              await markDue.withServices(transaction);
            }
          },
        };
      });
    } catch (error) {
      this.#pending = new Map([...changes, ...this.#pending]);
      this.#touched = mergeTouched(touched, this.#touched);
      this.#urgent = true;
      this.#heard ||= heard;
      throw error;
    }
    this.#makeRoom();
    this.#options.wake();
  }

  /** Entities that select a Service by its labels, which it has or had. */
  async #markLabelled(
    transaction: Knex.Transaction,
    { services }: Touched,
  ): Promise<void> {
    const { store, hold } = this.#options;
    const labels = await store.selectedLabels(transaction, hold.id, services);
    await markDue.ofLabels(transaction, labels);
  }

  async #untilRoom(): Promise<void> {
    if (this.#pending.size > MAX_PENDING && !this.#ended) {
      await new Promise<void>(resolve => this.#room.push(resolve));
    }
  }

  /** Nothing is written any more, so that waiting for it would never end. */
  #end() {
    this.#ended = true;
    this.#makeRoom();
  }

  #makeRoom() {
    this.#room.splice(0).forEach(resolve => resolve());
  }

  #hurry() {
    this.#urgent = true;
    this.#bell.ring();
  }
}

/**
 * What a {@link ClusterWriter} needs.
 *
 * @internal
 */
export interface ClusterWriterOptions {
  hold: Hold;
  sources: SourceStore;
  store: ClusterStore;
  logger: LoggerService;
  /** What is stored by now; the writer keeps it up to date. */
  known: Map<string, LiveIdentity>;
  cursor: ClusterCursor;
  /** As stored by the last holder. */
  previous?: ClusterStatus;
  /** For how long what is known is new enough, in milliseconds. */
  staleAfterMs: number;
  /** Called when there is something to do for others. */
  wake(): void;
  delay: Delay;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
}

function belongsTo(one: LiveIdentity, { resource, namespace }: Stream) {
  return (
    one.kind === resource.kind &&
    (namespace === undefined || one.namespace === namespace)
  );
}

function toChanges(pending: Map<string, LiveRow | undefined>) {
  return [...pending].map(([key, row]) => {
    const [kind, namespace, name] = key.split('/');
    return { key: { kind, namespace, name }, row };
  });
}
