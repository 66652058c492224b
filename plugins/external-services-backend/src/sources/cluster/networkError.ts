import { ClusterError } from './ClusterError';

const CERTIFICATE: Record<string, string> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another name than the one it is asked by',
};
/** OpenSSL's codes of a chain that ends in no trusted authority. */
const UNTRUSTED =
  /SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|CERT_(?:UNTRUSTED|SIGNATURE)/;
const CAUSES: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ENOTFOUND: 'there is no such host name',
  EAI_AGAIN: 'DNS did not answer',
  EHOSTUNREACH: 'there is no way to its address',
  ENETUNREACH: 'there is no way to its address',
};

/**
 * The failure behind an error of Node's network, in words for a person.
 *
 * @internal
 */
export function networkError(error: unknown): ClusterError {
  if (error instanceof ClusterError) {
    return error;
  }
  const code = String((error as { code?: unknown } | undefined)?.code ?? '');
  if (CERTIFICATE[code]) {
    return new ClusterError('certificate', CERTIFICATE[code]);
  }
  if (UNTRUSTED.test(code)) {
    return new ClusterError(
      'certificate',
      'its certificate comes from an authority that the portal does not trust',
    );
  }
  if (/^ERR_SSL_.*CERT/.test(code)) {
    return new ClusterError(
      'certificate',
      "it does not accept the portal's certificate",
    );
  }
  if (code === 'ETIMEDOUT') {
    return new ClusterError('timeout', 'it did not answer in time');
  }
  const cause = CAUSES[code] ?? (code || 'the connection broke');
  return new ClusterError('unreachable', `it cannot be reached: ${cause}`);
}
