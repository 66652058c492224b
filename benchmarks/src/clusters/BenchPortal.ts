import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import {
  type BackendFeature,
  coreServices,
  createServiceFactory,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import authPlugin from '@backstage/plugin-auth-backend';
import guestModule from '@backstage/plugin-auth-backend-module-guest-provider';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import signalsPlugin from '@backstage/plugin-signals-backend';
import externalServicesPlugin from '@external-services/backstage-plugin-external-services-backend';
import { GitHost } from 'demo';
import { NAMESPACE } from './loadObjects';
import { allowAllPolicy } from './allowAllPolicy';
import { PortalClient } from './PortalClient';
import { type StaticAnswer, staticPlugin } from './staticPlugin';

const PATIENCE_MS = 120_000;
const POLL_MS = 100;

const silent: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silent,
};

/** What a {@link BenchPortal} is made of. */
export interface BenchPortalOptions {
  /** API servers by the name of the cluster. */
  clusters: Record<string, string>;
  /** Files of the repository whose components are in the catalog. */
  files: Record<string, string>;
  /** Besides what every portal has. Default: none. */
  features?: BackendFeature[];
}

/**
 * A whole portal with a catalog, permissions and signed-in users: everything
 * but the API servers and the log is what a portal in use has.
 */
export class BenchPortal {
  readonly #client: PortalClient;
  readonly #answer: StaticAnswer;
  readonly #end: () => Promise<void>;

  static async start(options: BenchPortalOptions): Promise<BenchPortal> {
    const folder = await mkdtemp(join(tmpdir(), 'external-services-bench-'));
    for (const [path, content] of Object.entries(options.files)) {
      const file = join(folder, 'seed/shop/bench', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    const git = new GitHost({
      folder: join(folder, 'git'),
      seed: join(folder, 'seed'),
    });
    await git.start();
    const url = `http://127.0.0.1:${await freePort()}`;
    const answer: StaticAnswer = { text: '{}' };
    const backend = createBackend();
    const data = configOf(url, git.url, options.clusters);
    backend.add(
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => new ConfigReader(data),
      }),
    );
    backend.add(
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => silent,
      }),
    );
    [
      authPlugin,
      guestModule,
      catalogPlugin,
      permissionPlugin,
      signalsPlugin,
      externalServicesPlugin,
      allowAllPolicy,
      staticPlugin(answer),
      ...(options.features ?? []),
    ].forEach(feature => backend.add(feature));
    await backend.start();
    const client = await PortalClient.signIn(url);
    return new BenchPortal(client, answer, async () => {
      await backend.stop();
      await git.stop();
      await rm(folder, { recursive: true, force: true });
    });
  }

  private constructor(
    client: PortalClient,
    answer: StaticAnswer,
    end: () => Promise<void>,
  ) {
    this.#client = client;
    this.#answer = answer;
    this.#end = end;
  }

  get url(): string {
    return this.#client.url;
  }

  /** The answer about a component, as text. */
  mappings(name: string): Promise<string> {
    return this.#client.mappings(name);
  }

  /** What the static route answers from now on. */
  answerStatically(text: string) {
    this.#answer.text = text;
  }

  /** The static route, asked for a component. */
  static(name: string): Promise<string> {
    return this.#client.get(`/static/entities/component/default/${name}`);
  }

  /** Objects kept of a cluster. */
  async objectsOf(cluster: string): Promise<number | undefined> {
    const { items } = JSON.parse(
      await this.#client.get('/external-services/clusters'),
    );
    const found = items.find(({ name }: { name: string }) => name === cluster);
    return found?.services.state === 'watching' &&
      found.endpointSlices.state === 'watching'
      ? found.objects
      : undefined;
  }

  async stop() {
    await this.#end();
  }
}

/** Looks again until it holds. @throws Error when it never does */
export async function until(
  holds: () => Promise<boolean>,
  pollMs = POLL_MS,
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) {
      throw new Error(`It never came to hold: ${holds}`);
    }
    await new Promise(resolve => setTimeout(resolve, pollMs));
  }
}

/** One that nothing listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function configOf(
  url: string,
  git: string,
  clusters: BenchPortalOptions['clusters'],
) {
  const { port } = new URL(url);
  return {
    app: { title: 'Benchmark', baseUrl: url },
    backend: {
      baseUrl: url,
      listen: `127.0.0.1:${port}`,
      lifecycle: { serverShutdownDelay: { seconds: 0 } },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    integrations: {
      github: [
        { host: new URL(git).host, apiBaseUrl: `${git}/api/v3`, token: 'demo' },
      ],
    },
    auth: {
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    permission: { enabled: true },
    catalog: {
      locations: [
        {
          type: 'url',
          target: `${git}/shop/bench/blob/main/catalog-info.yaml`,
        },
      ],
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: Object.entries(clusters).map(([name, address]) => ({
            name,
            url: address,
            authProvider: 'serviceAccount',
            serviceAccountToken: 'bench',
          })),
        },
      ],
    },
    externalServices: {
      // Each of them has a token, and most of these portals are without that plugin.
      clusterSource: { kubernetesPlugin: false },
      environments: [
        { name: 'prod', namespace: NAMESPACE, clusters: Object.keys(clusters) },
      ],
    },
  };
}
