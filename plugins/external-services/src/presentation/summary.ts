import type {
  Check,
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { checkAnswer } from './checkAnswer';
import { shortName, targetTexts } from './lines';
import type { Saying } from './sentence';

const MARKS: Record<Check['result'], string> = {
  passed: '✔',
  warning: '!',
  failed: '✖',
  notChecked: '–',
};

/** A line as plain text for a chat: state, checks, last good answer, owner, link. */
export function summaryOfLine(
  mapping: Mapping,
  line: MappingLine,
  saying: Saying,
): string {
  const { t, formats, component } = saying;
  const plain: Saying = { ...saying, mono: undefined };
  const head = {
    service: shortName(mapping),
    component,
    environment: line.environment?.title ?? t('row.allEnvironments'),
    word: t(`state.${line.state}`),
  };
  const texts = [
    line.since
      ? t('summary.headSince', { ...head, time: formats.absolute(line.since) })
      : t('summary.head', head),
    ...line.checks.map(check => summaryOfCheck(mapping, line, check, plain)),
  ];
  const { lastGood } = line.resolution;
  if (lastGood) {
    texts.push(
      t('summary.lastGood', {
        addresses: lastGood.addresses.map(({ address }) => address).join(', '),
        time: formats.absolute(lastGood.at),
      }),
    );
  }
  texts.push(
    t('panel.noOwner', { target: targetTexts(line.target).join(', ') }),
  );
  if (line.declaration?.url) {
    texts.push(line.declaration?.url);
  }
  return texts.join('\n');
}

/** All lines of all mappings as plain text. */
export function summaryOf(mappings: Mapping[], saying: Saying): string {
  return mappings
    .flatMap(mapping =>
      mapping.lines.map(line => summaryOfLine(mapping, line, saying)),
    )
    .join('\n\n');
}

function summaryOfCheck(
  mapping: Mapping,
  line: MappingLine,
  check: Check,
  saying: Saying,
): string {
  const { t, formats } = saying;
  const found = checkAnswer(mapping, line, check, saying);
  const path = [
    ...(found.hosts ?? []),
    found.failure ?? (found.addresses ?? []).join(', '),
  ].filter(Boolean);
  const text = {
    mark: MARKS[check.result],
    check: t(`check.${check.check}`),
    answer: found.hosts ? path.join(' → ') : String(found.sentence),
  };
  if (check.result === 'notChecked' || !check.seenAt) {
    return t('summary.check', text);
  }
  const at = formats.absolute(check.seenAt);
  return t('summary.checkSeen', {
    ...text,
    seen: check.seenFrom ? `${check.seenFrom}, ${at}` : at,
  });
}
