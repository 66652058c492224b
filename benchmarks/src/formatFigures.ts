import { type Figure, isGood, ratioOf, type SkippedFigure } from './Figure';

type Row = [string, string, string, string, string, string];

const TITLES: Row = ['figure', 'value', 'baseline', 'ratio', 'goal', ''];

/** These have no fractions. */
const COUNTED: Figure['unit'][] = ['requests', 'watches'];

/** A line for each figure, then how many are good. */
export function formatFigures(figures: (Figure | SkippedFigure)[]): string {
  const rows = [TITLES, ...figures.map(rowOf)];
  const widths = TITLES.map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  const table = rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  const count = (mark: string) => rows.filter(row => row[5] === mark).length;
  const skipped = figures.flatMap(figure =>
    'skipped' in figure ? [`${figure.name}: skipped. ${figure.skipped}`] : [],
  );
  return [
    ...table,
    ...skipped,
    '',
    `${figures.length} figures: ${count('ok')} ok, ${count(
      'short',
    )} short, ${count('-')} without a goal, ${count('skipped')} skipped`,
  ].join('\n');
}

function rowOf(figure: Figure | SkippedFigure): Row {
  if ('skipped' in figure) {
    return [figure.name, '', '', '', '', 'skipped'];
  }
  const { name, value, unit = 'ms', baseline } = figure;
  const ratio = ratioOf(figure);
  const digits = COUNTED.includes(unit) ? 0 : 2;
  const amount = (number: number) => `${number.toFixed(digits)} ${unit}`;
  return [
    name,
    amount(value),
    baseline ? `${amount(baseline.value)} ${baseline.name}` : '',
    ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
    limitOf(figure),
    markOf(isGood(figure)),
  ];
}

function limitOf({ goal, unit = 'ms' }: Figure): string {
  if (!goal) {
    return '';
  }
  return 'value' in goal
    ? `at most ${goal.value} ${unit}`
    : `at most ${goal.ratio}x`;
}

function markOf(good: boolean | undefined): string {
  if (good === undefined) {
    return '-';
  }
  return good ? 'ok' : 'short';
}
