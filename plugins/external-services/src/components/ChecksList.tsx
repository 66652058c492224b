import {
  RiCheckLine,
  RiCloseLine,
  RiErrorWarningLine,
  RiSubtractLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { Link } from '@backstage/ui';
import type {
  Check,
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { checkAnswer } from '../presentation/checkAnswer';
import { ClusterFindings } from './ClusterFindings';
import { FindingsList } from './FindingsList';
import { FullHost } from './FullHost';
import { Host } from './Host';
import { HostList } from './HostList';
import { HostPath } from './HostPath';
import { LastGood } from './LastGood';
import { Seen } from './Seen';
import styles from './card.module.css';

const MARKS: Record<
  Check['result'],
  { icon: RemixiconComponentType; tone: string }
> = {
  passed: { icon: RiCheckLine, tone: 'success' },
  warning: { icon: RiErrorWarningLine, tone: 'warning' },
  failed: { icon: RiCloseLine, tone: 'danger' },
  notChecked: { icon: RiSubtractLine, tone: 'neutral' },
};

/** The checks of a line, in the order in which a connection travels. */
export function ChecksList(props: { mapping: Mapping; line: MappingLine }) {
  const { mapping, line } = props;
  const { t } = useCard();
  return (
    <ol
      className={styles.checks}
      aria-label={t('panel.checks', { name: mapping.name })}
    >
      {line.checks.map(check => {
        const { icon: Icon, tone } = MARKS[check.result];
        return (
          <li key={check.check} className={styles.check}>
            <span className={styles.checkMark} data-tone={tone}>
              <Icon size={16} aria-hidden />
              <span className={styles.visuallyHidden}>
                {t(`checkResult.${check.result}`)}
              </span>
            </span>
            <span className={styles.checkName}>
              {t(`check.${check.check}`)}
            </span>
            <div className={styles.checkAnswer}>
              <Answer mapping={mapping} line={line} check={check} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Answer(props: { mapping: Mapping; line: MappingLine; check: Check }) {
  const { mapping, line, check } = props;
  const { t, formats, now, component } = useCard();
  const mono = (text: string) => <Host name={text} />;
  const found = checkAnswer(mapping, line, check, {
    t,
    formats,
    now,
    component,
    mono,
  });
  const wasChecked = check.result !== 'notChecked';
  return (
    <>
      {found.hosts ? (
        <HostPath
          steps={[
            ...found.hosts.map(host => <FullHost key={host} name={host} />),
            found.failure ?? (
              <HostList key="addresses" names={found.addresses ?? []} />
            ),
          ]}
        />
      ) : (
        <span>{found.sentence}</span>
      )}
      {check.check === 'cluster' && <ClusterFindings line={line} />}
      {check.check === 'repository' && <Place line={line} />}
      {check.check === 'repository' && (
        <FindingsList findings={line.findings} declaration={line.declaration} />
      )}
      {wasChecked && <Seen at={check.seenAt} from={check.seenFrom} />}
      {check.check === 'dns' && <DnsNotes line={line} />}
    </>
  );
}

/** File and line of the declaration, as a link where there is one. */
function Place(props: { line: MappingLine }) {
  const { declaration } = props.line;
  if (!declaration) return null;
  const { path, line, url } = declaration;
  const text = `${path}:${line}`;
  return (
    <span className={styles.note}>
      {url ? (
        <Link
          className={styles.place}
          href={url}
          target="_blank"
          rel="noopener noreferrer"
        >
          <Host name={text} />
        </Link>
      ) : (
        <Host name={text} />
      )}
    </span>
  );
}

/** How long the answer holds, and the last good one while there is none. */
function DnsNotes(props: { line: MappingLine }) {
  const { t } = useCard();
  const { addresses, chain, lastGood } = props.line.resolution;
  const ttls = [...addresses, ...chain].map(({ ttl }) => ttl);
  return (
    <>
      {addresses.length > 0 && (
        <span className={styles.note}>
          {t('answer.validFor', { count: Math.min(...ttls) })}
        </span>
      )}
      {lastGood && (
        <span className={styles.note}>
          <LastGood {...lastGood} />
        </span>
      )}
    </>
  );
}
