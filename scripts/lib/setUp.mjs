import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { run } from './processes.mjs';
import { checkGit, findTools, withTools } from './tools.mjs';

/** How many steps `setUp` takes. */
export const SET_UP_STEPS = 2;

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * Gets Node and Yarn if those at hand will not do, and installs if the lock
 * file has changed since the last time.
 *
 * @returns the environment to run everything else in
 */
export async function setUp({ root, logs, progress }) {
  const stampFile = join(root, 'node_modules/.set-up.json');
  const stamp = readStamp(stampFile);
  const lock = contentHash(root, ['yarn.lock', '.yarnrc.yml']);
  let env = { ...process.env };
  let directories;

  await progress.step('Look for git, Node 22 or 24 and Yarn 4', async note => {
    checkGit(env);
    ({ directories } = await findTools({
      root,
      env,
      known: stamp.directories,
      log: join(logs, 'tools.log'),
      note,
    }));
    env = withTools(env, directories);
    return directories.length > 0
      ? 'from the package registry'
      : 'those at hand';
  });

  await progress.step('Install the dependencies', async note => {
    if (stamp.lock === lock) {
      return 'nothing has changed';
    }
    note('about two minutes, once for each lock file');
    await run('yarn', ['install'], {
      cwd: root,
      env,
      log: join(logs, 'install.log'),
      onLine: line => note(line.replace(/^\S+ (YN\d+: )?/, '')),
    });
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    const changed = contentHash(root, ['yarn.lock', '.yarnrc.yml']);
    writeFileSync(stampFile, JSON.stringify({ lock: changed, directories }));
    return '';
  });
  return env;
}

/** What the app is built from. */
const APP_SOURCES = [
  'app-config.yaml',
  'backstage.json',
  'packages/app',
  'plugins/external-services',
  'plugins/external-services-common',
  'yarn.lock',
];

/** Builds the app, unless what it is built from is as it was. */
export async function buildApp({ root, logs, env, note, background = false }) {
  const dist = join(root, 'packages/app/dist');
  const stamp = join(dist, '.content-hash');
  const hash = contentHash(root, APP_SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return 'nothing has changed';
  }
  note('bundling the app, once for each change of its sources');
  await run('yarn', ['workspace', 'app', 'build'], {
    cwd: root,
    env,
    log: join(logs, 'app.log'),
    background,
  });
  writeFileSync(stamp, hash);
  return '';
}
