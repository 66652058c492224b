const MAX_LENGTH = 63;

/**
 * A name in the cluster for a target: `db.example.com` becomes `external-db`.
 *
 * @param source - host name, or the protocol where the target has no name
 * @internal
 */
export function suggestName(source: string): string {
  return clean(`external-${source.split('.')[0]}`);
}

/**
 * The nearest name that Kubernetes takes (DNS-1035 label), undefined when
 * nothing of the text can stay.
 *
 * @internal
 */
export function repairName(text: string): string | undefined {
  const repaired = clean(text.replace(/^[^a-z]+/i, ''));
  return repaired || undefined;
}

function clean(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
}
