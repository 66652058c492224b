import { isDnsTarget, type Target } from '../../model/ExternalService';

/**
 * The target with the addresses that stand already in the order in which they
 * stand; new ones keep their places between them. To Kubernetes the order means
 * nothing, but an address moves only by losing what is written about it. Both
 * are in normal form.
 */
export function inStandingOrder(before: Target, wanted: Target): Target {
  if (isDnsTarget(before) || isDnsTarget(wanted)) {
    return wanted;
  }
  const all = new Set(wanted.addresses);
  const standing = before.addresses.filter(address => all.has(address));
  const isStanding = new Set(standing);
  let next = 0;
  const addresses = wanted.addresses.map(address =>
    isStanding.has(address) ? standing[next++] : address,
  );
  return { ...wanted, addresses };
}
