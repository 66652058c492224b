import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { run, start } from './processes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'processes-'));
const log = join(folder, 'a.log');
test.after(() => rmSync(folder, { recursive: true }));

test('gives each line as it comes and keeps all in the log', async () => {
  const lines = [];
  const { ended, tail } = start('sh', ['-c', 'echo one; echo two >&2'], {
    log,
    onLine: line => lines.push(line),
  });
  assert.equal(await ended, 0);
  assert.deepEqual(lines.sort(), ['one', 'two']);
  assert.deepEqual(tail().split('\n').sort(), ['one', 'two']);
});

test('stops what the program started, too', { timeout: 4_000 }, async () => {
  const program = await new Promise(resolve => {
    const started = start('sh', ['-c', 'sleep 600 & echo ready; wait'], {
      log,
      onLine: () => resolve(started),
    });
  });
  await program.stop();
  // Comes when nobody holds the output any more, the sleeping grandchild included.
  await program.ended;
});

test('leaves the processors to others first, where it is to', async () => {
  const priority = async options => {
    const { child, ended, stop } = start('sleep', ['600'], { log, ...options });
    const found = getPriority(child.pid);
    await stop();
    await ended;
    return found;
  };
  const usual = await priority({});
  assert.equal(usual, getPriority());
  assert.equal(await priority({ background: true }), Math.min(usual + 10, 19));
});

test('ends with the output of what failed', async () => {
  await assert.rejects(
    run('sh', ['-c', 'echo no space left; exit 3'], { log }),
    /no space left[^]*failed \(3\)/,
  );
});

test('names a program that is not there', async () => {
  await assert.rejects(
    run('no-such-program', [], { log }),
    /no-such-program could not be started/,
  );
});
