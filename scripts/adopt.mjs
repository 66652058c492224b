import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoServices } from './lib/demoServices.mjs';
import { findChromium } from './lib/findChromium.mjs';
import { freePort } from './lib/ports.mjs';
import { Problem } from './lib/Problem.mjs';
import { clock, Progress } from './lib/Progress.mjs';
import { run, start, stopOnSignals } from './lib/processes.mjs';
import { setUp, SET_UP_STEPS } from './lib/setUp.mjs';

const CREATE_APP = '@backstage/create-app@0.9.2';
const CARD_MS = 240_000;
const SCOPE = '@external-services/';
const PACKAGES = [
  'backstage-plugin-external-services-common',
  'backstage-plugin-external-services',
  'backstage-plugin-external-services-backend',
  'backstage-plugin-scaffolder-backend-module-external-services',
].map(name => SCOPE + name);

/**
 * Does what the README asks of an adopter, to the letter, with the packages as
 * they would be published: a fresh app, the commands and snippets of the
 * README's install section, and a look at the card in a browser.
 *
 * `--keep` leaves the new app where it is.
 */
export async function adopt({ root, args }) {
  const keep = args.includes('--keep');
  const folder = mkdtempSync(join(tmpdir(), 'external-services-adopt-'));
  const app = join(folder, 'portal');
  const logs = join(folder, 'logs');
  const progress = new Progress(SET_UP_STEPS + 6);
  stopOnSignals();
  const env = {
    ...(await setUp({ root, logs, progress })),
    CI: '1',
    // The Yarn 4.13 that create-app brings breaks off when it has to ask a registry twice.
    YARN_IGNORE_PATH: '1',
  };
  const step = (title, command, commandArgs, cwd) =>
    progress.step(title, note =>
      run(command, commandArgs, {
        cwd,
        env,
        log: join(logs, `${title.replace(/\W+/g, '-').toLowerCase()}.log`),
        onLine: note,
      }),
    );

  await step('Write the types', 'yarn', ['tsc'], root);
  const tarballs = await progress.step('Pack the packages', () =>
    pack({ root, folder, env, logs }),
  );
  await progress.step('Create an app', () => createApp({ folder, env, logs }));
  preparePackageJson({ root, app, tarballs });
  await progress.step('Follow the README', note =>
    followReadme({ root, app, tarballs, env, logs, note }),
  );
  await step('Check the types of the app', 'yarn', ['tsc'], app);
  await progress.step('Look for the card', note =>
    lookForCard({ root, app, env, logs, note }),
  );

  progress.say(
    `\nThe README leads to the card, after ${clock(progress.elapsed)}.${
      keep ? ` The app: ${app}` : ''
    }`,
  );
  if (!keep) {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds and packs each package. @returns name → path of its tarball */
async function pack({ root, folder, env, logs }) {
  const tarballs = {};
  for (const name of PACKAGES) {
    const tarball = join(folder, `${name.replace(SCOPE, '')}.tgz`);
    const manifest = join(
      root,
      'plugins',
      name.replace(`${SCOPE}backstage-plugin-`, ''),
      'package.json',
    );
    const before = readFileSync(manifest, 'utf8');
    try {
      for (const command of [['build'], ['pack', '--out', tarball]]) {
        await run('yarn', ['workspace', name, ...command], {
          cwd: root,
          env,
          log: join(logs, 'pack.log'),
        });
      }
    } finally {
      // Packing rewrites it; a pack that breaks off would leave it so.
      writeFileSync(manifest, before);
    }
    tarballs[name] = tarball;
  }
  return tarballs;
}

async function createApp({ folder, env, logs }) {
  await run(
    'npm',
    [
      'exec',
      '--yes',
      `--package=${CREATE_APP}`,
      '--',
      'backstage-create-app',
      '--skip-install',
    ],
    {
      cwd: folder,
      env: { ...env, BACKSTAGE_APP_NAME: 'portal' },
      log: join(logs, 'create-app.log'),
    },
  );
}

/**
 * What has to do with this machine and not with the README: the pins that make
 * Backstage installable, and packages that are not published yet.
 */
function preparePackageJson({ root, app, tarballs }) {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(app, 'package.json');
  const theirs = JSON.parse(readFileSync(file, 'utf8'));
  const unpublished = Object.fromEntries(
    Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]),
  );
  theirs.resolutions = {
    ...theirs.resolutions,
    ...own.resolutions,
    ...unpublished,
  };
  theirs.dependenciesMeta = own.dependenciesMeta;
  writeFileSync(file, `${JSON.stringify(theirs, null, 2)}\n`);
}

