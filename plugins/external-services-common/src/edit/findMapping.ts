import {
  collectExternalServices,
  type CollectedExternalService,
} from '../manifests/collectExternalServices';
import { indexEndpoints } from '../manifests/endpointsIndex';
import { nameOf } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import type { EditableDocument, EditableFile } from './EditableFile';
import { hasWord } from './hasWord';
import type { MappingSelector } from './ManifestChange';
import type { EditPlan } from './plan/EditPlan';
import { outcomesOf } from './plan/planAdd';
import { RefusedError } from './RefusedError';

/** Longest text about one mapping: 3000 addresses in any style, and what is edited within 50 ms. */
const MAX_MAPPING_LENGTH = 160 * 1024;

/** What the files say about some names. */
export interface Mentions {
  documents: EditableDocument[];
  objects: ManifestObject[];
  services: CollectedExternalService[];
}

/**
 * Reads all documents that say one of the names, which are those that matter:
 * an object of a mapping has the mapping's name as its own or as a label.
 * `whole` is a file of which all matters. Throws RefusedError when there is too
 * much to read.
 */
export function readMentions(
  files: EditableFile[],
  names: string[],
  environments: string[],
  whole?: EditableFile,
): Mentions {
  const documents = readDocuments(files, names);
  if (whole && documents.every(({ file }) => file !== whole)) {
    documents.push(...whole.texts.map((_text, index) => whole.document(index)));
  }
  const objects = documents.flatMap(document => document.objects);
  return {
    documents,
    objects,
    services: collectExternalServices(objects, { environments }),
  };
}

/** The documents that say one of the names. Throws RefusedError when they are too large. */
function readDocuments(
  files: EditableFile[],
  names: string[],
): EditableDocument[] {
  const documents = files.flatMap(file => {
    const indexes = file.mentioning(names);
    if (indexes.length > 0 && file.isTooLarge) {
      throw new RefusedError(
        'unreadable',
        `${file.path} is too large to be read. Split it into smaller files.`,
        { file: file.path, line: 1 },
      );
    }
    return indexes.map(index => ({ file, index }));
  });
  const length = documents.reduce(
    (sum, { file, index }) => sum + file.texts[index].length,
    0,
  );
  if (length > MAX_MAPPING_LENGTH) {
    const [{ file }] = documents;
    throw new RefusedError(
      'unreadable',
      `${names[0]} has more than ${MAX_MAPPING_LENGTH} characters of manifests, too many to change here. Change it by hand.`,
      { file: file.path, line: 1 },
    );
  }
  return documents.map(({ file, index }) => file.document(index));
}

/** Objects that may have the names of what a plan makes. */
export function namesakes(
  files: EditableFile[],
  plan: EditPlan,
): ManifestObject[] {
  const names = outcomesOf(plan).map(nameOf);
  return readDocuments(files, names).flatMap(({ objects }) => objects);
}

/** A document of ours at the left edge of its text, or a text in which nothing stands there. */
const MAY_BE_OURS =
  /^["']?kind["']?\s*:\s*["']?(Service|Endpoints|EndpointSlice|List)\b/m;
const SAYS_KIND = /^["']?kind["']?\s*:/m;

/** Throws RefusedError when a document that may be about one of the names cannot be read. */
export function refuseUnread({ documents }: Mentions, names: string[]): void {
  documents.forEach(document => refuseUnreadDocument(document, names));
}

function refuseUnreadDocument(
  document: EditableDocument,
  names: string[],
): void {
  const finding = document.findings.find(({ code }) =>
    [
      'template-skipped',
      'aliases-not-supported',
      'unsupported-tag',
      'invalid-yaml',
      'too-large',
      'not-utf8',
    ].includes(code),
  );
  const { text, file } = document;
  const concerns =
    names.some(name => hasWord(text, name)) &&
    (MAY_BE_OURS.test(text) || !SAYS_KIND.test(text));
  if (!finding || !concerns) {
    return;
  }
  const line = finding.position?.line ?? 1;
  const place = { file: file.path, line };
  switch (finding.code) {
    case 'template-skipped':
      throw new RefusedError(
        'template',
        `${file.path}:${line} is generated from a template. Change it there.`,
        place,
      );
    case 'aliases-not-supported':
      throw new RefusedError(
        'alias',
        `${file.path}:${line} uses a YAML alias, which may stand for several places. Write the value out there, or change it by hand.`,
        place,
      );
    default:
      throw new RefusedError(
        'unreadable',
        `${file.path}:${line} cannot be read: ${finding.message} ${
          finding.hint ?? ''
        }`.trimEnd(),
        place,
      );
  }
}

/** The mapping that a selector means; undefined when there is none. */
export function findMapping(
  { services }: Mentions,
  selector: MappingSelector,
): CollectedExternalService | undefined {
  const { name, namespace, environment } = selector;
  const found = services.filter(
    ({ service }) =>
      service.name === name &&
      (namespace === undefined || (service.namespace ?? null) === namespace) &&
      (environment === undefined ||
        (service.environment ?? null) === environment),
  );
  if (found.length > 1) {
    const places = found.map(({ objects }) => placeOf(objects[0])).join(', ');
    throw RefusedError.at(
      found[1].objects[0],
      'ambiguous',
      `declares ${name}, which is declared ${found.length} times (${places}). Say which namespace or environment is meant.`,
    );
  }
  return found[0];
}

/** Refuses a mapping whose addresses another mapping uses as well. */
export function refuseShared(
  { services }: Mentions,
  mapping: CollectedExternalService,
): void {
  for (const other of services) {
    const shared = mapping.objects.find(
      object => other !== mapping && other.objects.includes(object),
    );
    if (shared) {
      throw RefusedError.at(
        shared,
        'shared',
        `belongs to ${placeOf(
          other.objects[0],
        )} as well, so a change would change both. Give each its own.`,
      );
    }
  }
}

/** The mapping with what nothing uses any more: an alias may stand beside the slices it once had. */
export function withLeftovers(
  { objects, services }: Mentions,
  mapping: CollectedExternalService,
  environments: string[],
): CollectedExternalService {
  const used = new Set(services.flatMap(service => service.objects));
  const left = indexEndpoints(objects, environments)
    .endpointsOf(mapping.objects[0])
    .filter(object => !used.has(object));
  return { ...mapping, objects: [...mapping.objects, ...left] };
}

function placeOf({ path, line }: ManifestObject): string {
  return `${path}:${line}`;
}
