import {
  collectExternalServices,
  type CollectedExternalService,
} from '../manifests/collectExternalServices';
import type { ManifestObject } from '../manifests/ManifestObject';
import type { EditableDocument, EditableFile } from './EditableFile';
import type { MappingSelector } from './ManifestChange';
import { RefusedError } from './RefusedError';

/** What the files say about some names. */
export interface Mentions {
  documents: EditableDocument[];
  objects: ManifestObject[];
  services: CollectedExternalService[];
}

/**
 * Reads all documents that say one of the names, which are those that matter:
 * an object of a mapping has the mapping's name as its own or as a label.
 * Throws RefusedError when a file is too large.
 */
export function readMentions(
  files: EditableFile[],
  names: string[],
  environments: string[],
): Mentions {
  const documents = files.flatMap(file => {
    const indexes = file.mentioning(names);
    if (indexes.length > 0 && file.isTooLarge) {
      throw new RefusedError(
        'unreadable',
        `${file.path} is too large to be read. Split it into smaller files.`,
        { file: file.path, line: 1 },
      );
    }
    return indexes.map(index => file.document(index));
  });
  const objects = documents.flatMap(document => document.objects);
  return {
    documents,
    objects,
    services: collectExternalServices(objects, { environments }),
  };
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

/** True when the text holds the name by itself, not as a part of another. */
function hasWord(text: string, name: string): boolean {
  const isPart = (char: string | undefined) => /[-a-z0-9]/i.test(char ?? ' ');
  let at = text.indexOf(name);
  while (at >= 0) {
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) {
      return true;
    }
    at = text.indexOf(name, at + 1);
  }
  return false;
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
      (namespace === undefined || service.namespace === namespace) &&
      (environment === undefined || service.environment === environment),
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

function placeOf({ path, line }: ManifestObject): string {
  return `${path}:${line}`;
}
