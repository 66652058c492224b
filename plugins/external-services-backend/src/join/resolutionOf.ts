import {
  FlatExternalService,
  isDnsTarget,
  Resolution,
} from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import type { SourceRow } from '../database/SourceRow';
import { dnsKeyOf, formatDnsKey, viewpointOf } from '../sources/dns/dnsKey';
import type { DnsStatus } from '../sources/dns/DnsStatus';
import { dnsStaleMs } from '../sources/dns/dnsStaleMs';
import { isoTime } from './sourceStatus';

/**
 * What DNS says about a mapping. A good answer is a fact wherever it is seen; a
 * bad one counts only where the environment names the viewpoint as its own.
 *
 * @internal
 */
export function resolutionOf(
  service: FlatExternalService,
  dns: Map<string, SourceRow>,
  config: Pick<ExternalServicesConfig, 'environments' | 'resolvers'>,
  now: number,
): { resolution: Resolution; staleAt?: string } {
  const key = dnsKeyOf(service, config);
  if (!isDnsTarget(service.target) || !key) {
    return {
      resolution: { status: 'notApplicable', chain: [], addresses: [] },
    };
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
