import {
  isAnnotationKey,
  isDns1123Label,
  isLabelValue,
  isQualifiedName,
  MAX_ANNOTATION_BYTES,
} from '../../kubernetes/names';
import { utf8Length } from '../../kubernetes/utf8Length';
import type { ObjectMeta } from '../decode/objectMeta';
import { childPath, itemPath } from '../fieldPath';
import type { ReportAt } from '../Problem';

/** How an object's name has to look. */
export interface NameRule {
  isValid(name: string): boolean;
  /** What to write instead. */
  hint: string;
}

const GENERATED_NAME_BASE = 58;

/**
 * `metadata` of a new object.
 * Source: apimachinery `api/validation` ValidateObjectMetaAccessor.
 */
export function validateObjectMeta(
  meta: ObjectMeta,
  nameRule: NameRule,
  minor: number,
  report: ReportAt,
): void {
  if (meta.resourceVersion !== '') {
    // Source: apiserver `registry/generic/registry` Store.Create.
    report(
      'server-set-field',
      'metadata.resourceVersion',
      'resourceVersion is set by the server and must not be given for a new object.',
      'Remove it.',
    );
  }
  validateName(meta, nameRule, report);
  validateNamespace(meta, report);
  if (meta.generation < 0) {
    report(
      'server-set-field',
      'metadata.generation',
      'generation must not be negative.',
      'Remove it; the server counts it.',
    );
  }
  validateFinalizers(meta, report);
  validateShared(meta, minor, report);
}

/**
 * `metadata` of a changed object: its name was accepted before.
 * Source: apimachinery `api/validation` ValidateObjectMetaAccessorUpdate.
 */
export function validateObjectMetaUpdate(
  meta: ObjectMeta,
  minor: number,
  report: ReportAt,
): void {
  validateShared(meta, minor, report);
}

/** Source: apimachinery `api/validation` ValidateObjectMetaAccessor. */
export function validateName(
  meta: ObjectMeta,
  rule: NameRule,
  report: ReportAt,
): void {
  const { generateName } = meta;
  if (generateName !== '' && !rule.isValid(maskTrailingDash(generateName))) {
    report(
      'invalid-name',
      'metadata.generateName',
      `${shown(generateName)} cannot begin a name.`,
      rule.hint,
    );
  }
  const name = meta.name || (generateName && generatedName(generateName));
  if (name === '') {
    report(
      'missing-name',
      'metadata.name',
      'The object has no name.',
      'Add metadata.name.',
    );
  } else if (!rule.isValid(name)) {
    report(
      'invalid-name',
      'metadata.name',
      `${shown(meta.name || generateName)} is not a name for this kind.`,
      rule.hint,
    );
  }
}

/** Source: apimachinery `api/validation` maskTrailingDash. */
function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}

/** Source: apiserver `storage/names` SimpleNameGenerator; the five characters vary. */
function generatedName(base: string): string {
  return `${base.slice(0, GENERATED_NAME_BASE)}xxxxx`;
}

function shown(value: string): string {
  return value.length > 80
    ? `${JSON.stringify(value.slice(0, 77))}…`
    : JSON.stringify(value);
}

/** Source: apimachinery `api/validation` ValidateNamespaceName; a missing one comes from the request. */
function validateNamespace(meta: ObjectMeta, report: ReportAt): void {
  if (meta.namespace !== '' && !isDns1123Label(meta.namespace)) {
    report(
      'invalid-namespace',
      'metadata.namespace',
      `${shown(meta.namespace)} is not the name of a namespace.`,
      'Use lower-case letters, digits and hyphens; at most 63 characters.',
    );
  }
}

function validateShared(
  meta: ObjectMeta,
  minor: number,
  report: ReportAt,
): void {
  validateLabels(meta.labels, 'metadata.labels', report);
  validateAnnotations(meta, report);
  validateOwnerReferences(meta, minor, report);
  validateKubeFinalizers(meta, report);
}

/** Source: apimachinery `meta/v1/validation` ValidateLabels. */
export function validateLabels(
  labels: ReadonlyMap<string, string>,
  path: string,
  report: ReportAt,
): void {
  for (const [key, value] of labels) {
    if (!isQualifiedName(key)) {
      report(
        'invalid-label',
        path,
        `${shown(key)} is not the key of a label.`,
        'Use letters, digits, hyphens, dots and underscores; at most 63 characters after an optional domain and a slash.',
      );
    }
    if (!isLabelValue(value)) {
      report(
        'invalid-label',
        path,
        `${shown(value)} is not a value for the label ${key}.`,
        'Use letters, digits, hyphens, dots and underscores; start and end with a letter or digit; at most 63 characters.',
      );
    }
  }
}

