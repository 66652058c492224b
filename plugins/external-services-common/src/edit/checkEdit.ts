import type { CollectedExternalService } from '../manifests/collectExternalServices';
import type { ManifestObject } from '../manifests/ManifestObject';
import {
  type FlatExternalService,
  isDnsTarget,
} from '../model/ExternalService';
import { normalise } from '../model/normalise';
import { validateManifests } from '../validation/validateManifests';
import type { ManifestChange } from './ManifestChange';
import { inStandingOrder } from './plan/inStandingOrder';
import { NotEditableError } from './text/NotEditableError';
import { RefusedError } from './RefusedError';
import { canonical, isSame } from './text/yamlValue';

/** A change of a mapping that is there. */
export type MappingChange = Exclude<ManifestChange, { action: 'add' }>;

/** The mapping as the change wants it, in normal form; undefined when it is to go. */
export function wantedService(
  service: FlatExternalService,
  change: MappingChange,
): FlatExternalService | undefined {
  switch (change.action) {
    case 'retarget': {
      const wanted = normalise({ ...service, target: change.target });
      const target = inStandingOrder(service.target, wanted.target);
      return { ...wanted, target };
    }
    case 'ports':
      return normalise({ ...service, ports: change.ports });
    case 'rename':
      return { ...service, name: change.name };
    default:
      return undefined;
  }
}

/**
 * Throws NotEditableError unless the edited files say what was wanted of the
 * mapping, and of the others what they said before.
 */
export function checkOutcome(
  before: CollectedExternalService[],
  after: CollectedExternalService[],
  mapping: CollectedExternalService,
  wanted: FlatExternalService | undefined,
): void {
  const rest = new Set(after);
  for (const other of before.filter(item => item !== mapping)) {
    const same = [...rest].find(item => isSameMapping(item, other));
    if (!same) {
      throw new NotEditableError(0);
    }
    rest.delete(same);
  }
  const [found, ...further] = rest;
  const isAsWanted =
    wanted && found
      ? further.length === 0 &&
        isIntended(mapping.service, found.service, wanted)
      : !wanted && !found;
  if (!isAsWanted) {
    throw new NotEditableError(0);
  }
}

function isSameMapping(
  a: CollectedExternalService,
  b: CollectedExternalService,
): boolean {
  return a.id === b.id && isSame(a.service, b.service);
}

/** Throws NotEditableError unless both say the same of every mapping. */
export function checkSame(
  services: CollectedExternalService[],
  expected: CollectedExternalService[],
): void {
  const shown = (list: CollectedExternalService[]) =>
    canonical(list.map(summary).sort());
  if (shown(services) !== shown(expected)) {
    throw new NotEditableError(0);
  }
}

function summary({ service, id }: CollectedExternalService): string {
  return canonical({ ...service, id: id ?? null });
}

/** What an alias has no use for comes to light again when it gets addresses. */
function isIntended(
  before: FlatExternalService,
  after: FlatExternalService,
  wanted: FlatExternalService,
): boolean {
  const arranged = inStandingOrder(wanted.target, after.target);
  const sameForm = isDnsTarget(before.target) === isDnsTarget(wanted.target);
  return sameForm
    ? isSame({ ...after, target: arranged }, wanted)
    : isSame(withoutAddressFields(after), withoutAddressFields(wanted));
}

function withoutAddressFields({
  sessionAffinity: _affinity,
  publishNotReadyAddresses: _publish,
  ...service
}: FlatExternalService): FlatExternalService {
  return {
    ...service,
    ports: service.ports.map(({ targetPort: _targetPort, ...port }) => port),
  };
}

/**
 * Throws RefusedError when the API server would refuse something that it took
 * before. `concerns` tells which fields matter, as one mistake may hide others.
 * Default: all.
 */
export function checkAccepted(
  before: ManifestObject[],
  after: ManifestObject[],
  concerns: (path: string) => boolean = () => true,
): void {
  const errors = validateManifests(after).filter(
    ({ severity, path }) => severity === 'error' && concerns(path),
  );
  if (errors.length === 0) {
    return;
  }
  const known = new Set(
    validateManifests(before).map(({ code, path }) => `${code} ${path}`),
  );
  const finding = errors.find(
    ({ code, path }) => !known.has(`${code} ${path}`),
  );
  if (finding) {
    throw new RefusedError(
      'not-accepted',
      `Kubernetes would refuse the result: ${finding.message} ${
        finding.hint ?? ''
      }`.trimEnd(),
      { file: finding.file, line: finding.position?.line },
    );
  }
}
