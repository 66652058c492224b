import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { waitUntil } from '../process/waitUntil';
import { commandLineOf } from './commandLineOf';
import { Instance, isRunning, listInstances } from './Instance';

describe('Instance', () => {
  const instances: Instance[] = [];
  const claim = (name: string) => {
    const instance = Instance.claim(name, 'code');
    instances.push(instance);
    return instance;
  };
  const recordOf = (name: string) =>
    listInstances().find(record => record.name === name)!;
  const startServerIn = (directory: string) => {
    // Its command line names the directory, as those of the real servers do.
    const { pid } = spawn('sh', ['-c', 'read -r _; true', directory]);
    mkdirSync(path.join(directory, 'pids'));
    writeFileSync(path.join(directory, 'pids', 'server'), String(pid));
    return pid!;
  };
  const endOf = (pid: number) =>
    waitUntil(() => commandLineOf(pid) === '', {
      description: `process ${pid} to end`,
      timeoutMs: 5_000,
    });

  afterEach(async () => {
    await Promise.all(instances.splice(0).map(each => each.release()));
  });

  it('is there once, for one owner', () => {
    claim('once');
    expect(recordOf('once')).toMatchObject({ owner: process.pid });
    expect(isRunning(recordOf('once'))).toBe(true);
    expect(() => claim('once')).toThrow(
      `A control plane named once runs since`,
    );
  });

  it('takes what runs in it with it', async () => {
    const instance = claim('released');
    const pid = startServerIn(instance.directory);
    await instance.release();
    expect(existsSync(instance.directory)).toBe(false);
    await endOf(pid);
  });

  it('takes over what a crash left, its leash included', async () => {
    const crashed = claim('crashed');
    const pid = startServerIn(crashed.directory);
    process.kill(recordOf('crashed').leash, 'SIGKILL');
    await endOf(recordOf('crashed').leash);
    expect(isRunning(recordOf('crashed'))).toBe(false);

    claim('crashed');
    expect(isRunning(recordOf('crashed'))).toBe(true);
    await endOf(pid);
  });

  it.each(['', 'Upper', '../up', 'a'.repeat(41)])(
    'refuses the name "%s"',
    name => {
      expect(() => claim(name)).toThrow(/cannot name a control plane/);
    },
  );
});
