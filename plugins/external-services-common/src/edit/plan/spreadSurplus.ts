import { MAX_ENDPOINTS } from '../../kubernetes/limits';
import { listAt, objectAt, type UntypedObject } from '../../manifests/reading';

/**
 * Moves what is more than a slice may hold to slices of the family with room,
 * and to new ones, whose names come from `nextName`.
 */
export function spreadSurplus(
  slices: UntypedObject[],
  nextName: () => string,
): { slices: UntypedObject[]; created: UntypedObject[] } {
  const surplus: unknown[] = [];
  const cut = slices.map(slice => {
    const endpoints = listAt(slice, 'endpoints');
    surplus.push(...endpoints.slice(MAX_ENDPOINTS));
    return endpoints.length > MAX_ENDPOINTS
      ? { ...slice, endpoints: endpoints.slice(0, MAX_ENDPOINTS) }
      : slice;
  });
  if (surplus.length === 0) {
    return { slices, created: [] };
  }
  const filled = cut.map(slice => {
    const endpoints = listAt(slice, 'endpoints');
    const taken = surplus.splice(0, MAX_ENDPOINTS - endpoints.length);
    return taken.length > 0
      ? { ...slice, endpoints: [...endpoints, ...taken] }
      : slice;
  });
  const created: UntypedObject[] = [];
  while (surplus.length > 0) {
    const model = slices[slices.length - 1];
    created.push({
      ...model,
      metadata: {
        ...objectAt(model, 'metadata'),
        name: nextName(),
      },
      endpoints: surplus.splice(0, MAX_ENDPOINTS),
    });
  }
  return { slices: filled, created };
}
