import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { checkGit, missingTools, withTools } from './tools.mjs';

/** A PATH with nothing but programs that say a version. */
function machine(versions) {
  const folder = mkdtempSync(join(tmpdir(), 'tools-'));
  test.after(() => rmSync(folder, { recursive: true }));
  for (const [name, version] of Object.entries(versions)) {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho ${version}\n`);
    chmodSync(file, 0o755);
  }
  return { PATH: folder };
}

for (const [versions, missing] of [
  [{ node: 'v24.21.0', yarn: '4.18.1' }, []],
  [{ node: 'v22.1.0', yarn: '4.0.0' }, []],
  [{ node: 'v20.20.2' }, ['node@24', '@yarnpkg/cli-dist@4.18.1']],
  [{ node: 'v23.0.0', yarn: '4.1.0' }, ['node@24']],
  [{ node: 'v24.0.0', yarn: '1.22.22' }, ['@yarnpkg/cli-dist@4.18.1']],
]) {
  const name = JSON.stringify(versions);
  test(`gets ${
    missing.join(' and ') || 'nothing'
  } where there is ${name}`, () => {
    assert.deepEqual(missingTools(machine(versions)), missing);
  });
}

test('says how to get git where there is none', () => {
  assert.throws(() => checkGit(machine({})), /apt-get install -y git/);
});

test('finds git where it is', () => {
  checkGit(process.env);
});

test('puts what it got in front of PATH', () => {
  assert.equal(withTools({ PATH: '/bin' }, ['/new']).PATH, '/new:/bin');
});
