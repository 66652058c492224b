import { indexEndpoints } from '../manifests/endpointsIndex';
import {
  type ExternalServiceKind,
  intendedKind,
  selectsPods,
} from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import type { DecodedKinds } from '../validation/decode/decodeManifest';
import { decodingOf } from '../validation/decode/decodingOf';
import type { Service } from '../validation/decode/service';
import { withServiceDefaults } from '../validation/service/serviceDefaults';
import {
  type AddressSource,
  endpointsSource,
  sliceSource,
} from './AddressSource';

/** A Service and what holds its addresses, decoded. */
export interface LintSubject {
  object: ManifestObject;
  /** With the server's defaults. */
  service: Service;
  sources: AddressSource[];
}

/** All that is linted: Services with their addresses, and addresses without a Service. */
export interface LintSubjects {
  services: LintSubject[];
  sources: AddressSource[];
  orphans: AddressSource[];
}

/** Arranges objects for the rules; those the server could not decode are left out. */
export function lintSubjects(
  objects: ManifestObject[],
  environments: string[],
): LintSubjects {
  const subjects: LintSubject[] = [];
  const sources = new Map<ManifestObject, AddressSource>();
  for (const object of objects) {
    const kind = intendedKind(object.manifest);
    if (kind === 'Service') {
      const service = serviceOf(object);
      if (service) {
        subjects.push({ object, service, sources: [] });
      }
    } else if (kind) {
      const source = sourceOf(object, kind);
      if (source) {
        sources.set(object, source);
      }
    }
  }
  const index = indexEndpoints([...sources.keys()], environments);
  const owned = new Set<ManifestObject>();
  for (const subject of subjects) {
    for (const object of index.endpointsOf(subject.object)) {
      owned.add(object);
      subject.sources.push(sources.get(object)!);
    }
  }
  const all = [...sources.values()];
  return {
    services: subjects,
    sources: all,
    orphans: all.filter(({ object }) => !owned.has(object)),
  };
}

function serviceOf(object: ManifestObject): Service | undefined {
  const service = selectsPods(object.manifest)
    ? undefined
    : decoded(object, 'Service');
  return service && withServiceDefaults(service);
}

function sourceOf(
  object: ManifestObject,
  kind: 'EndpointSlice' | 'Endpoints',
): AddressSource | undefined {
  if (kind === 'EndpointSlice') {
    const slice = decoded(object, kind);
    return slice && sliceSource(object, slice);
  }
  const endpoints = decoded(object, kind);
  return endpoints && endpointsSource(object, endpoints);
}

/** The object as the server reads it; undefined where it cannot, which is no matter of the lint. */
function decoded<Kind extends ExternalServiceKind>(
  object: ManifestObject,
  kind: Kind,
): DecodedKinds[Kind] | undefined {
  const read = decodingOf(object, kind, Infinity);
  return read.problems.every(({ code }) => code === 'unknown-field')
    ? read.decoded
    : undefined;
}
