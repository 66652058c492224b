import { ClusterError } from './ClusterError';
import { recordOf } from './projectObject';

/**
 * The failure behind an answer of the Kubernetes plugin itself.
 *
 * @param text - the body, an error as Backstage sends it, or nothing
 * @internal
 */
export function kubernetesPluginError(
  status: number,
  text: string,
): ClusterError {
  const { name } = recordOf(bodyOf(text).error);
  const failure = (code: ClusterError['code'], message: string) =>
    new ClusterError(code, message, { status });
  switch (status) {
    case 401:
      return failure(
        'unauthorised',
        'the Kubernetes plugin does not accept the token of the portal',
      );
    case 403:
      return failure(
        'not-collectable',
        'the Kubernetes plugin does not let the portal through: it is denied kubernetes.proxy or kubernetes.clusters.read',
      );
    case 404:
      return name === 'NotFoundError'
        ? failure('not-collectable', 'the Kubernetes plugin does not know it')
        : failure('not-collectable', 'the Kubernetes plugin is not installed');
    case 503:
      return failure('server', 'the Kubernetes plugin is not ready');
    default:
      return name === 'ForwardedError'
        ? failure('unreachable', 'the Kubernetes plugin cannot reach it')
        : failure(
            'server',
            `the Kubernetes plugin failed with status ${status}; its log says why`,
          );
  }
}

/** An error of a request to the plugin, which is `it`, with the plugin by its name. */
export function ofKubernetesPlugin(error: unknown): unknown {
  return error instanceof ClusterError
    ? new ClusterError(
        error.code,
        error.message.replace(/^it(s?)\b/, (_, own) =>
          own ? "the Kubernetes plugin's" : 'the Kubernetes plugin',
        ),
        error,
      )
    : error;
}

/** True for an answer that the API server has given, not what stands before it. */
export function isOfApiServer(text: string): boolean {
  return bodyOf(text).kind === 'Status';
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}
