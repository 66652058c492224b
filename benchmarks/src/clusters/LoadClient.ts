import { type ChildProcess, fork } from 'node:child_process';
import type { LoadApiServer } from './LoadApiServer';

type Method = 'counts' | 'set' | 'reset' | 'change';

/** Asks the other process for something. */
export interface LoadCall {
  id: number;
  method: Method;
  args: unknown[];
}

/** A {@link LoadApiServer} in another process. */
export class LoadClient {
  readonly url: string;
  readonly #child: ChildProcess;
  #calls = 0;

  static async start(): Promise<LoadClient> {
    const child = fork(require.resolve('./loadProcess'), {
      execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
    });
    return new LoadClient(child, (await answerTo(child, 0)) as string);
  }

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    // Each call that is under way listens.
    child.setMaxListeners(0);
  }

  async call<M extends Method>(
    method: M,
    ...args: Parameters<LoadApiServer[M]>
  ): Promise<ReturnType<LoadApiServer[M]>> {
    this.#calls += 1;
    const call: LoadCall = { id: this.#calls, method, args };
    const answer = answerTo(this.#child, call.id);
    this.#child.send(call);
    return answer as Promise<ReturnType<LoadApiServer[M]>>;
  }

  /** Sums over clusters. */
  async counts(names: string[]) {
    const all = await Promise.all(names.map(name => this.call('counts', name)));
    const sum = (field: keyof (typeof all)[number]) =>
      all.reduce((total, counts) => total + counts[field], 0);
    return {
      requests: sum('requests'),
      watches: sum('watches'),
      open: sum('open'),
    };
  }

  stop() {
    this.#child.disconnect();
  }
}

function answerTo(child: ChildProcess, wanted: number): Promise<unknown> {
  return new Promise((done, fail) => {
    const gone = () => fail(new Error('The load server has ended'));
    const listen = ({ id, result }: { id: number; result: unknown }) => {
      if (id === wanted) {
        child.off('message', listen);
        child.off('exit', gone);
        done(result);
      }
    };
    child.on('message', listen);
    child.once('exit', gone);
  });
}
