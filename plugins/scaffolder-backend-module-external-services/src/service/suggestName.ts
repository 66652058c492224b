import { slugOf } from './slugOf';

/** Of a DNS-1035 label. */
const MAX_LENGTH = 63;

/**
 * A name in the cluster for a target: `db.example.com` becomes `external-db`.
 *
 * @param source - host name, or the protocol where the target has no name
 * @internal
 */
export function suggestName(source: string): string {
  return slugOf(`external-${source.split('.')[0]}`, MAX_LENGTH);
}

/**
 * The nearest name that Kubernetes takes (DNS-1035 label), undefined when
 * nothing of the text can stay.
 *
 * @internal
 */
export function repairName(text: string): string | undefined {
  const repaired = slugOf(text.replace(/^[^a-z]+/i, ''), MAX_LENGTH);
  return repaired || undefined;
}
