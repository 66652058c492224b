/** How a control plane shall be. */
export interface ControlPlaneOptions {
  /** Letters, digits and dashes. Default: a name of its own, so that several run side by side. */
  name?: string;
  /** Addresses of Services; two, comma-separated, for dual-stack. Default: `10.96.0.0/12`. */
  serviceRange?: string;
  /** How often the API server compacts etcd, in Go's notation (`5s`). Default: `5m`, the server's own. */
  compactionInterval?: string;
  /** More flags of the API server. Default: none. */
  apiServerFlags?: string[];
  /** Starts CoreDNS. Default: true. */
  dns?: boolean;
  /** DNS servers that CoreDNS asks for names outside the cluster, `127.0.0.1:7053`. Default: none. */
  dnsUpstreams?: string[];
  /** Ends the start, and removes what was started. Default: never. */
  signal?: AbortSignal;
  /** Told when a server ends that nobody stopped. Default: nobody. */
  onUnexpectedEnd?: (error: Error) => void;
}

/** Domain of the cluster's DNS. */
export const CLUSTER_DOMAIN = 'cluster.local';

/** Kubernetes' own default range, which tests and recorded cases expect. */
export const DEFAULT_SERVICE_RANGE = '10.96.0.0/12';
