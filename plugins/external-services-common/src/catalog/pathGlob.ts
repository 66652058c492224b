/** Alternatives in braces multiply; a pattern with more is read as plain text. */
const MAX_ALTERNATIVES = 64;

/**
 * True when a path of `external-services/manifests` is a pattern: it has `*`,
 * `?` or braces.
 *
 * @public
 */
export function isPathGlob(pattern: string): boolean {
  return /[*?{]/.test(pattern);
}

/**
 * How much matching may be done, in comparisons. What is left counts down; nothing
 * matches any more when none is.
 *
 * @public
 */
export interface MatchingBudget {
  left: number;
}

/**
 * Makes a test for paths. `*` stands for any part of a name, `?` for one
 * character, `**` between slashes for any number of folders, `{a,b}` for either.
 *
 * Patterns come from whoever can write a catalog file, so the time is bounded by
 * the length of the pattern times that of the path, whatever they hold; of many
 * together by the budget, of which the default is no end.
 *
 * @public
 */
export function pathGlob(
  pattern: string,
  budget: MatchingBudget = { left: Infinity },
): (path: string) => boolean {
  const alternatives = expandBraces(pattern).map(text =>
    text.split('/').map(part => ({ part, characters: [...part] })),
  );
  return path => {
    if (budget.left < 0) {
      return false;
    }
    const names = path.split('/').map(name => [...name]);
    return alternatives.some(parts =>
      matches(
        parts,
        names,
        ({ part }) => part === '**',
        ({ characters }, name) =>
          matches(
            characters,
            name,
            character => character === '*',
            isSameCharacter,
            budget,
          ),
        budget,
      ),
    );
  };
}

function isSameCharacter(pattern: string, character: string): boolean {
  return pattern === '?' || pattern === character;
}

function expandBraces(pattern: string): string[] {
  let expanded = [pattern];
  for (;;) {
    const next = expanded.flatMap(expandFirst);
    if (next.length > MAX_ALTERNATIVES) {
      return [pattern];
    }
    if (next.length === expanded.length) {
      return expanded;
    }
    expanded = next;
  }
}

function expandFirst(text: string): string[] {
  const group = /\{([^{}]*,[^{}]*)\}/.exec(text);
  return group
    ? group[1]
        .split(',')
        .map(
          choice =>
            text.slice(0, group.index) +
            choice +
            text.slice(group.index + group[0].length),
        )
    : [text];
}

/**
 * Wildcard matching that remembers only the last wildcard: letting an earlier
 * one take more can never help, so nothing is tried twice over.
 */
function matches<P, I>(
  pattern: P[],
  items: I[],
  isWildcard: (part: P) => boolean,
  isSame: (part: P, item: I) => boolean,
  budget: MatchingBudget,
): boolean {
  let part = 0;
  let item = 0;
  let lastWildcard = -1;
  let takenUpTo = 0;
  while (item < items.length) {
    budget.left -= 1;
    if (budget.left < 0) {
      return false;
    }
    if (part < pattern.length && isWildcard(pattern[part])) {
      lastWildcard = part;
      takenUpTo = item;
      part += 1;
    } else if (part < pattern.length && isSame(pattern[part], items[item])) {
      part += 1;
      item += 1;
    } else if (lastWildcard >= 0) {
      takenUpTo += 1;
      part = lastWildcard + 1;
      item = takenUpTo;
    } else {
      return false;
    }
  }
  return pattern.slice(part).every(isWildcard);
}
