import type { ManifestObject } from '../manifests/ManifestObject';
import type { Finding } from '../validation/Finding';
import { MAX_DOCUMENTS, MAX_FILE_LENGTH } from '../yaml/limits';
import { ManifestFile, type ObjectSource } from '../yaml/ManifestFile';
import {
  cutAtSeparators,
  documentStart,
  hasContent,
} from '../yaml/splitDocuments';
import type { EditFile } from './EditResult';
import { hasWord } from './hasWord';
import { endsWithBreak, lineBreakNear, skipTrivia } from './text/textLines';

const LINE_BREAKS = /\r\n|\r|\n/g;

/** A piece of a file from one separator to the next. */
export interface EditableDocument {
  file: EditableFile;
  index: number;
  /** Ends with a line break. */
  text: string;
  objects: ManifestObject[];
  /** Where the objects stand in `text`. */
  sources: Map<ManifestObject, ObjectSource>;
  findings: Finding[];
}

/** A file in pieces that are read when they are asked for. */
export class EditableFile {
  readonly path: string;
  readonly content: string;
  readonly texts: string[];
  /** Whether the last line has a line break of its own; the text here always has. */
  private readonly endsWithBreak: boolean;
  /** Such a file is in one piece, and not read. */
  readonly isTooLarge: boolean;
  private readonly documents = new Map<number, EditableDocument>();
  private lines: number[] | undefined;

  constructor({ path, content }: EditFile) {
    this.path = path;
    this.content = content;
    this.endsWithBreak = content === '' || endsWithBreak(content);
    const text = this.endsWithBreak
      ? content
      : content + lineBreakNear(content, content.length);
    this.isTooLarge = isTooLarge(content);
    this.texts = this.isTooLarge
      ? [text]
      : cutAtSeparators(text).map(document => document.text);
  }

  /** A text of this file, which ends with a line break, as the file ends. */
  restoreEnd(text: string): string {
    return this.endsWithBreak ? text : text.replace(/(\r\n|\r|\n)$/, '');
  }

  /** Indexes of the pieces that say one of the names, or may say it in escapes. */
  mentioning(names: string[]): number[] {
    return this.texts.flatMap((text, index) =>
      isJson(this) ||
      text.includes('\\') ||
      names.some(name => hasWord(text, name))
        ? [index]
        : [],
    );
  }

  document(index: number): EditableDocument {
    const known = this.documents.get(index);
    if (known) {
      return known;
    }
    const text = this.texts[index];
    const offset = this.linesBefore(index);
    const read = new ManifestFile(text, this.path);
    read.read();
    const objects = read.objects.map(object => ({
      ...object,
      line: object.line + offset,
    }));
    const document: EditableDocument = {
      file: this,
      index,
      text,
      objects,
      sources: new Map(
        objects.map((object, i) => [
          object,
          read.sources.get(read.objects[i])!,
        ]),
      ),
      findings: read.findings.map(finding => ({
        ...finding,
        ...(finding.position && {
          position: {
            ...finding.position,
            line: finding.position.line + offset,
          },
        }),
      })),
    };
    this.documents.set(index, document);
    return document;
  }

  /** The line of an offset in a piece; of its content where that begins later. */
  lineAt(index: number, offset: number): number {
    const text = this.texts[index];
    const marker = text.startsWith('---') ? 3 : 0;
    const before = text.slice(0, Math.max(offset, skipTrivia(text, marker)));
    const lines = before.match(LINE_BREAKS)?.length ?? 0;
    return this.linesBefore(index) + lines + 1;
  }

  /** The piece that holds a line, counted from 1. */
  documentAtLine(line: number): EditableDocument | undefined {
    const index = this.texts.findLastIndex(
      (_text, candidate) => this.linesBefore(candidate) < line,
    );
    return index < 0 ? undefined : this.document(index);
  }

  private linesBefore(index: number): number {
    this.lines ??= linesBeforeEach(this.texts);
    return this.lines[index];
  }
}

/** True for what `parseManifests` does not read, or not to its end. */
export function isTooLarge(content: string): boolean {
  return (
    content.length > MAX_FILE_LENGTH ||
    documentStart(content, MAX_DOCUMENTS) !== undefined
  );
}

function linesBeforeEach(texts: string[]): number[] {
  let lines = 0;
  return texts.map(text => {
    const before = lines;
    lines += text.match(LINE_BREAKS)?.length ?? 0;
    return before;
  });
}

/** True when a piece holds something that a person would miss: content, or a comment. */
export function saysSomething(text: string): boolean {
  return hasContent(text) || text.includes('#');
}

/** A JSON file holds one document. */
export function isJson({ path }: EditableFile): boolean {
  return path.toLowerCase().endsWith('.json');
}
