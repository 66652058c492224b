import type { ManifestObject } from '../manifests/ManifestObject';
import type { Finding } from '../validation/Finding';
import { MAX_DOCUMENTS, MAX_FILE_LENGTH } from '../yaml/limits';
import { ManifestFile, type ObjectSource } from '../yaml/ManifestFile';
import { cutAtSeparators, hasContent } from '../yaml/splitDocuments';
import type { EditFile } from './EditResult';
import { hasWord } from './hasWord';
import { endsWithBreak, lineBreakNear } from './text/textLines';

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
  readonly texts: string[];
  /** Whether the last line has a line break of its own; the text here always has. */
  readonly endsWithBreak: boolean;
  private readonly documents = new Map<number, EditableDocument>();
  private lines: number[] | undefined;

  constructor({ path, content }: EditFile) {
    this.path = path;
    this.endsWithBreak = content === '' || endsWithBreak(content);
    const text = this.endsWithBreak
      ? content
      : content + lineBreakNear(content, content.length);
    this.texts = cutAtSeparators(text).map(document => document.text);
  }

  get isTooLarge(): boolean {
    return (
      this.texts.length > MAX_DOCUMENTS ||
      this.texts.reduce((sum, text) => sum + text.length, 0) > MAX_FILE_LENGTH
    );
  }

  /** True when the file holds no document. */
  get isEmpty(): boolean {
    return !this.texts.some(hasContent);
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

function linesBeforeEach(texts: string[]): number[] {
  let lines = 0;
  return texts.map(text => {
    const before = lines;
    lines += text.match(/\r\n|\r|\n/g)?.length ?? 0;
    return before;
  });
}

/** A JSON file holds one document. */
export function isJson({ path }: EditableFile): boolean {
  return path.toLowerCase().endsWith('.json');
}
