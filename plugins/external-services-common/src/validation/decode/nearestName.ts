const MAX_EDITS = 2;
/** Names are short; a longer text is no typing error of one. */
const MAX_LENGTH = 64;

/** The known name that a misspelt one most likely means, if any is close. */
export function nearestName(
  written: string,
  known: readonly string[],
): string | undefined {
  if (written.length > MAX_LENGTH) {
    return undefined;
  }
  const lower = written.toLowerCase();
  const rated = known
    .filter(name => Math.abs(name.length - written.length) <= MAX_EDITS)
    .map(name => ({ name, edits: editDistance(lower, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= MAX_EDITS)
    .sort((a, b) => a.edits - b.edits);
  return rated[0]?.name;
}

/** Letters to insert, remove or replace (Levenshtein); no more than tell that there are too many. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
      least = Math.min(least, next[j]);
    }
    if (least > MAX_EDITS) {
      return least;
    }
    row = next;
  }
  return row[b.length];
}
