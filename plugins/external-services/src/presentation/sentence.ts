import type { JSX } from 'react';
import type {
  CheckName,
  ClusterSilence,
  DifferenceField,
  Mapping,
  MappingLine,
  StateCode,
  StateReason,
} from '@external-services/backstage-plugin-external-services-common';
import type { Translate } from '../hooks/useTranslate';
import type { Formats } from './Formats';
import { stateOfCluster } from './clusters';
import { displayHost } from './displayHost';
import { knownFailure } from './knownFailure';
import { targetTexts } from './lines';

/** What is needed to say something about a line. */
export interface Saying {
  t: Translate;
  formats: Formats;
  /** Milliseconds since the epoch. */
  now: number;
  /** Name of the entity, as a person calls it. */
  component: string;
  /** How a host, address or file is shown inside a sentence. Default: as text. */
  mono?: (text: string) => JSX.Element | string;
}

/** The check that a state belongs to; undefined for those that are no problem. */
export function checkOfState(state: StateCode): CheckName | undefined {
  switch (state) {
    case 'invalid':
    case 'not-allowed':
    case 'undeclared':
    case 'has-warnings':
      return 'repository';
    case 'not-applied':
    case 'drifted':
      return 'cluster';
    case 'unresolved':
    case 'answers-differ':
      return 'dns';
    case 'unreachable':
      return 'connection';
    case 'certificate':
    case 'expiring':
      return 'certificate';
    default:
      return undefined;
  }
}

/**
 * The sentence of `ui.md` for a reason. What the reason's parameters leave out
 * is taken from the line.
 */
