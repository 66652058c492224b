import type { ConformanceResult, Disagreement, Tally } from './runConformance';

const COLUMNS: [title: string, value: (row: Tally) => string | number][] = [
  ['source', row => row.source],
  ['kind', row => row.kind],
  ['asked', row => row.asked],
  ['accepted', row => row.accepted],
  ['refused', row => row.refused],
  ['not decided', row => row.undecided],
  ['disagreements', row => row.disagreements],
];

/** The table of a run, then what differs, one way each, with the smallest object. */
export function formatResult(result: ConformanceResult): string {
  const { tallies, disagreements } = result;
  return [
    formatTable(tallies),
    ...disagreements.map(formatDisagreement),
    disagreements.length === 0
      ? 'No disagreement.'
      : `${disagreements.length} ways to disagree.`,
    formatCounts(tallies),
  ].join('\n\n');
}

/** The line that \`npm test\` reads. */
function formatCounts(tallies: Tally[]): string {
  const sum = (count: (row: Tally) => number) =>
    tallies.reduce((total, row) => total + count(row), 0);
  const differ = sum(row => row.disagreements);
  const decided = sum(row => row.asked - row.undecided);
  return `${decided - differ} decided as the server, ${differ} not`;
}

function formatTable(tallies: Tally[]): string {
  const rows = [
    COLUMNS.map(([title]) => title),
    ...tallies.map(row => COLUMNS.map(([, value]) => String(value(row)))),
  ];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const LONGEST_TEXT = 1500;

function formatDisagreement(disagreement: Disagreement): string {
  const { question, comparison, own, server } = disagreement;
  const { existing } = question;
  return [
    `--- ${comparison} (${question.source}: ${question.name})`,
    `server: ${server.fields.join(', ') || '-'}\n  ${server.message}`,
    `ours:   ${own.fields.join(', ') || '-'}\n  ${own.message}`,
    ...(existing ? [`existing: ${JSON.stringify(existing)}`] : []),
    question.text.length > LONGEST_TEXT
      ? `${question.text.slice(0, LONGEST_TEXT)}…`
      : question.text.trimEnd(),
  ].join('\n');
}
