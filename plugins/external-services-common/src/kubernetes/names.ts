import { utf8Length } from './utf8Length';

const LABEL_MAX = 63;
const SUBDOMAIN_MAX = 253;
const PORT_NAME_MAX = 15;

const LABEL_1123 = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN =
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/**
 * Kubernetes `IsDNS1123Label` (apimachinery `util/validation`).
 *
 * @public
 */
export function isDns1123Label(text: string): boolean {
  return text.length <= LABEL_MAX && LABEL_1123.test(text);
}

/**
 * Kubernetes `IsDNS1035Label` (apimachinery `util/validation`).
 *
 * @public
 */
export function isDns1035Label(text: string): boolean {
  return text.length <= LABEL_MAX && LABEL_1035.test(text);
}

/**
 * Kubernetes `IsDNS1123Subdomain` (apimachinery `util/validation`): 253 bytes
 * in all, and no limit for a single label.
 *
 * @public
 */
export function isDns1123Subdomain(text: string): boolean {
  return text.length <= SUBDOMAIN_MAX && SUBDOMAIN.test(text);
}

/**
 * Kubernetes `IsFullyQualifiedDomainName` (apimachinery `util/validation`): one
 * trailing dot is allowed, at least two labels, 63 bytes a label.
 *
 * @public
 */
export function isFullyQualifiedDomainName(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  const labels = name.split('.');
  return (
    isDns1123Subdomain(name) &&
    labels.length >= 2 &&
    labels.every(isDns1123Label)
  );
}

/**
 * Kubernetes `IsValidPortName` (apimachinery `util/validation`); only the name
 * of a `targetPort` has to be one.
 *
 * @public
 */
export function isPortName(text: string): boolean {
  return (
    text.length <= PORT_NAME_MAX &&
    /^[-a-z0-9]+$/.test(text) &&
    /[a-z]/.test(text) &&
    !text.includes('--') &&
    !text.startsWith('-') &&
    !text.endsWith('-')
  );
}

/**
 * Kubernetes `IsQualifiedName` (apimachinery `util/validation`): keys of labels
 * and annotations, and `appProtocol`.
 *
 * @public
 */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  // A second slash is none of the characters of a name.
  const name = text.slice(slash + 1);
  return (
    name.length <= LABEL_MAX &&
    QUALIFIED.test(name) &&
    (slash < 0 || isDns1123Subdomain(text.slice(0, slash)))
  );
}

/**
 * Kubernetes `IsValidLabelValue` (apimachinery `util/validation`).
 *
 * @public
 */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= LABEL_MAX && QUALIFIED.test(text));
}

/**
 * Kubernetes `ValidateAnnotations` looks at the lower-cased key. Go lower-cases
 * rune by rune, so U+0130 becomes a plain `i`, where JavaScript yields two code points.
 *
 * @public
 */
export function isAnnotationKey(text: string): boolean {
  return isQualifiedName(text.replace(/\u0130/g, 'i').toLowerCase());
}

/**
 * Bytes that annotations may have in all, keys and values together.
 * Source: apimachinery `api/validation` TotalAnnotationSizeLimitB.
 *
 * @public
 */
export const MAX_ANNOTATION_BYTES = 262144;

/**
 * Bytes of all keys and values.
 *
 * @public
 */
export function annotationBytes(annotations: Record<string, string>): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + utf8Length(key) + utf8Length(value),
    0,
  );
}