export function sentence(
  mapping: Mapping,
  line: MappingLine,
  reason: StateReason,
  saying: Saying,
): JSX.Element | string {
  const { t, formats, now, mono = text => text } = saying;
  const given = reason.params;
  const { resolution } = line;
  const text = (key: string, otherwise: string) =>
    String(given[key] ?? otherwise);
  const number = (key: string, otherwise: number) =>
    Number(given[key] ?? otherwise);
  const time = (key: string, otherwise?: string) => {
    const iso = given[key] ?? otherwise;
    return typeof iso === 'string' && !Number.isNaN(Date.parse(iso))
      ? iso
      : undefined;
  };

  const target = mono(displayHost(text('target', targetTexts(line.target)[0])));
  const environment = text(
    'environment',
    line.environment?.title ?? t('row.allEnvironments'),
  );
  const cluster = text('cluster', t('sentence.theCluster'));
  const { clusters = [] } = line;
  const clustersIn = (state: StateCode) => {
    const titles = clusters
      .filter(found => stateOfCluster(found) === state)
      .map(({ title }) => title);
    return titles.length > 0 ? formats.list([...new Set(titles)]) : undefined;
  };
  const finding =
    line.findings.find(({ severity }) => severity === 'error') ??
    line.findings[0];
  const message = text('message', finding?.message ?? '');
  const since = time('since', line.since ?? resolution.since);
  const duration = since && formats.duration(since, now);
  const sinceText = since
    ? `${formats.clock(since, now)}${duration ? ` (${duration})` : ''}`
    : '–';
  const date = time('date');
  const dateText = date ? formats.date(date) : text('date', '–');
  const address = mono(text('address', resolution.addresses[0]?.address ?? ''));
  const port = text('port', String(line.ports[0]?.port ?? ''));

  switch (reason.state) {
    case 'invalid':
      return t('sentence.invalid', {
        file: mono(text('file', line.declaration?.path ?? '')),
        line: text(
          'line',
          String(finding?.position?.line ?? line.declaration?.line ?? 1),
        ),
        message,
      });
    case 'not-allowed':
      return t('sentence.notAllowed', { target, environment });
    case 'not-applied':
      return t('sentence.notApplied', {
        cluster: clustersIn('not-applied') ?? cluster,
        count: number('count', 1),
        name: mono(mapping.name),
      });
    case 'unresolved':
      return t(
        `sentence.unresolved.${knownFailure(
          reason.code ?? resolution.failure,
        )}`,
        { target, time: sinceText },
      );
    case 'unreachable':
      return reason.code === 'refused'
        ? t('sentence.unreachable.refused', { address, port })
        : t('sentence.unreachable.timeout', {
            address,
            port,
            seconds: text('seconds', '–'),
          });
    case 'certificate':
      if (reason.code === 'expired') {
        return t('sentence.certificate.expired', { date: dateText });
      }
      return reason.code === 'untrusted'
        ? t('sentence.certificate.untrusted')
        : t('sentence.certificate.name', {
            name: mono(text('name', mapping.fullName)),
          });
    case 'drifted':
      if (reason.code === 'clusters-differ') {
        return t('sentence.clustersDiffer', {
          cluster,
          live: mono(text('live', '–') || t('cluster.nothing')),
          other: text('other', '–'),
          otherLive: mono(text('declared', '–') || t('cluster.nothing')),
        });
      }
      if (
        given.field &&
        !['target', 'addresses'].includes(String(given.field))
      ) {
        return t('sentence.driftedField', {
          cluster,
          field: t(`field.${given.field as DifferenceField}`),
        });
      }
      return t('sentence.drifted', {
        cluster,
        live: mono(text('live', '–') || t('cluster.nothing')),
        declared: mono(
          text(
            'declared',
            targetTexts(line.target).map(displayHost).join(', '),
          ) || t('cluster.nothing'),
        ),
      });
    case 'answers-differ':
      return t('sentence.answersDiffer', {
        viewpointA: text('viewpointA', resolution.viewpoint ?? '–'),
        a: mono(text('a', '–')),
        viewpointB: text('viewpointB', '–'),
        b: mono(text('b', '–')),
      });
    case 'expiring':
      return t('sentence.expiring', {
        count: number('count', number('days', 0)),
        date: dateText,
      });
    case 'undeclared':
      return t('sentence.undeclared', {
        cluster: clustersIn('undeclared') ?? cluster,
        count: number('count', 1),
        component: saying.component,
      });
    case 'has-warnings':
      return t('sentence.hasWarnings', {
        count: number(
          'count',
          line.findings.filter(({ severity }) => severity === 'warning').length,
        ),
        message,
      });
    case 'unknown': {
      const source = text('source', line.seenFrom ?? t('sentence.theCluster'));
      if (reason.code === 'viewpoint-silent') {
        return t('sentence.viewpointSilent', { source, target });
      }
      if (reason.code && reason.code !== 'pending') {
        return t('sentence.silent', {
          source,
          reason: t(`silence.${reason.code as ClusterSilence}`),
        });
      }
      return given.reason
        ? t('sentence.unknown', { source, reason: text('reason', '') })
        : t('sentence.unknownPlain', { source });
    }
    case 'rolling-out': {
      const merged = time('mergedAt', line.since);
      const until = time('until');
      return t('sentence.rollingOut', {
        age: merged ? formats.age(merged, now) : '–',
        cluster: clustersIn('rolling-out') ?? cluster,
        count: Math.max(
          1,
          clusters.filter(found => stateOfCluster(found) === 'rolling-out')
            .length,
        ),
        time: until ? formats.clock(until, now) : text('time', '–'),
      });
    }
    case 'proposed': {
      const opened = time('openedAt', line.since);
      return t('sentence.proposed', {
        number: text('number', '–'),
        age: opened ? formats.age(opened, now) : '–',
        user: text('user', '–'),
      });
    }
    case 'resolves':
      return t('sentence.resolves', {
        target,
        count: number('count', resolution.addresses.length),
      });
    case 'in-sync':
      return t(
        line.kind === 'dns-alias' &&
          reason.code !== 'not-visible-here' &&
          reason.code !== 'not-asked'
          ? 'sentence.inSync'
          : 'sentence.inSyncFixed',
        { clusters: text('clusters', t('sentence.theCluster')) },
      );
    default:
      return reason.state === 'checking'
        ? t('sentence.checking')
        : t('sentence.declared');
  }
}
