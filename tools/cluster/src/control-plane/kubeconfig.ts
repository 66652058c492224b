/** How a client proves who it is; keys and certificates are PEM. */
export type ClientCredentials =
  | { certificate: string; key: string }
  | { token: string };

/** Options of {@link kubeconfig}. */
export interface KubeconfigOptions {
  /** Name of cluster, user and context. */
  name: string;
  server: string;
  /** PEM. */
  certificateAuthority: string;
  credentials: ClientCredentials;
}

/** Writes a kubeconfig that needs no other file. It is JSON, which is YAML too. */
export function kubeconfig(options: KubeconfigOptions): string {
  const { name, server, certificateAuthority, credentials } = options;
  const user =
    'token' in credentials
      ? credentials
      : {
          'client-certificate-data': base64(credentials.certificate),
          'client-key-data': base64(credentials.key),
        };
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [
        {
          name,
          cluster: {
            server,
            'certificate-authority-data': base64(certificateAuthority),
          },
        },
      ],
      users: [{ name, user }],
      contexts: [{ name, context: { cluster: name, user: name } }],
    },
    null,
    2,
  );
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
