import { intendedKind, selectsPods } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { fieldOf, isObject, textAt } from '../manifests/reading';
import { DecodableObject } from '../validation/decode/DecodableObject';
import type { Finding } from '../validation/Finding';
import type { FindingCode } from '../validation/FindingCode';
import {
  type DocumentEvents,
  offsetOf,
  parseDocuments,
} from './DocumentEvents';
import { readYaml, type YamlDocument } from './readYaml';
import {
  isChangingKustomization,
  isPatch,
  isTemplate,
  mayBeTemplate,
  mayHaveDirective,
} from './skippedDocument';
import { countEntries } from './countEntries';
import {
  MAX_BROKEN_DOCUMENTS,
  MAX_DOCUMENTS,
  MAX_ENTRIES,
  MAX_FILE_LENGTH,
} from './limits';
import { Places } from './positions';
import {
  documentStart,
  type DocumentText,
  splitDocuments,
} from './splitDocuments';
import { TextLines } from './TextLines';
import { type YamlProblem, YamlProblemError } from './YamlProblem';

type Note = Pick<Finding, 'message' | 'hint'> & { code: FindingCode };
type FileFinding = Finding & { code: FindingCode };

const TEMPLATE_SKIPPED: Note = {
  code: 'template-skipped',
  message: 'This file is a template; what it becomes is not known here.',
  hint: 'Point the annotation at the rendered manifests to see them.',
};

const KUSTOMIZATION_SKIPPED: Note = {
  code: 'kustomization-skipped',
  message:
    'This kustomization changes the manifests it lists; they are shown as they are written.',
  hint: 'Point the annotation at the rendered manifests to see them as applied.',
};

const PATCH_SKIPPED: Note = {
  code: 'patch-skipped',
  message: 'This is a patch; what it changes is not shown.',
  hint: 'Point the annotation at the rendered manifests to see them as applied.',
};

/** Where an object was read. */
export interface ObjectSource {
  document: DocumentEvents;
  /** Index in the `items` of a `List`. Default: none, the object is a document of its own. */
  item?: number;
}

/** The reading of one file. */
export class ManifestFile {
  readonly objects: ManifestObject[] = [];
  readonly sources = new Map<ManifestObject, ObjectSource>();
  readonly findings: Finding[] = [];
  private readonly lines: TextLines;
  private readonly mayBePatch: boolean;
  private broken = 0;

  constructor(private readonly text: string, private readonly path?: string) {
    this.lines = new TextLines(text);
    this.mayBePatch = mayHaveDirective(text);
  }

  read(): void {
    const surplus = surplusOf(this.text);
    if (surplus) {
      this.reportTooLarge(0, `more than ${surplus}, so it was not read`);
      return;
    }
    const damaged = this.text.indexOf('\ufffd');
    if (damaged >= 0) {
      this.report(damaged, {
        code: 'not-utf8',
        severity: 'error',
        path: '',
        message: 'The file is not UTF-8 text.',
        hint: 'Save it as UTF-8.',
      });
    }
    const text = this.withoutSurplus();
    const whole = mayBeTemplate(text) ? undefined : tryRead(text);
    if (whole) {
      whole.forEach(document => this.judge(document));
    } else {
      // One by one, so that a broken document or a template leaves the others readable.
      splitDocuments(text).every(document => this.readAlone(document));
    }
  }

  private withoutSurplus(): string {
    const surplus = documentStart(this.text, MAX_DOCUMENTS);
    if (surplus === undefined) {
      return this.text;
    }
    this.reportTooLarge(
      surplus,
      `more than ${MAX_DOCUMENTS} documents; those from here on were not read`,
    );
    return this.text.slice(0, surplus);
  }

  /** False when so many documents are broken that no more are read. */
  private readAlone({ text, start }: DocumentText): boolean {
    if (isTemplate(text)) {
      this.skip(start, TEMPLATE_SKIPPED);
      return true;
    }
    if (this.broken === MAX_BROKEN_DOCUMENTS) {
      this.reportTooLarge(
        start,
        `${MAX_BROKEN_DOCUMENTS} broken documents; those from here on were not read`,
      );
      return false;
    }
    try {
      const [document] = parseDocuments(text, start);
      if (document) {
        this.judge(document);
      }
    } catch (error) {
      this.broken += 1;
      this.reportFailure(start, error);
    }
    return true;
  }

