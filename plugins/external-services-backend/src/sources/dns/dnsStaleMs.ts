import type { ResolverConfig } from '../../config/ExternalServicesConfig';
import { TRIES } from './resolveName';

/**
 * For how long an answer is new enough, in milliseconds after the question: the next
 * one may take all tries.
 *
 * @param refreshMs - when it is asked again
 * @internal
 */
export function dnsStaleMs(
  refreshMs: number,
  { timeoutMs }: Pick<ResolverConfig, 'timeoutMs'>,
): number {
  return 2 * refreshMs + TRIES * timeoutMs;
}