/** The code block behind the comment `<!-- adopt:<name> -->` of the README. */
function readmeBlock(root, name) {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const match = new RegExp(
    `<!-- adopt:${name} -->\\s*\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``,
  ).exec(readme);
  if (!match) {
    throw new Problem(`README.md has no code block "adopt:${name}"`);
  }
  return match[1].trim();
}

async function followReadme({ root, app, tarballs, env, logs, note }) {
  for (const name of ['app', 'backend']) {
    const [command, ...words] = readmeBlock(root, name).split(/\s+/);
    const commandArgs = words.map(word =>
      tarballs[word] ? `${word}@file:${tarballs[word]}` : word,
    );
    await run(command, commandArgs, {
      cwd: app,
      env: {
        ...env,
        CI: '',
        YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      },
      log: join(logs, `install-${name}.log`),
      onLine: note,
    });
  }
  const index = join(app, 'packages/backend/src/index.ts');
  const source = readFileSync(index, 'utf8');
  writeFileSync(
    index,
    source.replace(
      'backend.start();',
      `${readmeBlock(root, 'index')}\n\nbackend.start();`,
    ),
  );
  const config = join(app, 'app-config.yaml');
  const given = readFileSync(config, 'utf8');
  writeFileSync(config, `${given}\n${readmeBlock(root, 'config')}\n`);
}

/** Points the new portal at the demo's Git host and DNS server, and opens a component. */
async function lookForCard({ root, app, env, logs, note }) {
  const [portal, backend, git, dns] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  await startDemoServices({
    root,
    logs,
    env: { ...env, DEMO_GIT_PORT: git, DEMO_DNS_PORT: dns },
  });
  writeFileSync(
    join(app, 'app-config.local.yaml'),
    JSON.stringify(localConfig({ root, portal, backend, git, dns }), null, 2),
  );
  await run('yarn', ['backstage-cli', 'config:check', '--strict'], {
    cwd: app,
    env: { ...env, GITHUB_TOKEN: 'unused' },
    log: join(logs, 'config-check.log'),
  });
  const running = start('yarn', ['start'], {
    cwd: app,
    env: { ...env, BROWSER: 'none', GITHUB_TOKEN: 'unused' },
    log: join(logs, 'portal.log'),
    onLine: note,
  });
  try {
    await Promise.race([
      seeCard({ root, url: `http://localhost:${portal}` }),
      running.ended.then(() => {
        throw new Problem(`${running.tail()}\n\nThe new portal did not start.`);
      }),
    ]);
  } finally {
    await running.stop();
  }
}

function localConfig({ root, portal, backend, git, dns }) {
  const gitHost = `localhost:${git}`;
  return {
    app: { baseUrl: `http://localhost:${portal}` },
    backend: {
      baseUrl: `http://localhost:${backend}`,
      listen: { port: backend, host: '127.0.0.1' },
      cors: { origin: `http://localhost:${portal}` },
    },
    integrations: {
      github: [
        {
          host: gitHost,
          apiBaseUrl: `http://${gitHost}/api/v3`,
          token: 'demo',
        },
      ],
    },
    catalog: {
      locations: [
        {
          type: 'url',
          target: `http://${gitHost}/shop/orders/blob/main/catalog-info.yaml`,
        },
        {
          type: 'file',
          target: join(root, 'templates/external-service/template.yaml'),
          rules: [{ allow: ['Template'] }],
        },
      ],
    },
    externalServices: {
      resolvers: [
        { name: 'portal', title: 'the portal', servers: [`127.0.0.1:${dns}`] },
      ],
    },
  };
}

async function seeCard({ root, url }) {
  const require = createRequire(join(root, 'package.json'));
  const { chromium, expect } = require('@playwright/test');
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    const page = await browser.newPage();
    const deadline = Date.now() + CARD_MS;
    const left = () => deadline - Date.now();
    await expect(async () => {
      await page.goto(`${url}/catalog/default/component/orders`);
    }).toPass({ timeout: left() });
    const enter = page.getByRole('button', { name: 'Enter' });
    await enter.click({ timeout: left() });
    // Whoever leaves before is not signed in.
    await enter.waitFor({ state: 'hidden', timeout: left() });
    const card = page.getByRole('region', { name: 'External services' });
    // The catalog reads the entity some seconds after the start.
    await expect(async () => {
      await page.goto(`${url}/catalog/default/component/orders`);
      await expect(card.getByText('Resolves').first()).toBeVisible({
        timeout: 20_000,
      });
    }).toPass({ timeout: left() });
    await card.screenshot({ path: join(root, 'test-output/adopt.png') });
  } finally {
    await browser.close();
  }
}
