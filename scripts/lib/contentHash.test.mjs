import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { contentHash } from './contentHash.mjs';

const root = mkdtempSync(join(tmpdir(), 'content-'));
test.after(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, 'a/dist'), { recursive: true });
writeFileSync(join(root, 'a/one.ts'), '1');

const hash = () => contentHash(root, ['a', 'missing']);

test('changes with content and names, not with what is built', () => {
  const first = hash();
  writeFileSync(join(root, 'a/dist/out.js'), 'built');
  assert.equal(hash(), first);

  writeFileSync(join(root, 'a/one.ts'), '2');
  const second = hash();
  assert.notEqual(second, first);

  writeFileSync(join(root, 'a/two.ts'), '');
  assert.notEqual(hash(), second);
});
