import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import {
  conformanceResults,
  jestResults,
  playwrightResults,
  tapResults,
} from './results.mjs';
import { summary } from './summary.mjs';

const folder = mkdtempSync(join(tmpdir(), 'results-'));
test.after(() => rmSync(folder, { recursive: true }));

function report(content) {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function summed(rows, noSkips = false) {
  const lines = [];
  const progress = {
    elapsed: 61_000,
    say: text => lines.push(...text.split('\n')),
  };
  const code = summary({ progress, rows, noSkips });
  return { code, lines, last: lines[lines.length - 1] };
}

const row = over => ({
  title: 'units',
  seconds: 2,
  passed: 3,
  failed: 0,
  skips: [],
  ...over,
});

test('ends with the sum over all runners, alone on its line', () => {
  const skips = [{ what: 'browser tests', count: 2, command: 'get it' }];
  const { code, last, lines } = summed([
    { title: 'types', seconds: 1 },
    row(),
    row({ title: 'browser', failed: 1, skips }),
  ]);
  assert.equal(last, '6 passed, 1 failed, 2 skipped');
  assert.equal(code, 1);
  assert.ok(lines.includes('  browser tests (2). To run them: get it'));
});

test('fails when types, which count no tests, fail', () => {
  const { code, last } = summed([
    { title: 'types', seconds: 1, failed: 1 },
    row(),
  ]);
  assert.equal(code, 1);
  assert.equal(last, '3 passed, 1 failed, 0 skipped');
});

test('lets skips pass, but not where none may be', () => {
  const rows = [row({ skips: [{ what: 'a', count: 1 }] })];
  assert.equal(summed(rows).code, 0);
  assert.equal(summed(rows, true).code, 1);
  assert.equal(summed([row()], true).code, 0);
});

test('reads what Jest skipped, by its reason', () => {
  const assertion = (status, ...ancestorTitles) => ({
    status,
    ancestorTitles,
    title: 'works',
    fullName: `${ancestorTitles.join(' ')} works`,
  });
  const file = report({
    numPassedTests: 5,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    testResults: [
      {
        assertionResults: [
          assertion('passed', 'a'),
          assertion('pending', 'b (skipped: Run "yarn cluster build")'),
          assertion('pending', 'b (skipped: Run "yarn cluster build")'),
          assertion('todo', 'c'),
        ],
      },
    ],
  });
  assert.deepEqual(jestResults(file), {
    passed: 5,
    failed: 2,
    skips: [
      { what: 'Run "yarn cluster build"', count: 2 },
      { what: 'c works', count: 1 },
    ],
  });
});

test('counts a runner that left no report as failed', () => {
  const missing = join(folder, 'missing.json');
  assert.equal(jestResults(missing).failed, 1);
  assert.equal(playwrightResults(missing).failed, 1);
});

test('reads the counts of Playwright and of Node', () => {
  const stats = { expected: 4, flaky: 1, unexpected: 2, skipped: 3 };
  const skipped = (...annotations) => ({ status: 'skipped', annotations });
  const why = { type: 'skip', description: 'No cluster. Build one' };
  const file = {
    specs: [{ tests: [skipped(why)] }, { tests: [skipped(why)] }],
    suites: [{ specs: [{ tests: [skipped()] }] }],
  };
  const passed = { specs: [{ tests: [{ status: 'expected' }] }] };
  const suites = [file, passed];
  assert.deepEqual(playwrightResults(report({ stats, suites, errors: [] })), {
    passed: 5,
    failed: 2,
    skips: [
      { what: 'browser tests', count: 1 },
      { what: 'browser tests: No cluster. Build one', count: 2 },
    ],
  });
  assert.deepEqual(
    tapResults('# pass 7\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n'),
    { passed: 7, failed: 2, skips: [] },
  );
});

test('reads what the comparison with an API server came to', () => {
  assert.deepEqual(
    conformanceResults(
      'No disagreement.\n\n1995 decided as the server, 5 not\n',
    ),
    { passed: 1995, failed: 5, skips: [] },
  );
  assert.deepEqual(conformanceResults('SKIPPED: no programs\n').skips, [
    {
      what: 'the comparison with a real API server: no programs',
      count: 1,
    },
  ]);
  assert.equal(conformanceResults('it broke off').failed, 1);
});
