import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import type { ControlPlaneInfo } from '../control-plane/ControlPlaneInfo';
import { Leash } from '../process/Leash';
import { commandLineOf } from './commandLineOf';

const RECORD = 'instance.json';

/** What is written down about a control plane, for other processes. */
export interface InstanceRecord {
  name: string;
  directory: string;
  /** Process that started it. */
  owner: number;
  /** `up`: may be ended by `yarn cluster down`; `code`: ends with its owner. */
  startedBy: 'up' | 'code';
  /** ISO 8601. */
  startedAt: string;
  /** Process of its {@link Leash}, which lives exactly as long as the directory. */
  leash: number;
  /** Set when it is ready. */
  info?: ControlPlaneInfo;
}

/** Thrown when a control plane of that name is there. */
export class InstanceIsRunningError extends Error {
  constructor(readonly record: InstanceRecord) {
    super(
      `A control plane named ${record.name} runs since ${record.startedAt} ` +
        `(process ${record.owner})`,
    );
    this.name = 'InstanceIsRunningError';
  }
}

/** The directory of one control plane, claimed by this process and gone when it is released. */
export class Instance {
  /**
   * Claims a name. The directory is the lock: making one is atomic, and the leash removes it.
   *
   * @throws InstanceIsRunningError when the name is taken.
   */
  static claim(name: string, startedBy: 'up' | 'code'): Instance {
    const directory = directoryOf(name);
    try {
      mkdirSync(directory, { mode: 0o700 });
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      const record = readRecord(directory);
      if (!record) {
        throw new Error(
          `${directory} is just being made by another process, or is what a crash left; ` +
            'try again, then remove it',
        );
      }
      if (isRunning(record)) throw new InstanceIsRunningError(record);
      removeLeftovers(record);
      mkdirSync(directory, { mode: 0o700 });
    }
    return new Instance(name, directory, startedBy);
  }

  private readonly leash: Leash;
  private readonly record: InstanceRecord;

  private constructor(
    name: string,
    readonly directory: string,
    startedBy: 'up' | 'code',
  ) {
    this.leash = Leash.hold(directory);
    this.record = {
      name,
      directory,
      owner: process.pid,
      startedBy,
      startedAt: new Date().toISOString(),
      leash: this.leash.pid ?? 0,
    };
    this.write(this.record);
  }

  /** Tells other processes that it is ready. */
  publish(info: ControlPlaneInfo): void {
    this.write({ ...this.record, info });
  }

  /** Removes the directory and whatever still runs in it. */
  release(): Promise<void> {
    return this.leash.release();
  }

  private write(record: InstanceRecord): void {
    const file = path.join(this.directory, RECORD);
    writeFileSync(`${file}.new`, JSON.stringify(record, null, 2));
    renameSync(`${file}.new`, file);
  }
}

/** The control planes of this user on this machine, those that a crash of the machine left included. */
export function listInstances(): InstanceRecord[] {
  return readdirSync(tmpdir())
    .filter(entry => entry.startsWith(prefix()))
    .map(entry => readRecord(path.join(tmpdir(), entry)))
    .filter(record => record !== undefined);
}

/** Whether it runs: its leash does, and is not a new process with an old id. */
export function isRunning({ leash, directory }: InstanceRecord): boolean {
  return commandLineOf(leash).includes(directory);
}

/** Ends and removes what is left of a control plane whose leash was killed too. */
export function removeLeftovers({ directory }: InstanceRecord): void {
  for (const pid of Object.values(processesOf(directory))) {
    if (commandLineOf(pid).includes(directory)) process.kill(pid, 'SIGKILL');
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}

/** Ids of the processes that run in the directory of a control plane, by name. */
export function processesOf(directory: string): Record<string, number> {
  const pids = path.join(directory, 'pids');
  try {
    return Object.fromEntries(
      readdirSync(pids).map(name => [
        name,
        Number(readFileSync(path.join(pids, name), 'utf8')),
      ]),
    );
  } catch (error) {
    // It is just starting or just ending.
    if (hasCode(error, 'ENOENT')) return {};
    throw error;
  }
}

function prefix(): string {
  return `external-services-cluster-${userInfo().uid}-`;
}

function directoryOf(name: string): string {
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > 40) {
    throw new Error(
      `"${name}" cannot name a control plane: use up to 40 lower-case letters, digits and dashes`,
    );
  }
  return path.join(tmpdir(), prefix() + name);
}

function readRecord(directory: string): InstanceRecord | undefined {
  try {
    return JSON.parse(readFileSync(path.join(directory, RECORD), 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
