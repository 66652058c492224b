import {
  type Cidr,
  cidrContains,
  isFirstOf,
  isLastOf,
  parseCidr,
} from '../kubernetes/cidr';
import type { IpAddress } from '../kubernetes/ipAddress';

/**
 * What is known of one cluster. Rules that depend on a fact that is not given
 * are not decided: they report nothing.
 *
 * @public
 */
export interface ClusterFacts {
  /**
   * Ranges of cluster IPs (`--service-cluster-ip-range`), the primary family
   * first, for example `['10.96.0.0/12']`. Default: unknown.
   */
  serviceRanges?: string[];
  /** First and last port of `--service-node-port-range`. Default: unknown. */
  nodePorts?: [number, number];
}

/**
 * The ranges of cluster IPs, read; undefined while they are unknown.
 *
 * Throws an Error naming a range that is none.
 */
export function serviceRangesOf(facts: ClusterFacts): Cidr[] | undefined {
  return facts.serviceRanges?.map(text => {
    const range = parseCidr(text);
    if (!range) {
      throw new Error(
        `"${text}" is not a range of addresses: write it like 10.96.0.0/12`,
      );
    }
    return range;
  });
}

/**
 * True when a Service can have the address: neither the range's own nor, with
 * IPv4, its broadcast address.
 * Source: `api/servicecidr` PrefixContainsIP; `registry/core/service/ipallocator` New.
 */
export function isAssignable(range: Cidr, ip: IpAddress): boolean {
  return (
    cidrContains(range, ip) &&
    !isFirstOf(range, ip) &&
    !(range.family === 'IPv4' && isLastOf(range, ip))
  );
}
