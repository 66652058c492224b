import { join } from 'node:path';
import { Problem } from './Problem.mjs';
import { start } from './processes.mjs';

/** The ports of the demo, each with its environment variable. */
export function demoPorts(env) {
  const port = (variable, fallback) => Number(env[variable] || fallback);
  return {
    portal: port('DEMO_PORT', 7007),
    git: port('DEMO_GIT_PORT', 7017),
    dns: port('DEMO_DNS_PORT', 7053),
  };
}

/** What `checkPorts` wants to know. */
export function wantedPorts({ portal, git, dns }) {
  return [
    { what: 'the portal', port: portal, variable: 'DEMO_PORT' },
    { what: 'the Git host', port: git, variable: 'DEMO_GIT_PORT' },
    { what: 'the DNS server', port: dns, variable: 'DEMO_DNS_PORT', udp: true },
  ];
}

/** What lets Node run the TypeScript of this repository. */
export const TYPESCRIPT = [
  '--require',
  '@backstage/cli/config/nodeTransform.cjs',
];

/** Starts the Git host and the DNS server, and waits until both listen. */
export async function startDemoServices({ root, logs, env }) {
  let listening = 0;
  let ready;
  const bothListen = new Promise(resolve => {
    ready = resolve;
  });
  const services = start('node', [...TYPESCRIPT, 'packages/demo/src/main.ts'], {
    cwd: root,
    env,
    log: join(logs, 'git-and-dns.log'),
    onLine: line => {
      listening += /^(Git host|DNS server) \S+$/.test(line) ? 1 : 0;
      if (listening === 2) {
        ready();
      }
    },
  });
  await Promise.race([
    bothListen,
    services.ended.then(() => {
      throw new Problem(
        `${services.tail()}\n\nThe Git host and the DNS server did not start.`,
      );
    }),
  ]);
  return services;
}
