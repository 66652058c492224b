import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  externalPlaces,
  LABELLED_WITH,
  labelledPlaces,
  loadObject,
  loadService,
  type Resource,
} from './loadObjects';

const PATHS: Record<string, Resource> = {
  '/api/v1/services': 'services',
  '/apis/discovery.k8s.io/v1/endpointslices': 'endpointslices',
};
const KINDS = {
  services: { kind: 'Service', apiVersion: 'v1' },
  endpointslices: {
    kind: 'EndpointSlice',
    apiVersion: 'discovery.k8s.io/v1',
  },
};
const BOOKMARK_EVERY_MS = 60_000;
const EVENTS_TICK_MS = 5;

/** How a cluster answers: as it should, never, or with watches that end at once. */
export type Manner = 'steady' | 'hung' | 'flapping';

/** What was asked of a cluster since the server started. */
export interface LoadCounts {
  requests: number;
  watches: number;
  /** Answers that are under way. */
  open: number;
}

interface LoadCluster extends LoadCounts {
  manner: Manner;
  /** Services, and as many slices. */
  objects: number;
  streams: Map<ServerResponse, Resource>;
}

/**
 * Stands for the load of many API servers and for nothing else: it lists and
 * watches, and knows no more of what a real one does.
 */
export class LoadApiServer {
  readonly #clusters = new Map<string, LoadCluster>();
  /** Items of a page, by resource, first and last item. */
  readonly #pages = new Map<string, string>();
  readonly #server: Server;
  #version = 1000;

  static async start(): Promise<LoadApiServer> {
    const server = new LoadApiServer();
    await new Promise<void>(resolve =>
      server.#server.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  private constructor() {
    this.#server = createServer((request, response) =>
      this.#answer(request, response),
    );
    setInterval(() => this.#bookmark(), BOOKMARK_EVERY_MS).unref();
  }

  /** Clusters are at `<url>/<name>`. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  counts(name: string): LoadCounts {
    const { requests, watches, open } = this.#cluster(name);
    return { requests, watches, open };
  }

  /** From now on so; another number of objects has to be listed again. */
  set(
    name: string,
    { manner, objects }: { manner?: Manner; objects?: number },
  ) {
    const cluster = this.#cluster(name);
    if (objects !== undefined && objects !== cluster.objects) {
      cluster.objects = objects;
      this.#version += 1;
      const gone = { kind: 'Status', code: 410, reason: 'Expired' };
      this.#end(
        cluster,
        `${JSON.stringify({ type: 'ERROR', object: gone })}\n`,
      );
    }
    if (manner && manner !== cluster.manner) {
      cluster.manner = manner;
      this.#end(cluster);
    }
  }

  /** Cuts all connections of a cluster. */
  reset(name: string) {
    for (const stream of this.#cluster(name).streams.keys()) {
      stream.socket?.resetAndDestroy();
    }
  }

  /**
   * Changes one alias after the other. The new target has in it when that was,
   * in microseconds.
   */
  change(name: string, events: number, perSecond: number) {
    const cluster = this.#cluster(name);
    const places = externalPlaces(cluster.objects, 'alias');
    const start = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const due = ((performance.now() - start) / 1000) * perSecond;
      for (; sent < Math.min(due, events); sent += 1) {
        this.#version += 1;
        const object = {
          ...KINDS.services,
          ...loadService(
            places[sent % places.length],
            this.#version,
            `at-${Math.round(microsecondsNow())}.example.com`,
          ),
        };
        this.#tell(cluster, 'services', { type: 'MODIFIED', object });
      }
      if (sent >= events) {
        clearInterval(timer);
      }
    }, EVENTS_TICK_MS);
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const [, name] = pathname.split('/');
    const selector = searchParams.get('labelSelector') ?? '';
    if (selector.startsWith('backstage.io/kubernetes-id=')) {
      this.#cluster(name).requests += 1;
      response.setHeader('content-type', 'application/json');
      response.end(this.#labelled(this.#cluster(name), pathname, selector));
      return;
    }
    const resource = PATHS[pathname.slice(1 + name.length)];
    if (!resource) {
      response.writeHead(404).end();
      return;
    }
    const cluster = this.#cluster(name);
    const watch = searchParams.has('watch');
    cluster.requests += 1;
    cluster.watches += watch ? 1 : 0;
    cluster.open += 1;
    response.once('close', () => {
      cluster.open -= 1;
      cluster.streams.delete(response);
    });
    if (cluster.manner === 'hung') {
      return;
    }
    response.setHeader('content-type', 'application/json');
    if (!watch) {
      response.end(this.#page(cluster, resource, searchParams));
    } else if (cluster.manner === 'flapping') {
      response.end();
    } else {
      cluster.streams.set(response, resource);
      response.flushHeaders();
    }
  }

  /** Of any kind what has a label, as a real server finds it: Services, or none. */
  #labelled({ objects }: LoadCluster, path: string, selector: string): string {
    const found =
      path.endsWith('/api/v1/services') &&
      selector.endsWith(`=${LABELLED_WITH}`)
        ? labelledPlaces(objects)
        : [];
    return JSON.stringify({
      kind: 'List',
      metadata: {},
      items: found.map(index => loadService(index, 1000)),
    });
  }

  #page(
    { objects }: LoadCluster,
    resource: Resource,
    query: URLSearchParams,
  ): string {
    const first = Number(query.get('continue') ?? 0);
    const last = Math.min(objects, first + Number(query.get('limit') ?? 500));
    const key = `${resource} ${first} ${last}`;
    const items =
      this.#pages.get(key) ??
      Array.from({ length: last - first }, (_, index) =>
        JSON.stringify(loadObject(resource, first + index, 1000)),
      ).join();
    this.#pages.set(key, items);
    const { kind, apiVersion } = KINDS[resource];
    const metadata = {
      resourceVersion: String(this.#version),
      ...(last < objects && { continue: String(last) }),
    };
    return `{"kind":"${kind}List","apiVersion":"${apiVersion}","metadata":${JSON.stringify(
      metadata,
    )},"items":[${items}]}`;
  }

  #bookmark() {
    const object = { metadata: { resourceVersion: String(this.#version) } };
    for (const cluster of this.#clusters.values()) {
      this.#tell(cluster, 'services', { type: 'BOOKMARK', object });
      this.#tell(cluster, 'endpointslices', { type: 'BOOKMARK', object });
    }
  }

  #tell({ streams }: LoadCluster, resource: Resource, event: object) {
    for (const [stream, watched] of streams) {
      if (watched === resource) {
        stream.write(`${JSON.stringify(event)}\n`);
      }
    }
  }

  #end({ streams }: LoadCluster, lastLine?: string) {
    [...streams.keys()].forEach(stream => stream.end(lastLine));
  }

  #cluster(name: string): LoadCluster {
    const cluster = this.#clusters.get(name) ?? {
      manner: 'steady',
      objects: 0,
      streams: new Map(),
      requests: 0,
      watches: 0,
      open: 0,
    };
    this.#clusters.set(name, cluster);
    return cluster;
  }
}

/** By a clock that all processes of a machine share. */
export function microsecondsNow(): number {
  return (performance.timeOrigin + performance.now()) * 1000;
}
