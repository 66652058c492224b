import { spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listInstances } from '../instances/Instance';
import { waitUntil } from '../process/waitUntil';
import { describeInstance } from './describeInstance';
import { say } from './say';

const READY_TIMEOUT_MS = 120_000;

/** `yarn cluster up --detach`: runs the same command without `--detach`, and waits until it is ready. */
export async function upDetached(): Promise<number> {
  const file = path.join(tmpdir(), `cluster-up-${process.pid}.log`);
  const log = openSync(file, 'wx+', 0o600);
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      ...process.argv.slice(1).filter(argument => argument !== '--detach'),
    ],
    { detached: true, stdio: ['ignore', log, log] },
  );
  child.unref();
  const recordOfChild = () =>
    listInstances().find(({ owner, info }) => owner === child.pid && info);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  try {
    await waitUntil(() => hasEnded() || !!recordOfChild(), {
      description: 'the control plane to be ready',
      timeoutMs: READY_TIMEOUT_MS,
    });
    const record = recordOfChild();
    if (!record) {
      say(readFileSync(file, 'utf8').trim());
      return child.exitCode ?? 1;
    }
    say(describeInstance(record));
    say('"yarn cluster down" stops it and removes its data.');
    return 0;
  } finally {
    rmSync(file);
  }
}
