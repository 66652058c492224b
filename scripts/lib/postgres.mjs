import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './ports.mjs';
import { Problem } from './Problem.mjs';
import { run, start } from './processes.mjs';

const READY_MS = 20_000;
const UNPRIVILEGED = ['postgres', 'nobody'];

/** The variable that Backstage's `TestDatabases` reads for `POSTGRES_15`; any version will do. */
const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** The folder of the programs, for tests that start a server of their own. */
const PROGRAMS = 'TEST_POSTGRES_PROGRAMS';

/** Where distributions keep the server's programs, which are often not on PATH. */
function candidateDirectories(env) {
  const below = (parent, suffix) =>
    existsSync(parent)
      ? readdirSync(parent)
          .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
          .map(name => join(parent, name, suffix))
      : [];
  return [
    ...(env.PATH ?? '').split(delimiter),
    ...below('/usr/lib/postgresql', 'bin'),
    ...below('/opt/homebrew/opt', 'bin').filter(path =>
      path.includes('postgresql'),
    ),
    '/usr/local/pgsql/bin',
  ];
}

/** The folder with PostgreSQL's programs, if there is one. */
export function findPostgres(env) {
  return candidateDirectories(env).find(
    directory =>
      existsSync(join(directory, 'initdb')) &&
      existsSync(join(directory, 'postgres')),
  );
}

/** PostgreSQL refuses to run as root, so root lends it the identity of another user. */
function identity() {
  if (process.getuid() !== 0) {
    return {};
  }
  for (const name of UNPRIVILEGED) {
    const [uid, gid] = ['-u', '-g'].map(flag =>
      Number(
        spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout ||
          Number.NaN,
      ),
    );
    if (uid > 0 && gid > 0) {
      return { uid, gid };
    }
  }
  throw new Problem(
    `PostgreSQL does not run as root, and there is none of the users ${UNPRIVILEGED.join(
      ', ',
    )}.`,
  );
}

async function listens(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/**
 * Starts a PostgreSQL of the tests' own on loopback, without a care for its data.
 *
 * @returns `env` to add for the tests, `url`, `restart`, which breaks all connections,
 * and `stop`, which removes it again
 */
export async function startPostgres({ directory, env, logs }) {
  const data = mkdtempSync(join(env.TMPDIR ?? tmpdir(), 'test-postgres-'));
  const as = identity();
  if (as.uid) {
    chownSync(data, as.uid, as.gid);
  }
  const options = { ...as, cwd: data, env };
  await run(
    join(directory, 'initdb'),
    [
      '--pgdata',
      data,
      '--username',
      'postgres',
      '--auth',
      'trust',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      '--no-sync',
    ],
    { ...options, log: join(logs, 'postgres-init.log') },
  );
  const port = await freePort();
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    // In its folder, to be removed with it.
    'dynamic_shared_memory_type=mmap',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
  ];
  const serve = async () => {
    const server = start(
      join(directory, 'postgres'),
      [
        '-D',
        data,
        '-p',
        String(port),
        ...settings.flatMap(setting => ['-c', setting]),
      ],
      { ...options, log: join(logs, 'postgres.log') },
    );
    const deadline = Date.now() + READY_MS;
    while (!(await listens(port))) {
      if (server.child.exitCode !== null || Date.now() > deadline) {
        await server.stop();
        rmSync(data, { recursive: true, force: true });
        throw new Problem(`${server.tail()}\n\nPostgreSQL did not start.`);
      }
      await delay(100);
    }
    return server;
  };
  let server = await serve();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  return {
    env: { [VARIABLE]: url, [PROGRAMS]: directory },
    url,
    restart: async () => {
      // It does not wait for those that are connected.
      server.child.kill('SIGINT');
      await server.ended;
      server = await serve();
    },
    stop: async () => {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
