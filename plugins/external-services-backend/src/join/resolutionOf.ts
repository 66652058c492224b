import type { SourceRow } from '../database/SourceRow';
import {
  FlatExternalService,
  isDnsTarget,
  Resolution,
} from '@external-services/backstage-plugin-external-services-common';
import {
  type DnsConfig,
  dnsKeyOf,
  formatDnsKey,
  isHostName,
  viewpointOf,
} from '../sources/dns/dnsKey';
import type { DnsStatus } from '../sources/dns/DnsStatus';
import { dnsStaleMs } from '../sources/dns/dnsStaleMs';
import { isoTime } from './sourceStatus';

/**
 * What is known of names.
 *
 * @internal
 */
export interface KnownNames {
  /** DNS sources by their key. */
  dns: Map<string, SourceRow>;
  /** Keys of those that are looked up. */
  asked: ReadonlySet<string>;
}

/**
 * What DNS says about a mapping. A good answer is a fact wherever it is seen; a
 * bad one counts only where the environment names the viewpoint as its own.
 *
 * @internal
 */
export function resolutionOf(
  service: FlatExternalService,
  { dns, asked }: KnownNames,
  config: DnsConfig,
  now: number,
): { resolution: Resolution; staleAt?: string } {
  const { target } = service;
  const key = dnsKeyOf(service, config);
  if (!isDnsTarget(target) || !isHostName(target.dnsName)) {
    return {
      resolution: { status: 'notApplicable', chain: [], addresses: [] },
    };
  }
  if (!key || !asked.has(formatDnsKey(key))) {
    return { resolution: { status: 'notAsked', chain: [], addresses: [] } };
  }
  const { title: viewpoint, timeoutMs = 0 } =
    config.resolvers.find(({ name }) => name === key.viewpoint) ?? {};
  const row = dns.get(formatDnsKey(key));
  const status = row?.status as DnsStatus | undefined;
  if (!status || row?.checkedAt === undefined) {
    return {
      resolution: { status: 'pending', viewpoint, chain: [], addresses: [] },
    };
  }
  const { shown, since, lastGood, refreshMs } = status;
  const staleAt = row.checkedAt + dnsStaleMs(refreshMs, { timeoutMs });
  const seen = {
    viewpoint,
    chain: shown.chain,
    addresses: shown.addresses,
    checkedAt: isoTime(row.checkedAt),
  };
  if (!shown.failure) {
    return {
      resolution: { status: now < staleAt ? 'resolved' : 'stale', ...seen },
      staleAt: isoTime(staleAt),
    };
  }
  const { counts } = viewpointOf(service.environment, config);
  const failed = counts ? 'failed' : 'notVisibleHere';
  return {
    resolution: {
      status: shown.unanswered ? 'unanswered' : failed,
      ...seen,
      failure: shown.failure,
      failingName: shown.failingName,
      since: isoTime(since),
      ...(lastGood && {
        lastGood: {
          addresses: lastGood.answer.addresses,
          at: isoTime(lastGood.at),
        },
      }),
    },
    staleAt: isoTime(staleAt),
  };
}
