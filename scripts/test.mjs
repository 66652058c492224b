import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './lib/findChromium.mjs';
import { Problem } from './lib/Problem.mjs';
import { Progress } from './lib/Progress.mjs';
import { start, stopOnSignals } from './lib/processes.mjs';
import { findPostgres, startPostgres } from './lib/postgres.mjs';
import {
  conformanceResults,
  jestResults,
  playwrightResults,
  tapResults,
} from './lib/results.mjs';
import { scratchFolder } from './lib/scratchFolder.mjs';
import { buildApp, setUp, SET_UP_STEPS } from './lib/setUp.mjs';
import { summary } from './lib/summary.mjs';

const CHECKS = 7;

/** Generated objects that are put before an API server; a full run has 20,000. */
const CONFORMANCE_COUNT = '2000';

/**
 * Runs everything that can be run here: types, lint, tests, browser tests.
 *
 * @param options - `args`: with `--no-skips` a skip is a failure
 * @returns the exit code
 */
export async function runTests({ root, args }) {
  const unknown = args.find(arg => arg !== '--no-skips');
  if (unknown) {
    throw new Problem(
      `${unknown} is not known here. For some of the tests use "yarn test:unit <path>" or "yarn test:e2e <path>".`,
    );
  }
  const out = join(root, 'test-output');
  const logs = join(out, 'logs');
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });

  const progress = new Progress(SET_UP_STEPS + CHECKS);
  stopOnSignals(() => progress.interrupt('Stopping …'));
  const env = {
    ...(await setUp({ root, logs, progress })),
    CI: 'true',
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    TMPDIR: scratchFolder(),
  };

  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json')));
  env.PATH = [join(root, 'node_modules/.bin'), env.PATH].join(delimiter);
  /** The words that run a script of package.json, without the second of CPU that Yarn takes. */
  const script = (name, ...args) => [
    'sh',
    '-c',
    // It takes the place of the shell, so that signals and exit codes are its own.
    `exec ${scripts[name]} "$@"`,
    name,
    ...args,
  ];

  const rows = [];
  /** Does one thing and notes what came of it; the rest is done even if it fails. */
  const check = async (title, work) => {
    const begun = Date.now();
    let result;
    try {
      await progress.step(`Check ${title}`, async note => {
        result = await work(note);
        if (result.problem) {
          throw new Problem(result.problem);
        }
      });
    } catch (error) {
      progress.say(
        `\n${error instanceof Problem ? error.message : error.stack}\n`,
      );
      // What fails without a failed test has failed all the same.
      result = { ...result, failed: Math.max(result?.failed ?? 0, 1) };
    }
    if (result.said) {
      progress.say(`\n${result.said}\n`);
    }
    rows.push({ title, seconds: (Date.now() - begun) / 1000, ...result });
  };
  /** Runs one command to its end; `read` finds the counts in what it left behind. */
  const command =
    (name, words, { read, ...options } = {}) =>
    async (note = () => {}) => {
      const begun = Date.now();
      const log = join(logs, `${name}.log`);
      const [program, ...rest] = words;
      const { ended, tail } = start(program, rest, {
        cwd: root,
        env,
        log,
        onLine: note,
        ...options,
      });
      const code = await ended;
      const problem =
        code === 0 ? undefined : `${tail()}\n\nAll of its output: ${log}`;
      const seconds = (Date.now() - begun) / 1000;
      return { ...read?.(log), problem, seconds };
    };

  // What measures no time fills the pauses of the tests that wait, two at a time.
  const inBackground = async (name, words, options) => {
    const result = await command(name, words, {
      ...options,
      background: true,
    })();
    if (result.problem) {
      // Who knows it at once need not wait for the rest.
      progress.say(`\n✖ ${name} failed: ${join(logs, `${name}.log`)}\n`);
    }
    return result;
  };
  const browserSkip = cannotBrowse({ root, env });
  const lint = inBackground('lint', script('lint'));
  const format = lint.then(() =>
    inBackground('format', script('prettier:check')),
  );
  const types = inBackground('types', script('tsc'));
  const app = types.then(() =>
    browserSkip
      ? undefined
      : buildApp({ root, logs, env, note: () => {}, background: true }),
  );
  const conformance = Promise.allSettled([app]).then(() =>
    inBackground(
      'conformance',
      script('conformance', '--skip', '--count', CONFORMANCE_COUNT),
      {
        read: log => {
          const said = readFileSync(log, 'utf8').trim();
          return { ...conformanceResults(said), said };
        },
      },
    ),
  );
  for (const promise of [lint, format, types, app, conformance]) {
    // Whoever needs it says that it failed.
    promise.catch(() => {});
  }

  await check(
    'scripts',
    command(
      'scripts',
      ['node', '--test', '--test-reporter=tap', 'scripts/**/*.test.mjs'],
      {
        read: log => tapResults(readFileSync(log, 'utf8')),
      },
    ),
  );
  await check('units and integration', async note => {
    const report = join(out, 'unit.json');
    rmSync(report, { force: true });
    const postgres = await temporaryPostgres({ env, logs });
    const words = script('test:unit', '--json', `--outputFile=${report}`);
    const run = command('unit', words, {
      env: { ...env, ...postgres.env },
      read: () => jestResults(report),
    });
    const result = await run(note);
    await postgres.stop();
    return { ...result, skips: [...result.skips, ...postgres.skips] };
  });
  await check('lint', () => lint);
  await check('format', () => format);
  await check('types', () => types);
  await check('against an API server', () => conformance);
  await check('in a browser', async note => {
    if (browserSkip) {
      return { passed: 0, failed: 0, skips: [browserSkip] };
    }
    note('bundling the app');
    await app;
    const report = join(out, 'browser.json');
    rmSync(report, { force: true });
    const words = script('test:e2e', '--reporter=line,json');
    const run = command('browser', words, {
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      read: () => playwrightResults(report),
    });
    return run(note);
  });

  return summary({ progress, rows, noSkips: args.includes('--no-skips') });
}

/** A PostgreSQL for the tests of the store, where its programs are. */
async function temporaryPostgres({ env, logs }) {
  const directory = findPostgres(env);
  if (!directory) {
    const what = 'the tests on PostgreSQL: it was not found';
    const skips = [
      { what, count: 1, command: 'apt-get install -y postgresql' },
    ];
    return { env: {}, skips, stop: async () => {} };
  }
  return { skips: [], ...(await startPostgres({ directory, env, logs })) };
}

/** Why the browser tests cannot run here, if they cannot. */
function cannotBrowse({ root, env }) {
  if (!existsSync(join(root, 'playwright.config.ts'))) {
    return {
      what: 'the browser tests: there is no playwright.config.ts',
      count: 1,
    };
  }
  return findChromium(env)
    ? undefined
    : {
        what: 'the browser tests: Chromium was not found',
        count: 1,
        command: 'apt-get install -y chromium',
      };
}
