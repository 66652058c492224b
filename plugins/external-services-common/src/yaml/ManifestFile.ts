import { intendedKind, selectsPods } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { fieldOf, isObject, textAt } from '../manifests/reading';
import type { Finding } from '../validation/Finding';
import type { FindingCode } from '../validation/FindingCode';
import { indexPlaces, placeOf, type Places } from './positions';
import { offsetOf, readYaml, type YamlDocument } from './readYaml';
import {
  isChangingKustomization,
  isPatch,
  isTemplate,
} from './skippedDocument';
import { MAX_DOCUMENTS, MAX_FILE_LENGTH } from './limits';
import { type DocumentText, splitDocuments } from './splitDocuments';
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

/** The reading of one file. */
export class ManifestFile {
  readonly objects: ManifestObject[] = [];
  readonly findings: Finding[] = [];
  private readonly lines: TextLines;

  constructor(private readonly text: string, private readonly path?: string) {
    this.lines = new TextLines(text);
  }

  read(): void {
    if (this.text.length > MAX_FILE_LENGTH) {
      this.report(0, {
        code: 'too-large',
        severity: 'error',
        path: '',
        message: `The file has more than ${MAX_FILE_LENGTH} characters, so it was not read.`,
        hint: 'Split it into smaller files.',
      });
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
    const documents = splitDocuments(this.text);
    if (documents.length > MAX_DOCUMENTS) {
      this.report(documents[MAX_DOCUMENTS].start, {
        code: 'too-large',
        severity: 'error',
        path: '',
        message: `The file has more than ${MAX_DOCUMENTS} documents; those from here on were not read.`,
        hint: 'Split it into smaller files.',
      });
    }
    for (const document of documents.slice(0, MAX_DOCUMENTS)) {
      this.readDocument(document);
    }
  }

  private readDocument(document: DocumentText): void {
    if (isTemplate(document.text)) {
      this.skip(document, TEMPLATE_SKIPPED);
      return;
    }
    let yaml: YamlDocument;
    try {
      yaml = readYaml(document.text);
    } catch (error) {
      this.reportFailure(document, error);
      return;
    }
    if (isChangingKustomization(yaml.value)) {
      this.skip(document, KUSTOMIZATION_SKIPPED);
    } else if (isPatch(yaml.value)) {
      this.skip(document, PATCH_SKIPPED);
    } else {
      this.take(document, yaml);
    }
  }

  private take(document: DocumentText, yaml: YamlDocument): void {
    const before = this.objects.length;
    if (isList(yaml.value)) {
      const places = indexPlaces(document.text, yaml.events, 1);
      const items = fieldOf(yaml.value, 'items');
      for (const [index, item] of (items as unknown[]).entries()) {
        const { event } = placeOf(places, `items[${index}]`);
        this.addObject(document, yaml, item, event);
      }
    } else {
      this.addObject(document, yaml, yaml.value, 1);
    }
    if (this.objects.length > before) {
      yaml.problems.forEach(problem => this.reportProblem(document, problem));
    }
  }

  private addObject(
    document: DocumentText,
    yaml: YamlDocument,
    manifest: unknown,
    event: number,
  ): void {
    if (
      !isObject(manifest) ||
      intendedKind(manifest) === undefined ||
      (intendedKind(manifest) === 'Service' && selectsPods(manifest))
    ) {
      return;
    }
    let places: Places | undefined;
    const positionOf = (fieldPath: string) => {
      places ??= indexPlaces(document.text, yaml.events, event);
      const { offset } = placeOf(places, fieldPath);
      return this.lines.positionAt(document.start + offset);
    };
    this.objects.push({
      manifest,
      ...(this.path !== undefined && { path: this.path }),
      line: this.lines.positionAt(document.start + offsetOf(yaml.events[event]))
        .line,
      positionOf,
    });
  }

  private reportFailure(document: DocumentText, error: unknown): void {
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
    this.reportProblem(document, problem);
  }

  private reportProblem(document: DocumentText, problem: YamlProblem): void {
    const { offset, ...finding } = problem;
    const undecided =
      problem.code === 'aliases-not-supported' ||
      problem.code === 'unsupported-tag';
    this.report(document.start + offset, {
      severity: undecided ? 'warning' : 'error',
      ...finding,
    });
  }

  private skip(document: DocumentText, note: Note): void {
    if (!this.findings.some(finding => finding.code === note.code)) {
      this.report(document.start, { severity: 'info', path: '', ...note });
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
