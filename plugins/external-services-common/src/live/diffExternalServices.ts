import {
  type ExternalServicePort,
  type FlatExternalService,
  isDnsTarget,
} from '../model/ExternalService';
import { normalise } from '../model/normalise';
import type { Difference, DifferenceField } from './Difference';
import { withoutTools } from './withoutTools';

/** Most items of a list that a difference names. */
const MAX_NAMED = 10;
/** A value is shown in a table; an annotation can be very long. */
const MAX_LENGTH = 200;

/**
 * Where a cluster runs something else than what is declared; empty when both
 * mean the same. Both sides are compared in normal form, so that defaults,
 * spelling and the order of addresses and ports do not count. Nor does what
 * only the cluster has: a namespace that the declaration leaves open, and labels
 * and annotations that deployers and controllers add.
 *
 * @public
 */
export function diffExternalServices(
  declared: FlatExternalService,
  live: FlatExternalService,
): Difference[] {
  const wanted = normalise(declared);
  const found = normalise(live);
  const differences: Difference[] = [];
  const compare = (field: DifferenceField, a: string, b: string) => {
    if (a !== b) {
      differences.push({ field, declared: short(a), live: short(b) });
    }
  };
  const compareSets = (field: DifferenceField, a: string[], b: string[]) =>
    compare(field, listed(without(a, b)), listed(without(b, a)));

  compare('name', wanted.name, found.name);
  if (wanted.namespace) {
    compare('namespace', wanted.namespace, found.namespace ?? '');
  }
  if (isDnsTarget(wanted.target) || isDnsTarget(found.target)) {
    compare('kind', kindOf(wanted), kindOf(found));
    compare('target', targetOf(wanted), targetOf(found));
  } else {
    compareSets('addresses', wanted.target.addresses, found.target.addresses);
    compare(
      'headless',
      String(wanted.target.headless ?? false),
      String(found.target.headless ?? false),
    );
    compareSets(
      'hostnames',
      pairs(wanted.target.hostnames),
      pairs(found.target.hostnames),
    );
  }
  compareSets('ports', wanted.ports.map(portText), found.ports.map(portText));
  compare('sessionAffinity', affinityOf(wanted), affinityOf(found));
  compare(
    'publishNotReadyAddresses',
    String(wanted.publishNotReadyAddresses ?? false),
    String(found.publishNotReadyAddresses ?? false),
  );
  for (const field of ['labels', 'annotations'] as const) {
    const chosen = withoutTools(wanted[field]);
    const same = Object.entries(found[field] ?? {}).filter(([key]) =>
      Object.hasOwn(chosen, key),
    );
    compareSets(field, pairs(chosen), pairs(Object.fromEntries(same)));
  }
  return differences;
}

function without(items: string[], others: string[]): string[] {
  const known = new Set(others);
  return items.filter(item => !known.has(item));
}

function listed(items: string[]): string {
  const named = items.slice(0, MAX_NAMED).join(', ');
  return items.length > MAX_NAMED
    ? `${named}, … (+${items.length - MAX_NAMED})`
    : named;
}

function short(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}

function kindOf({ target }: FlatExternalService): string {
  return isDnsTarget(target) ? 'dns-alias' : 'fixed-addresses';
}

function targetOf({ target }: FlatExternalService): string {
  return isDnsTarget(target) ? target.dnsName : listed(target.addresses);
}

function portText(port: ExternalServicePort): string {
  return [
    port.name,
    `${port.port}/${port.protocol}`,
    port.targetPort !== undefined && `→ ${port.targetPort}`,
    port.appProtocol && `(${port.appProtocol})`,
  ]
    .filter(Boolean)
    .join(' ');
}

function affinityOf({ sessionAffinity }: FlatExternalService): string {
  return sessionAffinity ? `ClientIP ${sessionAffinity.timeoutSeconds} s` : '';
}

function pairs(values: Record<string, string> = {}): string[] {
  return Object.entries(values).map(([key, value]) => `${key}=${value}`);
}
