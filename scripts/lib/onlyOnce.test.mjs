import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { onlyOnce } from './onlyOnce.mjs';

const folder = mkdtempSync(join(tmpdir(), 'once-'));
const file = join(folder, 'state/pid');
test.after(() => rmSync(folder, { recursive: true }));

test('takes over from a process that is gone, and notes itself', () => {
  onlyOnce(file);
  assert.ok(existsSync(file));
  writeFileSync(file, '99999999');
  onlyOnce(file);
});

test('names the process that runs already', () => {
  writeFileSync(file, String(process.ppid));
  assert.throws(() => onlyOnce(file), new RegExp(`kill ${process.ppid}`));
});
