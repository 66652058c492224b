import { intendedKind } from '../manifests/kinds';
import { fieldOf, isObject, textAt } from '../manifests/reading';

/** Helm and Go templates, Jinja and Nunjucks, ERB, and the variables of Flux and envsubst. */
const TEMPLATE_MARKERS = ['{{', '{%', '<%', '${'];

const MENTIONS_KIND = /(Service|Endpoints|EndpointSlice|List)\b/;

/** False for most texts, and quickly. */
export function mayBeTemplate(text: string): boolean {
  return TEMPLATE_MARKERS.some(marker => text.includes(marker));
}

/** True when a text is a template for a document rather than a document. */
export function isTemplate(text: string): boolean {
  return (
    mayBeTemplate(text) &&
    mayBeTemplate(withoutComments(text)) &&
    MENTIONS_KIND.test(text)
  );
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, '');
}

/** Fields of a kustomization that change nothing about the files it lists. */
const HARMLESS = ['apiVersion', 'kind', 'metadata', 'resources'];

/** True for a kustomization that changes the manifests it lists. */
export function isChangingKustomization(value: unknown): boolean {
  const kind = textAt(value, 'kind');
  return (
    isObject(value) &&
    (kind === 'Kustomization' || kind === 'Component') &&
    textAt(value, 'apiVersion')?.split('/')[0] === 'kustomize.config.k8s.io' &&
    Object.keys(value).some(key => !HARMLESS.includes(key))
  );
}

/** False for most texts, and quickly: no strategic merge patch has a directive without this. */
export function mayHaveDirective(text: string): boolean {
  return text.includes('$');
}

/**
 * True for a patch: a JSON patch, or a strategic merge patch of one of our
 * kinds, which is looked for only where it can be.
 */
export function isPatch(value: unknown, mayBeMerged: boolean): boolean {
  if (Array.isArray(value)) {
    return (
      value.length > 0 &&
      value.every(
        item =>
          fieldOf(item, 'op') !== undefined &&
          fieldOf(item, 'path') !== undefined,
      )
    );
  }
  return (
    mayBeMerged &&
    isObject(value) &&
    intendedKind(value) !== undefined &&
    hasDirective(value)
  );
}

function hasDirective(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.some(hasDirective);
  }
  return (
    isObject(value) &&
    Object.entries(value).some(
      ([key, child]) => key.startsWith('$') || hasDirective(child),
    )
  );
}
