import { ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';

/** A port that nobody listens on. */
const NOWHERE = 1;

/**
 * The real Kubernetes plugin in a process of its own: it loads modules in a way
 * that Jest cannot.
 */
export class TestKubernetesPlugin {
  readonly #child: ChildProcess;
  #port = NOWHERE;

  constructor(config: JsonObject) {
    this.#child = spawn(
      process.execPath,
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        resolve(__dirname, 'kubernetesProcess.ts'),
        JSON.stringify(config),
      ],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
  }

  async start() {
    this.#port = (await this.#ask()).port;
  }

  /** Stops it as a portal that is shut down stops it. */
  async stop() {
    await this.#ask();
  }

  end() {
    this.#child.kill('SIGKILL');
  }

  /** Tells a portal where it is. */
  get discovery() {
    const getBaseUrl = async (id: string) =>
      `http://127.0.0.1:${this.#port}/api/${id}`;
    return createServiceFactory({
      service: coreServices.discovery,
      deps: {},
      factory: () => ({ getBaseUrl, getExternalBaseUrl: getBaseUrl }),
    });
  }

  #ask(): Promise<{ port: number }> {
    const answered = new Promise<{ port: number }>(resolveAnswer =>
      // What compiles the program for Node sends messages as well.
      this.#child.on('message', message => {
        if ('port' in Object(message)) {
          resolveAnswer(message as { port: number });
        }
      }),
    );
    this.#child.send('');
    return answered;
  }
}
