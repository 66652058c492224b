import type {
  ClusterStatus,
  NamespaceStatus,
  StreamStatus,
  StreamsStatus,
} from './ClusterStatus';
import type { WatchedResource } from './WatchedResource';

/**
 * A stream of a cluster, and how it fares.
 *
 * @internal
 */
export interface Stream {
  resource: WatchedResource;
  namespace?: string;
  status: StreamStatus;
  /** By the local clock. */
  heardAt?: number;
}

const STATUS_OF = {
  services: 'services',
  endpointslices: 'endpointSlices',
} as const;

/**
 * How the streams of one cluster fare, alone and together.
 *
 * @internal
 */
export class ClusterPulse {
  readonly streams: Stream[] = [];
  readonly #previous?: ClusterStatus;
  readonly #now: () => number;
  #changed = false;
  #connectedSince?: string;
  #lastEventAt?: string;

  /** @param now - milliseconds of a clock that only goes forward */
  constructor(previous: ClusterStatus | undefined, now: () => number) {
    this.#previous = previous;
    this.#now = now;
    this.#lastEventAt = previous?.lastEventAt;
  }

  /** Counts a stream in. One that resumes is as it was until it says otherwise. */
  add(
    resource: WatchedResource,
    namespace: string | undefined,
    resumes: boolean,
  ): Stream {
    const previous = namespace ? this.#previousOf(namespace) : this.#previous;
    const before = previous?.[STATUS_OF[resource.resource]];
    const stream: Stream = {
      resource,
      namespace,
      status: (resumes && before) || { state: 'listing' },
    };
    this.streams.push(stream);
    return stream;
  }

  /** Takes note that an object has changed, whether it is kept or not. */
  changed() {
    this.#changed = true;
  }

  /** @param now - by the clock of the database */
  status(now: number, objects: number): ClusterStatus {
    const worst = worstOf(this.streams);
    if (worst.services.state === 'watching') {
      this.#connectedSince ??= isoTime(now);
    } else {
      this.#connectedSince = undefined;
    }
    if (this.#changed) {
      this.#changed = false;
      this.#lastEventAt = isoTime(now);
    }
    const namespaces = this.#namespaces(now);
    return {
      phase: worst.services.state,
      ...(this.#connectedSince && { connectedSince: this.#connectedSince }),
      ...(this.#lastEventAt && { lastEventAt: this.#lastEventAt }),
      objects,
      ...worst,
      ...(Object.keys(namespaces).length > 0 && { namespaces }),
    };
  }

  /**
   * As old as the stream that was silent for longest. Slices that are not watched
   * have a status of their own, and are not what the cluster is called old for.
   */
  seenAt(now: number, streams = this.streams): number | undefined {
    const heard = streams
      .filter(
        ({ resource, status }) =>
          resource.resource === 'services' || status.state === 'watching',
      )
      .map(({ heardAt }) => heardAt);
    return heard.every(at => at !== undefined)
      ? now - (this.#now() - Math.min(...(heard as number[])))
      : undefined;
  }

  #namespaces(now: number): Record<string, NamespaceStatus> {
    const names = this.streams.flatMap(({ namespace }) => namespace ?? []);
    return Object.fromEntries(
      [...new Set(names)].map(name => {
        const own = this.streams.filter(({ namespace }) => namespace === name);
        const at = this.seenAt(now, own);
        const seenAt =
          at === undefined ? this.#previousOf(name)?.seenAt : isoTime(at);
        return [name, { ...worstOf(own), ...(seenAt && { seenAt }) }];
      }),
    );
  }

  #previousOf(namespace: string): NamespaceStatus | undefined {
    return this.#previous?.namespaces?.[namespace];
  }
}

function worstOf(streams: Stream[]): StreamsStatus {
  const worst = (resource: WatchedResource['resource']): StreamStatus => {
    const statuses = streams
      .filter(stream => stream.resource.resource === resource)
      .map(({ status }) => status);
    return (
      statuses.find(({ state }) => state === 'failed') ??
      statuses.find(({ state }) => state === 'listing') ?? {
        state: 'watching',
      }
    );
  };
  return {
    services: worst('services'),
    endpointSlices: worst('endpointslices'),
  };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
