import type { UntypedObject } from '../manifests/reading';
import { hasContent } from '../yaml/splitDocuments';
import {
  appendedDocuments,
  appendToJson,
  editDocument,
  type EditedPiece,
} from './DocumentEdit';
import {
  type EditableDocument,
  type EditableFile,
  isJson,
  saysSomething,
} from './EditableFile';
import type { EditPlan } from './plan/EditPlan';
import { notEditable } from './RefusedError';
import { NotEditableError } from './text/NotEditableError';
import { lineBreakNear } from './text/textLines';

/** A file after an edit. */
export interface EditedFile {
  file: EditableFile;
  /** Undefined when the file holds nothing any more. */
  content: string | undefined;
  /** The pieces of the file that changed, by their index; new ones come last. */
  pieces: Map<number, EditedPiece>;
}

/** Carries a plan out in one file. Throws NotEditableError, YamlProblemError. */
export function editFile(
  file: EditableFile,
  documents: EditableDocument[],
  plan: EditPlan,
): EditedFile {
  const pieces = new Map(
    documents.map(document => [document.index, edited(document, plan)]),
  );
  for (const { path, manifests } of plan.appended) {
    if (path === file.path) {
      append(file, pieces, manifests);
    }
  }
  const texts = [...file.texts];
  pieces.forEach(({ text }, index) => {
    texts[index] = text;
  });
  return { file, content: contentOf(file, texts), pieces };
}

function edited(document: EditableDocument, plan: EditPlan): EditedPiece {
  try {
    return editDocument(document, plan);
  } catch (error) {
    if (!(error instanceof NotEditableError)) {
      throw error;
    }
    throw notEditable({
      path: document.file.path,
      line: document.file.lineAt(document.index, error.offset),
    });
  }
}

function append(
  file: EditableFile,
  pieces: Map<number, EditedPiece>,
  manifests: UntypedObject[],
): void {
  const last = file.texts.findLastIndex(hasContent);
  const document = last < 0 ? undefined : file.document(last);
  if (document && isJson(file)) {
    pieces.set(last, appendToJson(document, manifests));
    return;
  }
  const newline = lineBreakNear(file.texts.join(''), 0);
  pieces.set(
    file.texts.length,
    appendedDocuments(file, document, newline, manifests),
  );
}

function contentOf(file: EditableFile, texts: string[]): string | undefined {
  if (!texts.some(saysSomething)) {
    return undefined;
  }
  // Only a document that was taken out leaves an empty piece.
  const isGone = (index: number) =>
    texts[index] === '' && file.texts[index] !== '';
  const last = file.texts.length - 1;
  const head = isGone(0) ? headOf(file.texts[0]) : '';
  const tail = isGone(last) ? tailOf(file.texts[last]) : '';
  const rest = texts.join('') + tail;
  // The separator goes with the document before it, unless that leaves its own.
  const keepsSeparator =
    !isGone(0) || file.texts[0].startsWith('---') !== head.startsWith('---');
  return file.restoreEnd(
    head + (keepsSeparator ? rest : rest.replace(/^---[ \t]*(\r\n|\r|\n)/, '')),
  );
}

/** What is about the file that it stands in, even right above a document. */
const ABOUT_FILE = /copyright|licen[cs]e|spdx|yaml-?lint|yaml-language-server/i;

/**
 * What stands at the head of a file and is not about its first document:
 * comments up to a blank line, or about the rights in it or for a tool.
 */
function headOf(text: string): string {
  const [mark, byteOrder] = /^(\ufeff?)(?:---[ \t]*(?:\r\n|\r|\n))?/.exec(
    text,
  )!;
  const [comments] = /^(?:[ \t]*#.*(?:\r\n|\r|\n))*/.exec(
    text.slice(mark.length),
  )!;
  const [blank] = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(
    text.slice(mark.length + comments.length),
  )!;
  const isOfFile =
    comments !== '' && (blank !== '' || ABOUT_FILE.test(comments));
  return isOfFile ? mark + comments + blank : byteOrder;
}

/** What stands at the end of a file and is not about its last document: comments behind a blank line. */
function tailOf(text: string): string {
  const lines = text.split(/(?<=\n|\r(?!\n))/);
  const content = lines.findLastIndex(
    line => !/^[ \t]*(#|[\r\n]|$)/.test(line),
  );
  const blank = lines.findIndex(
    (line, index) => index > content && line.trim() === '',
  );
  const tail = blank < 0 ? '' : lines.slice(blank).join('');
  return tail.includes('#') ? tail : '';
}
