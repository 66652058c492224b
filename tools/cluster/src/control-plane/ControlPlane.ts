import type { Instance } from '../instances/Instance';
import { ClusterClient } from './ClusterClient';
import type { ControlPlaneInfo } from './ControlPlaneInfo';
import type { Servers } from './Servers';

/** How long an API server may take to end before it is killed. */
const DEFAULT_GRACE_MS = 10_000;

/** How an API server is stopped. */
export interface StopOptions {
  /** Time to end by itself; 0 kills it, as a crash would. Default: 10 000. */
  graceMs?: number;
}

/** A control plane that this process started, and that ends with it at the latest. */
export class ControlPlane extends ClusterClient {
  constructor(
    info: ControlPlaneInfo,
    private readonly servers: Servers,
    private readonly instance: Instance,
  ) {
    super(info);
  }

  /** Stops the API server; everything else, and the data, stays. */
  async stopApiServer(options: StopOptions = {}): Promise<void> {
    const { graceMs = DEFAULT_GRACE_MS } = options;
    await this.servers.stop('kube-apiserver', graceMs);
  }

  /** Starts the API server again, at the same address; resolves when it is ready. */
  async startApiServer(): Promise<void> {
    await this.servers.startApiServer();
  }

  /** Stops and starts the API server; resolves when it is ready. */
  async restartApiServer(options?: StopOptions): Promise<void> {
    await this.stopApiServer(options);
    await this.startApiServer();
  }

  /** Ends every process and removes every file. */
  async stop(): Promise<void> {
    await this.servers.stopAll();
    await this.instance.release();
  }
}
