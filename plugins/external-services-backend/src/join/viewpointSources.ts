import type {
  ResolutionFailure,
  SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import type { SourceRow } from '../database/SourceRow';
import { parseDnsKey } from '../sources/dns/dnsKey';
import type { DnsStatus } from '../sources/dns/DnsStatus';
import { isoTime } from './sourceStatus';

const IN_WORDS: Partial<Record<ResolutionFailure, string>> = {
  'no-answer': 'None of its DNS servers answers',
  refused: 'Its DNS servers refuse to answer the portal',
  'malformed-answer': 'Its DNS servers give answers that cannot be read',
};

/**
 * The viewpoints from which an entity's names are resolved, in the configured
 * order. One that answers nothing is said here, once, and not of each name.
 *
 * @internal
 */
export function viewpointSources(
  dns: Map<string, SourceRow>,
  { config }: { config: Pick<ExternalServicesConfig, 'resolvers'> },
): SourceStatus[] {
  const rowsOf = new Map<string, SourceRow[]>();
  for (const row of dns.values()) {
    const { viewpoint } = parseDnsKey(row.key);
    rowsOf.set(viewpoint, [...(rowsOf.get(viewpoint) ?? []), row]);
  }
  return config.resolvers.flatMap(({ name, title }) => {
    const rows = rowsOf.get(name);
    return rows
      ? { id: `dns:${name}`, kind: 'dns', title, ...statusOf(rows) }
      : [];
  });
}

/** What was asked last knows best whether the viewpoint answers. */
function statusOf(
  rows: SourceRow[],
): Pick<
  SourceStatus,
  'status' | 'error' | 'failure' | 'seenAt' | 'attemptedAt'
> {
  const asked = rows
    .filter(({ checkedAt, status }) => checkedAt !== undefined && status)
    .sort((a, b) => Number(b.checkedAt) - Number(a.checkedAt));
  const [latest] = asked;
  if (!latest) {
    return { status: 'pending' };
  }
  const { shown } = latest.status as DnsStatus;
  const seenAt = Math.max(...asked.map(answeredAt));
  const failure = shown.failure ?? 'no-answer';
  return {
    ...(shown.unanswered
      ? {
          status: 'failed',
          failure,
          error: IN_WORDS[failure] ?? 'Its DNS servers fail at every name',
        }
      : { status: 'ok' }),
    ...(seenAt > 0 && { seenAt: isoTime(seenAt) }),
    attemptedAt: isoTime(Number(latest.checkedAt)),
  };
}

/** Milliseconds; 0 when a name was never answered. */
function answeredAt({ checkedAt = 0, status }: SourceRow): number {
  const { shown, lastGood } = status as DnsStatus;
  return shown.unanswered ? lastGood?.at ?? 0 : checkedAt;
}
