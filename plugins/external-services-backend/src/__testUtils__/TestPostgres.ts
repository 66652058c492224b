import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const programs = process.env.TEST_POSTGRES_PROGRAMS;

/** A PostgreSQL of its own, for tests that do to it what others would suffer from. */
export class TestPostgres {
  readonly url: string;
  readonly #process: ChildProcess;

  /** False where the programs of PostgreSQL are not at hand. */
  static readonly isAvailable = programs !== undefined;

  static async start(): Promise<TestPostgres> {
    const script = resolve(__dirname, '../../../../scripts/testPostgres.mjs');
    const child = fork(script, [programs!], { execArgv: [] });
    const [url] = await once(child, 'message');
    return new TestPostgres(child, url);
  }

  private constructor(child: ChildProcess, url: string) {
    this.#process = child;
    this.url = url;
  }

  /** Breaks all connections, and returns once new ones can be made. */
  async restart() {
    this.#process.send('restart');
    await once(this.#process, 'message');
  }

  async stop() {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
