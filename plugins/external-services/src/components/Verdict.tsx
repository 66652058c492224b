import type { JSX, ReactNode } from 'react';
import { Alert } from '@backstage/ui';
import type {
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { targetTexts } from '../presentation/lines';
import { checkOfState, sentence } from '../presentation/sentence';
import { STATE_LOOKS, needsAttention } from '../presentation/stateLook';
import type { Translate } from '../hooks/useTranslate';
import { Host } from './Host';
import styles from './card.module.css';

/** Says first whose problem it is, then what is fine, and whom to ask. */
export function Verdict(props: { mapping: Mapping; line: MappingLine }) {
  const { mapping, line } = props;
  const { t, formats, now, component } = useCard();
  const say = (reason: MappingLine['reasons'][number]) =>
    sentence(mapping, line, reason, {
      t,
      formats,
      now,
      component,
      mono: text => <Host name={text} />,
    });
  const [first, ...rest]: MappingLine['reasons'] =
    line.reasons.length > 0
      ? line.reasons
      : [{ state: line.state, params: {} }];
  const others = rest.filter(
    ({ state }) => needsAttention(state) || state === 'unknown',
  );
  const look = STATE_LOOKS[line.state];
  const Icon = look.icon;
  const tone = first.tone ?? look.tone;

  return (
    <Alert
      className={styles.verdict}
      data-tone={tone}
      status={tone === 'neutral' ? 'info' : tone}
      icon={<Icon aria-hidden />}
      title={verdictTitle(t, first.state, say(first))}
      description={
        <>
          <Advice line={line} />
          {others.length > 0 && (
            <>
              {' '}
              {t('panel.also')}
              <ul className={styles.also}>
                {others.map((reason, index) => (
                  <li key={index}>{say(reason)}</li>
                ))}
              </ul>
            </>
          )}
        </>
      }
    />
  );
}

function verdictTitle(
  t: Translate,
  state: MappingLine['state'],
  said: JSX.Element | string,
): ReactNode {
  switch (checkOfState(state)) {
    case 'repository':
      return t('panel.problemRepository', { sentence: said });
    case 'cluster':
      return t('panel.problemCluster', { sentence: said });
    case 'dns':
      return t('panel.problemDns', { sentence: said });
    case 'connection':
      return t('panel.problemConnection', { sentence: said });
    case 'certificate':
      return t('panel.problemCertificate', { sentence: said });
    default:
      return said;
  }
}

/** What is not to blame, and whom to ask. */
function Advice(props: { line: MappingLine }) {
  const { line } = props;
  const { t, formats } = useCard();
  const check = checkOfState(line.state);
  if (check) {
    const [target] = targetTexts(line.target);
    const { failingName } = line.resolution;
    const repositoryPassed = line.checks.some(
      ({ check: name, result }) => name === 'repository' && result === 'passed',
    );
    return (
      <>
        {check === 'dns' && failingName && failingName !== target && (
          <>
            {t('panel.leadsToMissing', {
              target: <Host name={target} />,
              name: <Host name={failingName} />,
            })}{' '}
          </>
        )}
        {check !== 'repository' && repositoryPassed && (
          <>{t('panel.repositoryFine')} </>
        )}
        {check !== 'repository' && check !== 'cluster' && target && (
          <>{t('panel.noOwner', { target: <Host name={target} /> })}</>
        )}
      </>
    );
  }
  if (!['declared', 'resolves', 'in-sync'].includes(line.state)) {
    return null;
  }
  const notChecked = line.checks
    .filter(({ result }) => result === 'notChecked')
    .map(({ check: name }) => t(`check.${name}`));
  return (
    <>
      {notChecked.length > 0
        ? t('panel.agreesExcept', { list: formats.list(notChecked) })
        : t('panel.agrees')}{' '}
      {line.resolution.status === 'resolved' && t('panel.anotherAnswer')}
    </>
  );
}
