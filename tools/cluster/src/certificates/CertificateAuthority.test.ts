import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { CertificateAuthority, KeyPair } from './CertificateAuthority';

const DAY_MS = 24 * 60 * 60 * 1000;

async function connectTo(server: KeyPair, ca: string, client: KeyPair) {
  const listener = createServer(
    {
      cert: server.certificate,
      key: server.key,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    },
    socket => {
      socket.on('error', () => {});
      socket.end(socket.getPeerCertificate().subject.CN as string);
    },
  );
  listener.on('tlsClientError', () => {});
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  try {
    const socket = connect({
      host: '127.0.0.1',
      port: (listener.address() as AddressInfo).port,
      ca,
      cert: client.certificate,
      key: client.key,
    });
    const [user] = await once(socket, 'data');
    return String(user);
  } finally {
    listener.close();
  }
}

describe('CertificateAuthority', () => {
  const server = { commonName: 'server', hosts: ['127.0.0.1', 'localhost'] };
  const client = { commonName: 'system:someone' };
  let authority: CertificateAuthority;

  beforeAll(async () => {
    authority = await CertificateAuthority.create('test authority');
  });

  it('issues certificates that TLS accepts at both ends', async () => {
    await expect(
      connectTo(
        await authority.issue(server),
        authority.certificate,
        await authority.issue(client),
      ),
    ).resolves.toBe('system:someone');
  });

  it('names user, group and hosts as Kubernetes reads them', async () => {
    const { certificate } = await authority.issue({
      ...server,
      organization: 'system:masters',
    });
    const { subject, subjectAltName, ca } = new X509Certificate(certificate);
    expect(subject.split('\n').sort()).toEqual([
      'CN=server',
      'O=system:masters',
    ]);
    expect(subjectAltName).toBe('IP Address:127.0.0.1, DNS:localhost');
    expect(ca).toBe(false);
  });

  it('issues expired ones, which TLS refuses', async () => {
    const expired = await authority.issue({
      ...server,
      notBefore: new Date(Date.now() - 2 * DAY_MS),
      notAfter: new Date(Date.now() - DAY_MS),
    });
    await expect(
      connectTo(expired, authority.certificate, await authority.issue(client)),
    ).rejects.toThrow(/certificate has expired/);
  });

  it('is not trusted for the certificates of another authority', async () => {
    const other = await CertificateAuthority.create('another authority');
    await expect(
      connectTo(
        await other.issue(server),
        authority.certificate,
        await authority.issue(client),
      ),
    ).rejects.toThrow();
  });
});
