import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';

/**
 * Names that are never for the DNS of the internet, or not for DNS at all: RFC 6761 (with
 * the reverse zones below `arpa`), RFC 6762 (`local`), RFC 7686 (`onion`).
 */
const SPECIAL_USE = ['arpa', 'invalid', 'local', 'localhost', 'onion', 'test'];

/**
 * Which names the portal looks up, as configured.
 *
 * @internal
 */
export type AskedNames = Pick<
  ExternalServicesConfig,
  'clusterDomain' | 'resolution'
>;

/**
 * Whether the portal looks a name up. Anybody who can write a file may have it asked
 * for, and read the answer, which the portal may get from where that person cannot ask.
 *
 * @param name - in lower case, without a final dot
 * @internal
 */
export function isAsked(
  name: string,
  { clusterDomain, resolution }: AskedNames,
): boolean {
  const isBelow = (domain: string) =>
    name === domain || name.endsWith(`.${domain}`);
  return (
    name.includes('.') &&
    !isBelow(clusterDomain) &&
    !isBelow('svc') &&
    !SPECIAL_USE.some(isBelow) &&
    !resolution.deny.some(isBelow) &&
    (resolution.allow.length === 0 || resolution.allow.some(isBelow))
  );
}
