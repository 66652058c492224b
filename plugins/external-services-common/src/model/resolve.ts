import type { ExternalService, FlatExternalService } from './ExternalService';

/**
 * The service as one environment sees it.
 *
 * A service without `environments` is the same everywhere, and so is the answer:
 * it carries no environment. One with `environments` exists in those alone;
 * in any other, and when none is asked for, the answer is undefined.
 *
 * Throws an Error when neither the service nor the environment has a target,
 * which `externalServiceSchema` rules out.
 *
 * @public
 */
export function resolve(
  service: ExternalService,
  environment?: string,
): FlatExternalService | undefined {
  const { environments, ...shared } = service;
  if (!environments) {
    return withTarget(shared);
  }
  if (environment === undefined || !Object.hasOwn(environments, environment)) {
    return undefined;
  }
  const { target, ports, namespace } = environments[environment];
  return withTarget(
    {
      ...shared,
      target: target ?? shared.target,
      ports: ports ?? shared.ports,
      namespace: namespace ?? shared.namespace,
    },
    environment,
  );
}

function withTarget(
  service: Omit<ExternalService, 'environments'>,
  environment?: string,
): FlatExternalService {
  const { target } = service;
  if (!target) {
    const where = environment ? ` in environment ${environment}` : '';
    throw new Error(`External service ${service.name} has no target${where}`);
  }
  return environment === undefined
    ? { ...service, target }
    : { ...service, target, environment };
}
