/** As long as anybody writes one by hand, and no longer. */
const MAX_LENGTH = 1_000;
/** Commas that stand in no parentheses. */
const SEPARATOR = /,(?![^(]*\))/;
const KEY = '[\\w./-]+';
const EQUALS = new RegExp(`^(${KEY})\\s*(==?|!=)\\s*([\\w.-]*)$`);
const AMONG = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([\\w.,\\s-]*)\\)$`);
const PRESENT = new RegExp(`^(!?)\\s*(${KEY})$`);

/**
 * One condition of a selector.
 *
 * @internal
 */
interface Requirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'absent';
  values: string[];
}

/**
 * A selector of Kubernetes, as in the annotation `backstage.io/kubernetes-label-selector`.
 *
 * @internal
 */
export class LabelSelector {
  readonly #requirements: Requirement[];
  /** `key=value`: what it selects has one of these labels. At least one. */
  readonly anyOf: string[];

  /**
   * Undefined for what is no selector, and for one that names no value: that would
   * select nearly everything.
   */
  static parse(text: string): LabelSelector | undefined {
    if (text.length > MAX_LENGTH) {
      return undefined;
    }
    const requirements = text.split(SEPARATOR).map(readRequirement);
    const named = requirements.find(one => one?.operator === 'in');
    return named && requirements.every(one => one !== undefined)
      ? new LabelSelector(requirements as Requirement[], named)
      : undefined;
  }

  private constructor(requirements: Requirement[], named: Requirement) {
    this.#requirements = requirements;
    this.anyOf = named.values.map(value => `${named.key}=${value}`);
  }

  selects(labels: Record<string, string> = {}): boolean {
    return this.#requirements.every(({ key, operator, values }) => {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      switch (operator) {
        case 'in':
          return value !== undefined && values.includes(value);
        case 'notin':
          return value === undefined || !values.includes(value);
        case 'exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    });
  }
}

function readRequirement(written: string): Requirement | undefined {
  const text = written.trim();
  const equals = EQUALS.exec(text);
  if (equals) {
    const [, key, operator, value] = equals;
    return {
      key,
      operator: operator === '!=' ? 'notin' : 'in',
      values: [value],
    };
  }
  const among = AMONG.exec(text);
  if (among) {
    const [, key, operator, values] = among;
    return {
      key,
      operator: operator as 'in' | 'notin',
      values: values.split(',').map(value => value.trim()),
    };
  }
  const [, not, key] = PRESENT.exec(text) ?? [];
  return key
    ? { key, operator: not ? 'absent' : 'exists', values: [] }
    : undefined;
}
