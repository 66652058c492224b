import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CertificateAuthority } from '../certificates/CertificateAuthority';
import { CLUSTER_DOMAIN } from './ControlPlaneOptions';
import { kubeconfig } from './kubeconfig';

const SERVER_HOSTS = [
  '127.0.0.1',
  'localhost',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  `kubernetes.default.svc.${CLUSTER_DOMAIN}`,
];

/**
 * Writes the keys, certificates and kubeconfigs of a control plane: one authority, one
 * certificate for the servers, one for each client.
 *
 * @returns path of the administrator's kubeconfig.
 */
export async function writePki(
  directory: string,
  name: string,
  server: string,
): Promise<string> {
  const pki = path.join(directory, 'pki');
  mkdirSync(pki);
  const write = (file: string, content: string) =>
    writeFileSync(file, content, { mode: 0o600 });

  const authority = await CertificateAuthority.create(`${name} authority`);
  write(path.join(pki, 'ca.crt'), authority.certificate);
  write(path.join(pki, 'ca.key'), authority.key);

  const serving = await authority.issue({
    commonName: 'kube-apiserver',
    hosts: SERVER_HOSTS,
  });
  write(path.join(pki, 'server.crt'), serving.certificate);
  write(path.join(pki, 'server.key'), serving.key);

  const admin = await authority.issue({
    commonName: 'admin',
    organization: 'system:masters',
  });
  write(path.join(pki, 'admin.crt'), admin.certificate);
  write(path.join(pki, 'admin.key'), admin.key);

  const controllerManager = await authority.issue({
    commonName: 'system:kube-controller-manager',
  });

  const signing = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  write(path.join(pki, 'service-accounts.key'), signing.privateKey);
  write(path.join(pki, 'service-accounts.pub'), signing.publicKey);

  const access = { name, server, certificateAuthority: authority.certificate };
  write(
    path.join(directory, 'controller-manager.kubeconfig'),
    kubeconfig({ ...access, credentials: controllerManager }),
  );
  const adminKubeconfig = path.join(directory, 'kubeconfig');
  write(adminKubeconfig, kubeconfig({ ...access, credentials: admin }));
  return adminKubeconfig;
}
