import assert from 'node:assert/strict';
import test from 'node:test';
import { clock, Progress } from './Progress.mjs';

function written(isTTY = false) {
  const out = { isTTY, columns: 60, text: '' };
  out.write = text => {
    out.text += text;
  };
  return out;
}

test('says a step before and after it, with its time', async () => {
  const out = written();
  let time = 0;
  const progress = new Progress(2, { out, now: () => time });
  await progress.step('Install', async () => {
    time = 65_000;
    return 'nothing has changed';
  });
  assert.equal(
    out.text,
    '[1/2] Install …\n✔ [1/2] Install  1:05  nothing has changed\n',
  );
});

test('shows at once on a terminal, in one line', async () => {
  const out = written(true);
  const progress = new Progress(1, { out, now: () => 0 });
  await progress.step('Install', async () => {
    assert.match(out.text, /\[1\/1\] Install {2}0:00/);
  });
  assert.equal(out.text.split('\n').length, 2);
});

test('marks a step that fails', async () => {
  const out = written();
  const progress = new Progress(1, { out, now: () => 0 });
  const failing = progress.step('Install', async () => {
    throw new Error('no network');
  });
  await assert.rejects(failing, /no network/);
  assert.match(out.text, /✖ \[1\/1\] Install/);
});

test('writes a time as minutes and seconds', () => {
  assert.deepEqual([0, 59_999, 600_000].map(clock), ['0:00', '0:59', '10:00']);
});
