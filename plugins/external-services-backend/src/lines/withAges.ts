import {
  type Mapping,
  type MappingLine,
  type SourceStatus,
  witnessOf,
} from '@external-services/backstage-plugin-external-services-common';
import type { DnsConfig } from '../sources/dns/dnsKey';
import { type Ages, dnsSourceIdOf } from './Ages';

/**
 * A mapping with the ages of now: sources are heard of again and again, and only
 * what they say is stored with its lines.
 *
 * @internal
 */
export function withAges(
  mapping: Mapping,
  sources: SourceStatus[],
  ages: Ages,
  config: DnsConfig,
): Mapping {
  return {
    ...mapping,
    lines: mapping.lines.map(line => lineWithAges(line, sources, ages, config)),
  };
}

function lineWithAges(
  line: MappingLine,
  sources: SourceStatus[],
  ages: Ages,
  config: DnsConfig,
): MappingLine {
  const dnsId = dnsSourceIdOf(
    { target: line.target, environment: line.environment?.name },
    config,
  );
  const checkedAt =
    line.resolution.checkedAt && dnsId
      ? ages.attemptedAt(dnsId) ?? line.resolution.checkedAt
      : line.resolution.checkedAt;
  const resolution = { ...line.resolution, ...(checkedAt && { checkedAt }) };
  const clusters = line.clusters?.map(cluster => {
    const seenAt = ages.clusterSeenAt(cluster.name, cluster.namespace);
    return { ...cluster, ...(cluster.seenAt && seenAt && { seenAt }) };
  });
  const source = sources.find(({ id }) => id === line.declaration?.source);
  const repository = source && {
    title: source.title,
    seenAt: ages.seenAt(source.id) ?? source.seenAt,
  };
  const evidence = { repository, resolution, clusters };
  // What is too old is as old as it was when that was noticed.
  const seenAt = line.stale
    ? line.seenAt
    : witnessOf(line.state, evidence).seenAt;
  const [clustersSeenAt] = (clusters ?? [])
    .flatMap(cluster => cluster.seenAt ?? [])
    .sort();
  const seenBy: Record<string, string | undefined> = {
    repository: repository?.seenAt,
    cluster: clustersSeenAt,
    dns: checkedAt,
  };
  return {
    ...line,
    ...(line.seenAt && seenAt && { seenAt }),
    resolution,
    ...(clusters && { clusters }),
    checks: line.checks.map(check => {
      const checkSeenAt = seenBy[check.check];
      return {
        ...check,
        ...(check.seenAt && checkSeenAt && { seenAt: checkSeenAt }),
      };
    }),
  };
}
