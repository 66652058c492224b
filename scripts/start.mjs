import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CLUSTER_CONFIG, startDemoClusters } from './lib/demoClusters.mjs';
import {
  demoPorts,
  startDemoServices,
  TYPESCRIPT,
  wantedPorts,
} from './lib/demoServices.mjs';
import { onlyOnce } from './lib/onlyOnce.mjs';
import { checkPorts } from './lib/ports.mjs';
import { Problem } from './lib/Problem.mjs';
import { clock, Progress } from './lib/Progress.mjs';
import { start, stopOnSignals } from './lib/processes.mjs';
import { buildApp, setUp, SET_UP_STEPS } from './lib/setUp.mjs';

const READY_MS = 180_000;
const ASK_EVERY_MS = 300;
const ASK_MS = 5_000;

const KNOWN = ['--cluster', '--fresh'];

/** Starts the demo portal and stays until it is stopped. */
export async function startPortal({ root, args }) {
  const logs = join(root, '.demo/logs');
  const ports = demoPorts(process.env);
  const portal = `http://localhost:${ports.portal}`;
  const withClusters = args.includes('--cluster');
  const progress = new Progress(SET_UP_STEPS + (withClusters ? 3 : 2));
  stopOnSignals(() => progress.interrupt('Stopping …'));

  onlyOnce(join(root, '.demo/pid'));
  await checkPorts(wantedPorts(ports));
  const unknown = args.find(arg => !KNOWN.includes(arg));
  if (unknown) {
    throw new Problem(
      `${unknown} is not known here. "npm start -- --fresh" begins anew, "npm start -- --cluster" brings clusters.`,
    );
  }
  if (args.includes('--fresh')) {
    for (const folder of ['git', 'database']) {
      rmSync(join(root, '.demo', folder), { recursive: true, force: true });
    }
  }

  const env = {
    ...(await setUp({ root, logs, progress })),
    NODE_ENV: 'development',
    // Node keeps what it has compiled, so that the second start is faster.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node-compile'),
  };

  let services;
  await progress.step(
    'Build the app, start the Git host and the DNS server',
    async note => {
      const [built, started] = await Promise.all([
        buildApp({ root, logs, env: { ...env, NODE_ENV: 'production' }, note }),
        startDemoServices({ root, logs, env }),
      ]);
      services = started;
      return built;
    },
  );

  let clusters;
  if (withClusters) {
    await progress.step('Start the clusters and deploy to them', async () => {
      clusters = await startDemoClusters({ root, logs, env });
    });
  }

  let backend;
  await progress.step('Start the portal', async note => {
    const config = clusters ? CLUSTER_CONFIG : [];
    backend = start('node', [...TYPESCRIPT, 'src/index.ts', ...config], {
      cwd: join(root, 'packages/backend'),
      env: { ...env, DEMO_CLUSTERS: clusters?.folder },
      log: join(logs, 'portal.log'),
    });
    await Promise.race([
      firstCard(portal, note),
      backend.ended.then(() => {
        throw new Problem(`${backend.tail()}\n\nThe portal did not start.`);
      }),
    ]);
  });

  progress.say(`
The portal is ready after ${clock(
    progress.elapsed,
  )}. Press "Enter" there to sign in as a guest.

  Portal       ${portal}
  A component  ${portal}/catalog/default/component/orders
  Git host     http://localhost:${ports.git}
  DNS server   127.0.0.1:${ports.dns}, its records: examples/dns.yaml${
    clusters ? clusterLines(clusters) : ''
  }

Ctrl-C stops everything. "npm start -- --fresh" begins anew. Logs: .demo/logs
`);

  const [name, program] = await Promise.race([
    services.ended.then(() => ['The Git host and the DNS server', services]),
    ...(clusters
      ? [clusters.ended.then(() => ['The clusters', clusters])]
      : []),
    backend.ended.then(() => ['The portal', backend]),
  ]);
  throw new Problem(`${program.tail()}\n\n${name} ended by itself.`);
}

function clusterLines({ folder }) {
  return `
  Clusters     dev, prod-eu, prod-us, what they run: examples/clusters.yaml
               for kubectl: ${join(folder, 'admin-prod-us.kubeconfig')}`;
}

/** Waits until a guest sees the mappings of a component. */
async function firstCard(portal, note) {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    try {
      const token = await signIn(portal);
      note('reading the repositories');
      if (await hasMappings(portal, token)) {
        return;
      }
    } catch {
      // Not listening yet; the deadline ends this.
    }
    await delay(ASK_EVERY_MS);
  }
  throw new Problem(
    `The portal runs, but showed no mapping of the component "orders" within ${
      READY_MS / 1000
    } s. See .demo/logs/portal.log`,
  );
}

async function signIn(portal) {
  const response = await fetch(`${portal}/api/auth/guest/refresh`, {
    method: 'POST',
    signal: AbortSignal.timeout(ASK_MS),
  });
  const { backstageIdentity } = await response.json();
  return backstageIdentity.token;
}

async function hasMappings(portal, token) {
  const path =
    '/api/external-services/entities/component/default/orders/mappings';
  const response = await fetch(portal + path, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(ASK_MS),
  });
  const { items = [] } = response.ok ? await response.json() : {};
  return items.length > 0;
}
