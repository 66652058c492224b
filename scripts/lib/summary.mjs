import { clock } from './Progress.mjs';

const total = (rows, count) => rows.reduce((sum, row) => sum + count(row), 0);
const skippedIn = row => total(row.skips ?? [], skip => skip.count);

function resultOf(row) {
  if (row.passed === undefined) {
    return row.failed > 0 ? 'failed' : 'passed';
  }
  return `${row.passed} passed, ${row.failed} failed, ${skippedIn(
    row,
  )} skipped`;
}

/**
 * Says what came of the tests; the last line alone is `N passed, N failed, N skipped`.
 *
 * @returns the exit code
 */
export function summary({ progress, rows, noSkips }) {
  const table = [
    ['step', 'result', 'seconds'],
    ...rows.map(row => [row.title, resultOf(row), row.seconds.toFixed(0)]),
  ];
  const widths = [0, 1].map(column =>
    Math.max(...table.map(cells => cells[column].length)),
  );
  progress.say('');
  for (const [title, result, seconds] of table) {
    progress.say(
      `${title.padEnd(widths[0])}  ${result.padEnd(
        widths[1],
      )}  ${seconds.padStart(7)}`,
    );
  }
  progress.say(`\nIn all ${clock(progress.elapsed)}.`);

  const skips = rows.flatMap(row => row.skips ?? []);
  if (skips.length > 0) {
    progress.say('\nSkipped:');
    for (const { what, count, command } of skips) {
      progress.say(
        `  ${what} (${count})${command ? `. To run them: ${command}` : ''}`,
      );
    }
    if (noSkips) {
      progress.say('Nothing may be skipped here, so this is a failure.');
    }
  }

  const passed = total(rows, row => row.passed ?? 0);
  const failed = total(rows, row => row.failed ?? 0);
  const skipped = total(rows, skippedIn);
  progress.say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 || (noSkips && skipped > 0) ? 1 : 0;
}
