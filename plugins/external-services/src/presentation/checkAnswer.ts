import type { JSX } from 'react';
import type {
  Check,
  Mapping,
  MappingLine,
  StateCode,
} from '@external-services/backstage-plugin-external-services-common';
import { displayHost } from './displayHost';
import { targetTexts } from './lines';
import { knownFailure } from './knownFailure';
import { checkOfState, sentence, type Saying } from './sentence';

/** What a check found: a sentence, or names that lead to one another. */
export interface CheckAnswer {
  sentence?: JSX.Element | string;
  /** DNS: the target and the names that stand for it. */
  hosts?: string[];
  /** DNS: what stands at the end. */
  addresses?: string[];
  /** DNS: why there are no addresses. */
  failure?: string;
}

/** The findings stand below the answer, and say it themselves. */
const SAID_BY_FINDINGS: StateCode[] = [
  'invalid',
  'not-allowed',
  'has-warnings',
];

/** The answer of one of the five checks of a line. */
export function checkAnswer(
  mapping: Mapping,
  line: MappingLine,
  check: Check,
  saying: Saying,
): CheckAnswer {
  const { t, formats, mono = text => text } = saying;
  const { resolution } = line;

  if (check.result === 'notChecked') {
    return {
      sentence: check.notCheckedReason
        ? t(`notChecked.${check.notCheckedReason}`)
        : t('notChecked.plain'),
    };
  }
  if (check.check === 'dns' && 'dnsName' in line.target) {
    return {
      hosts: [
        line.target.dnsName,
        ...resolution.chain.map(alias => alias.target),
      ],
      addresses: resolution.addresses.map(({ address }) => address),
      failure:
        resolution.status === 'failed'
          ? t(`failure.${knownFailure(resolution.failure)}`)
          : undefined,
    };
  }
  const reason = line.reasons.find(
    ({ state }) => checkOfState(state) === check.check,
  );
  const targets = targetTexts(line.target).map(displayHost);
  const saidBelow =
    reason &&
    line.findings.length > 0 &&
    targets.length > 0 &&
    SAID_BY_FINDINGS.includes(reason.state);
  if (reason && check.result !== 'passed' && !saidBelow) {
    return { sentence: sentence(mapping, line, reason, saying) };
  }
  if (check.check === 'repository') {
    const target = mono(targets.join(', '));
    const { ports } = line;
    return {
      sentence:
        ports.length > 0
          ? t('answer.leadsToPort', {
              target,
              count: ports.length,
              ports: ports.map(({ port }) => port).join(', '),
            })
          : t('answer.leadsTo', { target }),
    };
  }
  if (check.check === 'cluster') {
    const titles = (line.clusters ?? [])
      .filter(({ sync }) => sync !== 'unknown')
      .map(({ title }) => title);
    const cluster =
      titles.length > 0
        ? formats.list([...new Set(titles)])
        : check.seenFrom ?? t('sentence.theCluster');
    const count = Math.max(titles.length, 1);
    return {
      sentence:
        line.sync === 'undeclared'
          ? t('answer.runsIt', { cluster, count })
          : t('answer.runsTheSame', { cluster, count }),
    };
  }
  return {
    sentence:
      check.check === 'certificate'
        ? t('answer.trusted')
        : t('answer.connected'),
  };
}
