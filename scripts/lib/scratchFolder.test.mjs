import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { scratchFolder } from './scratchFolder.mjs';

const folder = mkdtempSync(join(tmpdir(), 'scratch-'));
test.after(() => rmSync(folder, { recursive: true }));

const place = (name, check = () => {}) => {
  const parent = join(folder, name);
  mkdirSync(parent, { recursive: true });
  return { parent, check };
};

/** A process that has such a folder, says where, and does `then`. */
function owner(name, then) {
  const modules = ['scratchFolder', 'processes'].map(file =>
    JSON.stringify(new URL(`${file}.mjs`, import.meta.url).href),
  );
  const parent = JSON.stringify(place(name).parent);
  return [
    '--input-type=module',
    '--eval',
    `import { mkdirSync, writeFileSync } from 'node:fs';
    import { scratchFolder } from ${modules[0]};
    import { stopOnSignals } from ${modules[1]};
    const path = scratchFolder([{ parent: ${parent}, check: () => {} }]);
    writeFileSync(path + '/file', '');
    console.log(path);
    ${then}`,
  ];
}

test('is empty, and others may look into it', () => {
  const umask = process.umask(0o077);
  const path = scratchFolder([place('one')]);
  process.umask(umask);
  assert.deepEqual(readdirSync(path), []);
  assert.equal(statSync(path).mode % 0o1000, 0o755);
});

test('is elsewhere where the first place will not do, and leaves nothing there', () => {
  const tooSmall = place('small', () => {
    throw new Error('There is too little memory.');
  });
  const good = place('good');
  const path = scratchFolder([tooSmall, good]);
  assert.equal(path.startsWith(good.parent), true);
  assert.deepEqual(readdirSync(tooSmall.parent), []);
  assert.throws(() => scratchFolder([tooSmall]), /too little memory/);
});

test('removes what a run has left that was killed, and leaves alone what runs', () => {
  const { parent, check } = place('left');
  const { pid } = spawnSync(process.execPath, ['--version']);
  const [dead, alive] = [pid, process.ppid].map(number =>
    join(parent, `external-services-tests-${number}`),
  );
  for (const path of [dead, alive]) {
    mkdirSync(path);
    writeFileSync(join(path, 'file'), '');
  }
  scratchFolder([{ parent, check }]);
  assert.equal(existsSync(dead), false);
  assert.equal(existsSync(join(alive, 'file')), true);
});

test('goes with the process that asked for it', () => {
  const { stdout } = spawnSync(process.execPath, owner('brief', ''), {
    encoding: 'utf8',
  });
  assert.match(stdout, /scratch-/);
  assert.equal(existsSync(stdout.trim()), false);
});

test('goes when that process is stopped, but for control planes that are watched over', async () => {
  const child = spawn(
    process.execPath,
    owner(
      'stopped',
      `mkdirSync(path + '/external-services-cluster-0-x');
      stopOnSignals();
      console.log('ready');
      setInterval(() => {}, 60_000);`,
    ),
  );
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes('ready')) {
      break;
    }
  }
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 143);
  assert.deepEqual(readdirSync(said.split('\n')[0]), [
    'external-services-cluster-0-x',
  ]);
});
