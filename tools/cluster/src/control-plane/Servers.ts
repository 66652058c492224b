import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BinaryName } from '../binaries/findBinaries';
import { ServerProcess } from '../process/ServerProcess';
import { waitUntil } from '../process/waitUntil';
import { readAdminCredentials } from './AdminCredentials';
import type { ControlPlaneOptions } from './ControlPlaneOptions';
import { addressOf, Ports } from './Ports';
import { isDnsReady, probeApiServer } from './probes';
import {
  apiServerArguments,
  controllerManagerArguments,
  corefile,
  etcdArguments,
} from './serverArguments';

const READY_TIMEOUT_MS = 60_000;

/** The controller manager makes it, so it tells that its controllers run. */
const MADE_BY_CONTROLLERS =
  '/api/v1/namespaces/default/serviceaccounts/default';

/** The processes of one control plane: starts them, knows when they are ready, ends them. */
export class Servers {
  private readonly running = new Map<BinaryName, ServerProcess>();

  constructor(
    private readonly directory: string,
    private readonly ports: Ports,
    private readonly binaries: Record<BinaryName, string>,
    private readonly options: ControlPlaneOptions,
  ) {}

  /**
   * Starts them all.
   *
   * @throws Error with the last lines of its log, when one ends or is not ready in time.
   */
  async start(): Promise<void> {
    const { directory, ports, options } = this;
    // The API server waits for etcd by itself.
    this.launch('etcd', etcdArguments(directory, ports));
    await this.startApiServer();

    this.launch(
      'kube-controller-manager',
      controllerManagerArguments(directory),
    );
    if (options.dns !== false) {
      const configuration = path.join(directory, 'Corefile');
      writeFileSync(configuration, corefile(directory, ports, options));
      this.launch('coredns', [`-conf=${configuration}`]);
    }
    await this.until('the controllers to run', () =>
      this.apiServerHas(MADE_BY_CONTROLLERS),
    );
    if (options.dns !== false) {
      await this.until('CoreDNS to be ready', () => isDnsReady(ports.dnsReady));
    }
  }

  async startApiServer(): Promise<void> {
    this.launch(
      'kube-apiserver',
      apiServerArguments(this.directory, this.ports, this.options),
    );
    await this.until('the API server to be ready', () =>
      this.apiServerHas('/readyz'),
    );
  }

  /** Ends one; `graceMs` 0 kills it, as a crash would. */
  async stop(name: BinaryName, graceMs: number): Promise<void> {
    const server = this.running.get(name);
    this.running.delete(name);
    await server?.stop(graceMs);
  }

  /** Kills them all: what they would save is thrown away. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map(name => this.stop(name, 0)));
  }

  private launch(name: BinaryName, args: string[]): void {
    if (this.running.has(name)) throw new Error(`${name} is running`);
    const { directory } = this;
    const command = this.binaries[name];
    const server = ServerProcess.start({ name, command, args, directory });
    this.running.set(name, server);
    server.ended.then(how => {
      if (this.running.get(name) === server) {
        this.options.onUnexpectedEnd?.(unexpectedEnd(server, how));
      }
    });
  }

  private async apiServerHas(apiPath: string): Promise<boolean> {
    const answer = await probeApiServer(
      addressOf(this.ports),
      apiPath,
      readAdminCredentials(this.directory),
    );
    return answer?.status === 200;
  }

  private async until(
    description: string,
    check: () => Promise<boolean>,
  ): Promise<void> {
    const { signal } = this.options;
    await waitUntil(
      () => {
        for (const server of this.running.values()) {
          if (!server.isRunning) throw unexpectedEnd(server);
        }
        return check();
      },
      { description, timeoutMs: READY_TIMEOUT_MS, signal },
    );
  }
}

function unexpectedEnd(server: ServerProcess, how?: string): Error {
  const reason = how ? ` (${how})` : '';
  return new Error(
    `${server.name} ended by itself${reason}:\n${server.lastLines()}`,
  );
}
