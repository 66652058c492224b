import type {
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import type { Translate } from '../hooks/useTranslate';

/** What is not known beside what is said of a service, or of one line of it. */
export interface UnknownSources {
  /** A cluster, DNS, or an environment of which nothing is known. */
  first: string;
  /** How many others there are. */
  more: number;
}

/**
 * The sources that a headline says nothing about, since they do not answer.
 * Undefined when all answer, and when the headline says so itself.
 */
export function unknownSources(
  { lines }: Pick<Mapping, 'lines'>,
  t: Translate,
): UnknownSources | undefined {
  if (lines.every(({ state }) => state === 'unknown')) {
    return undefined;
  }
  const names = new Set<string>();
  let unnamed = 0;
  for (const line of lines) {
    if (line.state === 'unknown' && line.environment) {
      names.add(line.environment.title);
      continue;
    }
    for (const { code, params } of silences(line)) {
      names.add(
        code === 'viewpoint-silent' ? t('check.dns') : String(params.source),
      );
      unnamed += Number(params.count ?? 1) - 1;
    }
  }
  const [first, ...others] = names;
  return first === undefined
    ? undefined
    : { first, more: others.length + unnamed };
}

/** True when everything of a line was checked and agrees. */
export function isInSync(line: MappingLine): boolean {
  return line.state === 'in-sync' && silences(line).length === 0;
}

function silences({ reasons }: MappingLine): MappingLine['reasons'] {
  return reasons.filter(({ state }) => state === 'unknown');
}
