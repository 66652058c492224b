import path from 'node:path';
import {
  ControlPlaneOptions,
  CLUSTER_DOMAIN,
  DEFAULT_SERVICE_RANGE,
} from './ControlPlaneOptions';
import type { Ports } from './Ports';

/**
 * A documentation address, published as the API server's own in `default/kubernetes`:
 * loopback addresses are not allowed there, and nothing connects to it.
 */
const ADVERTISED_ADDRESS = '192.0.2.1';

/** What a cluster without nodes does by itself: the rest of the controllers has nothing to control. */
const CONTROLLERS = [
  'clusterrole-aggregation-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'endpointslice-mirroring-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
];

export function etcdArguments(directory: string, ports: Ports): string[] {
  const pki = (file: string) => path.join(directory, 'pki', file);
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return [
    `--data-dir=${path.join(directory, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    `--cert-file=${pki('server.crt')}`,
    `--key-file=${pki('server.key')}`,
    `--trusted-ca-file=${pki('ca.crt')}`,
    '--client-cert-auth',
    '--log-level=warn',
    // The data is thrown away in the end, so it need not survive a power cut.
    '--unsafe-no-fsync',
  ];
}

export function apiServerArguments(
  directory: string,
  ports: Ports,
  options: ControlPlaneOptions,
): string[] {
  const pki = (file: string) => path.join(directory, 'pki', file);
  return [
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.apiServer}`,
    `--advertise-address=${ADVERTISED_ADDRESS}`,
    `--tls-cert-file=${pki('server.crt')}`,
    `--tls-private-key-file=${pki('server.key')}`,
    `--client-ca-file=${pki('ca.crt')}`,
    `--etcd-servers=https://127.0.0.1:${ports.etcd}`,
    `--etcd-cafile=${pki('ca.crt')}`,
    `--etcd-certfile=${pki('admin.crt')}`,
    `--etcd-keyfile=${pki('admin.key')}`,
    '--authorization-mode=RBAC',
    `--service-account-issuer=https://kubernetes.default.svc.${CLUSTER_DOMAIN}`,
    `--service-account-key-file=${pki('service-accounts.pub')}`,
    `--service-account-signing-key-file=${pki('service-accounts.key')}`,
    `--service-cluster-ip-range=${
      options.serviceRange ?? DEFAULT_SERVICE_RANGE
    }`,
    ...(options.compactionInterval
      ? [`--etcd-compaction-interval=${options.compactionInterval}`]
      : []),
    ...(options.apiServerFlags ?? []),
  ];
}

export function controllerManagerArguments(directory: string): string[] {
  const pki = (file: string) => path.join(directory, 'pki', file);
  return [
    `--kubeconfig=${path.join(directory, 'controller-manager.kubeconfig')}`,
    `--controllers=${CONTROLLERS.join(',')}`,
    '--use-service-account-credentials',
    `--service-account-private-key-file=${pki('service-accounts.key')}`,
    `--root-ca-file=${pki('ca.crt')}`,
    '--leader-elect=false',
    '--secure-port=0',
    // Tests create many objects at once and wait for their slices.
    '--kube-api-qps=200',
    '--kube-api-burst=400',
  ];
}

/** Configuration of CoreDNS as kubeadm writes it, without the parts that need pods. */
export function corefile(
  directory: string,
  ports: Ports,
  options: ControlPlaneOptions,
): string {
  const forward = options.dnsUpstreams?.length
    ? `  forward . ${options.dnsUpstreams.join(' ')}\n`
    : '';
  return `.:${ports.dns} {
  bind 127.0.0.1
  errors
  ready 127.0.0.1:${ports.dnsReady}
  kubernetes ${CLUSTER_DOMAIN} in-addr.arpa ip6.arpa {
    kubeconfig ${path.join(directory, 'kubeconfig')}
    fallthrough in-addr.arpa ip6.arpa
    ttl 30
  }
${forward}  loadbalance
}
`;
}