/** Source: apimachinery `api/validation` ValidateAnnotations. */
function validateAnnotations(meta: ObjectMeta, report: ReportAt): void {
  let bytes = 0;
  for (const [key, value] of meta.annotations) {
    bytes += utf8Length(key) + utf8Length(value);
    if (!isAnnotationKey(key)) {
      report(
        'invalid-annotation',
        'metadata.annotations',
        `${shown(key)} is not the key of an annotation.`,
        'Use letters, digits, hyphens, dots and underscores; at most 63 characters after an optional domain and a slash.',
      );
    }
  }
  if (bytes > MAX_ANNOTATION_BYTES) {
    report(
      'invalid-annotation',
      'metadata.annotations',
      `The annotations have ${bytes} bytes; ${MAX_ANNOTATION_BYTES} are allowed.`,
      'Move large values into a ConfigMap.',
    );
  }
}

/** Source: apimachinery `api/validation` ValidateOwnerReferences; indexed since 1.37. */
function validateOwnerReferences(
  meta: ObjectMeta,
  minor: number,
  report: ReportAt,
): void {
  if (meta.ownerReferences.length === 0) {
    return;
  }
  const path = 'metadata.ownerReferences';
  const owners = withoutRepeated(meta.ownerReferences);
  for (const [index, owner] of owners.entries()) {
    const ownerPath = minor >= 37 ? itemPath(path, index) : path;
    const missing = (['apiVersion', 'kind', 'name', 'uid'] as const).filter(
      field =>
        field === 'apiVersion'
          ? !isGroupVersion(owner.apiVersion)
          : owner[field] === '',
    );
    for (const field of missing) {
      report(
        'invalid-owner-reference',
        childPath(ownerPath, field),
        `The owner has no valid ${field}.`,
        'Leave owner references to controllers.',
      );
    }
    if (/^\/?v1$/.test(owner.apiVersion) && owner.kind === 'Event') {
      report(
        'invalid-owner-reference',
        ownerPath,
        'An Event cannot own an object.',
        'Leave owner references to controllers.',
      );
    }
  }
  if (owners.filter(owner => owner.controller).length > 1) {
    report(
      'invalid-owner-reference',
      path,
      'Two owners claim to be the controller.',
      'Leave owner references to controllers.',
    );
  }
}

/** The server drops repeated owners before it looks at them. Source: apiserver `endpoints/handlers` dedupOwnerReferences. */
function withoutRepeated<T>(owners: readonly T[]): T[] {
  const distinct = new Map(
    owners.map(owner => [JSON.stringify(owner), owner] as const),
  );
  return [...distinct.values()];
}

/** Source: apimachinery `runtime/schema` ParseGroupVersion. */
function isGroupVersion(text: string): boolean {
  return /^([^/]*\/)?[^/]+$/.test(text);
}

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

const FINALIZER_HINT = 'Use a name with a domain, such as example.com/cleanup.';

/** Source: `core/validation` validateKubeFinalizerName. */
function validateKubeFinalizers(meta: ObjectMeta, report: ReportAt): void {
  for (const [index, finalizer] of meta.finalizers.entries()) {
    if (!finalizer.includes('/') && !STANDARD_FINALIZERS.includes(finalizer)) {
      report(
        'invalid-finalizer',
        itemPath('metadata.finalizers', index),
        `${shown(finalizer)} is not a finalizer that Kubernetes knows.`,
        FINALIZER_HINT,
      );
    }
  }
}

/** Source: apimachinery `api/validation` ValidateFinalizers. */
function validateFinalizers(meta: ObjectMeta, report: ReportAt): void {
  const path = 'metadata.finalizers';
  for (const finalizer of meta.finalizers) {
    if (!isQualifiedName(finalizer)) {
      report(
        'invalid-finalizer',
        path,
        `${shown(finalizer)} is not the name of a finalizer.`,
        FINALIZER_HINT,
      );
    }
  }
  if (
    meta.finalizers.includes('orphan') &&
    meta.finalizers.includes('foregroundDeletion')
  ) {
    report(
      'invalid-finalizer',
      path,
      'orphan and foregroundDeletion cannot both be set.',
      'Keep one of the two.',
    );
  }
}
