import { isIP } from 'node:net';
import { generate } from 'selfsigned';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate with its key, both PEM. */
export interface KeyPair {
  certificate: string;
  key: string;
}

/** What a certificate says. */
export interface CertificateRequest {
  /** For a client of Kubernetes: the user. */
  commonName: string;
  /** For a client of Kubernetes: a group. Default: none. */
  organization?: string;
  /** DNS names and IP addresses of a server. Default: none. */
  hosts?: string[];
  /** Default: an hour ago, for clocks that differ. */
  notBefore?: Date;
  /** Default: in 30 days. */
  notAfter?: Date;
}

/** Issues certificates for servers and clients of a control plane, and wrong ones for tests. */
export class CertificateAuthority {
  static async create(commonName: string): Promise<CertificateAuthority> {
    const root = await generate([{ name: 'commonName', value: commonName }], {
      ...validity({}),
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    });
    return new CertificateAuthority(root.cert, root.private);
  }

  /** The authority that such a certificate and key, both PEM, are of. */
  static of({ certificate, key }: KeyPair): CertificateAuthority {
    return new CertificateAuthority(certificate, key);
  }

  private constructor(
    /** The authority's own certificate, PEM. */
    readonly certificate: string,
    /** PEM; whoever has it issues what everybody trusts. */
    readonly key: string,
  ) {}

  /** Issues a certificate that is good for both ends of a connection. */
  async issue(request: CertificateRequest): Promise<KeyPair> {
    const { commonName, organization, hosts = [] } = request;
    const subject = [{ name: 'commonName', value: commonName }];
    if (organization) {
      subject.push({ name: 'organizationName', value: organization });
    }
    const altNames = hosts.map(host =>
      isIP(host)
        ? { type: 7 as const, ip: host }
        : { type: 2 as const, value: host },
    );
    const issued = await generate(subject, {
      ...validity(request),
      keyType: 'ec',
      algorithm: 'sha256',
      ca: { key: this.key, cert: this.certificate },
      extensions: [
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
        ...(altNames.length
          ? [{ name: 'subjectAltName' as const, altNames }]
          : []),
      ],
    });
    return { certificate: issued.cert, key: issued.private };
  }
}

function validity({ notBefore, notAfter }: Partial<CertificateRequest>) {
  return {
    notBeforeDate: notBefore ?? new Date(Date.now() - DAY_MS / 24),
    notAfterDate: notAfter ?? new Date(Date.now() + 30 * DAY_MS),
  };
}
