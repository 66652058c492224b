import {
  FlatExternalService,
  isDnsTarget,
} from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';
import { type AskedNames, isAsked } from './isAsked';

const HOST_NAME =
  /^(?=.{1,253}\.?$)[a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9_])?(\.[a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9_])?)*\.?$/;

/**
 * One name from one viewpoint: what a row of kind `dns` is about.
 *
 * @internal
 */
export interface DnsTargetKey {
  /** Name of the resolver. */
  viewpoint: string;
  /** Lower case, without a final dot. */
  name: string;
}

/**
 * What decides which names are looked up, and from where.
 *
 * @internal
 */
export type DnsConfig = AskedNames &
  Pick<ExternalServicesConfig, 'environments' | 'resolvers'>;

/**
 * True for what a DNS server would take for a name.
 *
 * @internal
 */
export function isHostName(text: string): boolean {
  return HOST_NAME.test(text.toLowerCase());
}

/**
 * Text of a key for the database.
 *
 * @internal
 */
export function formatDnsKey({ viewpoint, name }: DnsTargetKey): string {
  return `${name} ${viewpoint}`;
}

/**
 * The inverse of {@link formatDnsKey}.
 *
 * @internal
 */
export function parseDnsKey(key: string): DnsTargetKey {
  const space = key.indexOf(' ');
  return { name: key.slice(0, space), viewpoint: key.slice(space + 1) };
}

/**
 * The name and the viewpoint that a mapping is to be resolved from, undefined
 * for addresses, for what no DNS server would take for a name, and for what the portal
 * does not look up.
 *
 * @internal
 */
export function dnsKeyOf(
  service: Pick<FlatExternalService, 'target' | 'environment'>,
  config: DnsConfig,
): DnsTargetKey | undefined {
  if (!isDnsTarget(service.target)) {
    return undefined;
  }
  const name = service.target.dnsName.toLowerCase().replace(/\.$/, '');
  return HOST_NAME.test(name) && isAsked(name, config)
    ? { viewpoint: viewpointOf(service.environment, config).resolver, name }
    : undefined;
}

/**
 * From where an environment's names are seen. `counts` tells whether a failure
 * seen from there is a problem of that environment, or only not visible here.
 * A mapping for all environments is seen from production's viewpoint if there
 * is one, else from the first that is configured.
 *
 * @internal
 */
export function viewpointOf(
  environment: string | undefined,
  config: Pick<ExternalServicesConfig, 'environments' | 'resolvers'>,
): { resolver: string; counts: boolean } {
  const candidates =
    environment === undefined
      ? [...config.environments].sort(
          (a, b) => Number(b.production) - Number(a.production),
        )
      : config.environments.filter(({ name }) => name === environment);
  const named = candidates.find(({ resolver }) => resolver)?.resolver;
  return {
    resolver: named ?? config.resolvers[0].name,
    counts: named !== undefined,
  };
}