  private judge(document: DocumentEvents): void {
    let yaml: YamlDocument;
    try {
      yaml = readYaml(document);
    } catch (error) {
      this.reportFailure(document.textStart, error);
      return;
    }
    if (isChangingKustomization(yaml.value)) {
      this.skip(document.start, KUSTOMIZATION_SKIPPED);
    } else if (isPatch(yaml.value, this.mayBePatch)) {
      this.skip(document.start, PATCH_SKIPPED);
    } else {
      this.take(document, yaml);
    }
  }

  private take(document: DocumentEvents, yaml: YamlDocument): void {
    const before = this.objects.length;
    const places = new Places(document);
    if (isList(yaml.value)) {
      const items = fieldOf(yaml.value, 'items');
      for (const [index, item] of (items as unknown[]).entries()) {
        const { event } = places.placeOf(`items[${index}]`, document.first);
        this.addObject({ document, item: index }, item, event, places);
      }
    } else {
      this.addObject({ document }, yaml.value, document.first, places);
    }
    if (this.objects.length > before) {
      yaml.problems.forEach(problem =>
        this.reportProblem(document.textStart, problem),
      );
    }
  }

  private addObject(
    source: ObjectSource,
    manifest: unknown,
    event: number,
    places: Places,
  ): void {
    if (!isObject(manifest)) {
      return;
    }
    const kind = intendedKind(manifest);
    if (!kind || (kind === 'Service' && selectsPods(manifest))) {
      return;
    }
    const { document } = source;
    const positionOf = (fieldPath: string) => {
      const { offset } = places.placeOf(fieldPath, event);
      return this.lines.positionAt(document.textStart + offset);
    };
    const { line } = this.lines.positionAt(
      document.textStart + offsetOf(document.events[event]),
    );
    const object = new DecodableObject(manifest, this.path, line, positionOf);
    this.objects.push(object);
    this.sources.set(object, source);
  }

  private reportFailure(textStart: number, error: unknown): void {
    // Anything but a problem of the text is a defect of the reader; the file still must not break the rest.
    const problem: YamlProblem =
      error instanceof YamlProblemError
        ? error.problem
        : {
            code: 'invalid-yaml',
            message: `This document cannot be read: ${String(error)}.`,
            hint: 'Write it in plain YAML.',
            path: '',
            offset: 0,
          };
    this.reportProblem(textStart, problem);
  }

  private reportProblem(textStart: number, problem: YamlProblem): void {
    const { offset, ...finding } = problem;
    const undecided =
      problem.code === 'aliases-not-supported' ||
      problem.code === 'unsupported-tag';
    this.report(textStart + offset, {
      severity: undecided ? 'warning' : 'error',
      ...finding,
    });
  }

  private reportTooLarge(offset: number, what: string): void {
    this.report(offset, {
      code: 'too-large',
      severity: 'error',
      path: '',
      message: `The file has ${what}.`,
      hint: 'Split it into smaller files.',
    });
  }

  private skip(start: number, note: Note): void {
    if (!this.findings.some(finding => finding.code === note.code)) {
      this.report(start, { severity: 'info', path: '', ...note });
    }
  }

  private report(offset: number, finding: FileFinding): void {
    this.findings.push({
      ...finding,
      ...(this.path !== undefined && { file: this.path }),
      position: this.lines.positionAt(offset),
    });
  }
}

/** What a file has too much of to be read in the time it may take. */
function surplusOf(text: string): string | undefined {
  if (text.length > MAX_FILE_LENGTH) {
    return `${MAX_FILE_LENGTH} characters`;
  }
  return text.length >= MAX_ENTRIES && countEntries(text) > MAX_ENTRIES
    ? `${MAX_ENTRIES} lines and list items`
    : undefined;
}

const LIST_KINDS = [
  'List',
  'ServiceList',
  'EndpointsList',
  'EndpointSliceList',
];

function isList(value: unknown): boolean {
  return (
    LIST_KINDS.includes(textAt(value, 'kind') ?? '') &&
    Array.isArray(fieldOf(value, 'items'))
  );
}

/** Undefined when one document at least cannot be parsed. */
function tryRead(text: string): DocumentEvents[] | undefined {
  try {
    return parseDocuments(text, 0);
  } catch (error) {
    // The documents are parsed one by one then, and the error is reported there.
    return undefined;
  }
}
