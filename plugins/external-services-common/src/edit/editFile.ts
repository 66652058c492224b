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
  if (!texts.some(hasContent)) {
    return undefined;
  }
  const left = texts.filter(text => text !== '');
  // Only a document that was taken out leaves an empty piece at the front.
  const content =
    texts[0] === '' && file.texts[0] !== ''
      ? headOf(file.texts[0]) + withoutSeparator(left.join(''), file)
      : left.join('');
  return file.restoreEnd(content);
}

/** What stands at the head of a file and is not about its first document: comments up to a blank line. */
function headOf(text: string): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const comments =
    /^(?:[ \t]*#.*(?:\r\n|\r|\n))+(?:[ \t]*(?:\r\n|\r|\n))+/.exec(
      text.slice(mark.length),
    );
  return mark + (comments?.[0] ?? '');
}

/** The separator goes with the document before it when the file did not begin with one. */
function withoutSeparator(text: string, file: EditableFile): string {
  return file.texts[0].startsWith('---')
    ? text
    : text.replace(/^---[ \t]*(\r\n|\r|\n)/, '');
}
