import { ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { ClusterConfig } from '../config/ExternalServicesConfig';

/** A replica in a process of its own, which can be killed, or put to sleep. */
export class SpawnedReplica {
  readonly #child: ChildProcess;

  /** @param connection - URL of a PostgreSQL database that is migrated */
  constructor(connection: string, clusters: ClusterConfig[], holder: string) {
    this.#child = spawn(
      process.execPath,
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        resolve(__dirname, 'replicaProcess.ts'),
        connection,
        JSON.stringify(clusters),
        holder,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') {
    this.#child.kill(signal);
  }
}
