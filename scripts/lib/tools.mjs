import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './Problem.mjs';
import { run } from './processes.mjs';

const NODE = 'node@24';
const YARN = '@yarnpkg/cli-dist@4.18.1';
const GOOD_NODES = [22, 24];
const GOOD_YARN = 4;
const ASK_MS = 10_000;

function majorVersion(command, env) {
  const { status, stdout } = spawnSync(command, ['--version'], {
    env: { ...env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' },
    encoding: 'utf8',
    timeout: ASK_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [, major] = /^v?(\d+)\./.exec(stdout ?? '') ?? [];
  return status === 0 && major ? Number(major) : undefined;
}

/** Which of the two packages this environment still needs. */
export function missingTools(env) {
  return [
    !GOOD_NODES.includes(majorVersion('node', env)) && NODE,
    majorVersion('yarn', env) !== GOOD_YARN && YARN,
  ].filter(Boolean);
}

/** Git is the one thing that npm does not bring. */
export function checkGit(env) {
  const { stdout } = spawnSync('git', ['--exec-path'], {
    env,
    encoding: 'utf8',
    timeout: ASK_MS,
  });
  if (!stdout || !existsSync(join(stdout.trim(), 'git-http-backend'))) {
    throw new Problem(
      'Git was not found, or it lacks "http-backend". Install it, for example: apt-get install -y git',
    );
  }
}

/**
 * An environment with Node 22 or 24 and Yarn 4 on its PATH: the ones at hand
 * when they are good enough, else from the package registry.
 *
 * @param options - `known`: directories that were found good before
 * @returns `directories` to put on PATH
 */
export async function findTools({ root, env, known, log, note }) {
  if (known?.length && known.every(directory => existsSync(directory))) {
    return { directories: known };
  }
  const packages = missingTools(env);
  if (packages.length === 0) {
    return { directories: [] };
  }
  note(`getting ${packages.join(' and ')}`);
  let path = '';
  await run(
    'npm',
    [
      'exec',
      '--yes',
      ...packages.map(name => `--package=${name}`),
      '--call',
      `node --print "['PATH=', process.env.PATH].join('')"`,
    ],
    {
      cwd: root,
      env,
      log,
      onLine: line => {
        path = /^PATH=(.*)$/.exec(line)?.[1] ?? path;
      },
    },
  );
  const [directory] = path.split(delimiter);
  if (missingTools(withTools(env, [directory])).length > 0) {
    throw new Problem(
      `npm did not bring ${packages.join(' and ')}. See ${log}`,
    );
  }
  return { directories: [directory] };
}

/** The environment with the given directories in front. */
export function withTools(env, directories) {
  return {
    ...env,
    PATH: [...directories, env.PATH].join(delimiter),
  };
}
