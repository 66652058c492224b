import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { requireBinaries } from '../binaries/findBinaries';
import { CertificateAuthority } from '../certificates/CertificateAuthority';
import { runCommand } from '../process/runCommand';
import { AdminCredentials, readAdminCredentials } from './AdminCredentials';
import { ApiServerClient } from './ApiServerClient';
import type { ControlPlaneInfo } from './ControlPlaneInfo';
import { kubeconfig } from './kubeconfig';

/** As long as the certificates. */
const TOKEN_DURATION = '720h';

/** Uses a control plane, whichever process started it. */
export class ClusterClient {
  constructor(readonly info: ControlPlaneInfo) {}

  /** Kubeconfig of an administrator. */
  get kubeconfigPath(): string {
    return this.info.kubeconfigPath;
  }

  /**
   * Runs kubectl as administrator; `--as` in `args` makes it somebody else.
   *
   * @returns its standard output.
   * @throws Error with what it wrote to standard error, when it ends with another code than 0.
   */
  async kubectl(args: string[], stdin?: string): Promise<string> {
    const { code, stdout, stderr } = await runCommand(
      requireBinaries().kubectl,
      [
        `--kubeconfig=${this.kubeconfigPath}`,
        `--cache-dir=${path.join(this.info.directory, 'kubectl-cache')}`,
        ...args,
      ],
      { stdin },
    );
    if (code !== 0) {
      throw new Error(`kubectl ${args.join(' ')}: ${stderr.trim()}`);
    }
    return stdout;
  }

  /**
   * Writes a kubeconfig with a token of a service account that is there.
   *
   * @returns its path; it is gone when the control plane stops.
   */
  async serviceAccountKubeconfig(
    namespace: string,
    name: string,
  ): Promise<string> {
    const token = await this.kubectl([
      'create',
      'token',
      name,
      `--namespace=${namespace}`,
      `--duration=${TOKEN_DURATION}`,
    ]);
    const file = path.join(this.info.directory, 'kubeconfigs', namespace, name);
    mkdirSync(path.dirname(file), { recursive: true });
    const content = kubeconfig({
      name: this.info.name,
      server: this.info.server,
      certificateAuthority: this.adminCredentials().ca,
      credentials: { token: token.trim() },
    });
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  }

  /** The authority that its servers and clients trust. */
  authority(): CertificateAuthority {
    const read = (file: string) =>
      readFileSync(path.join(this.info.directory, 'pki', file), 'utf8');
    return CertificateAuthority.of({
      certificate: read('ca.crt'),
      key: read('ca.key'),
    });
  }

  /** For requests that kubectl does not make; the caller closes it. */
  apiServerClient(connections?: number): ApiServerClient {
    return new ApiServerClient(
      this.info.server,
      this.adminCredentials(),
      connections,
    );
  }

  /** What `node:https` needs to ask the API server anything. */
  adminCredentials(): AdminCredentials {
    return readAdminCredentials(this.info.directory);
  }
}
