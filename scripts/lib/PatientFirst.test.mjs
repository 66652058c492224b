import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test from 'node:test';
import PatientFirst from './PatientFirst.cjs';

const folder = mkdtempSync(join(tmpdir(), 'patient-first-'));
test.after(() => rmSync(folder, { recursive: true }));

/** Names of files in the order in which they run. */
function order(files, durations = {}) {
  const cacheFile = join(folder, 'durations.json');
  const context = {
    config: { cache: true },
    hasteFS: { getSize: path => files[basename(path)].length },
  };
  const sequencer = new PatientFirst();
  // As Jest itself finds what it noted in its last run.
  sequencer._getCachePath = () => cacheFile;
  const noted = Object.entries(durations).map(([name, ms]) => [
    join(folder, name),
    [1, ms],
  ]);
  writeFileSync(cacheFile, JSON.stringify(Object.fromEntries(noted)));
  const tests = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return { path, context };
  });
  return sequencer.sort(tests).map(({ path }) => basename(path));
}

const FILES = {
  'large.test.ts': `it('adds', () => {});\n// ${'-'.repeat(500)}`,
  'all.test.ts': 'jest.setTimeout(120_000);',
  'one.test.ts': "it('waits', async () => {\n}, 60000);",
  'small.test.ts': "it('adds', () => {});",
};

test('begins with what asks for most time, then with the largest file', () => {
  assert.deepEqual(order(FILES), [
    'all.test.ts',
    'one.test.ts',
    'large.test.ts',
    'small.test.ts',
  ]);
});

test('leaves the order to Jest once it knows how long they take', () => {
  const [first] = order(FILES, { 'small.test.ts': 9_000 });
  assert.notEqual(first, 'all.test.ts');
});
