/** Where a control plane is: plain data, for other processes. */
export interface ControlPlaneInfo {
  name: string;
  /** Holds its logs, keys and data; gone when it stops. */
  directory: string;
  /** What the API server says it is, `v1.37.2`. */
  version: string;
  /** Address of the API server, `https://127.0.0.1:20123`. */
  server: string;
  /** Kubeconfig of an administrator. */
  kubeconfigPath: string;
  /** CoreDNS, UDP and TCP. Undefined: not started. */
  dns?: { host: string; port: number };
}
