import { useState } from 'react';
import {
  Badge,
  Button,
  ButtonLink,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { RiExternalLinkLine, RiRefreshLine } from '@remixicon/react';
import {
  headlineOf,
  type Mapping,
} from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { lineKeys } from '../presentation/lines';
import { STATE_LOOKS } from '../presentation/stateLook';
import { summaryOfLine } from '../presentation/summary';
import { ChecksList } from './ChecksList';
import { CopyButton } from './CopyButton';
import { onDemand } from './onDemand';
import { UseInApp } from './UseInApp';
import { Verdict } from './Verdict';
import styles from './card.module.css';

const CodeSnippet = onDemand(
  () => import('@backstage/core-components').then(module => module.CodeSnippet),
  () => <Skeleton className={styles.bone} width="100%" height={96} />,
);

/** The evidence behind a service: one environment at a time, the worst first. */
export function ServicePanel(props: { mapping: Mapping }) {
  const { mapping } = props;
  const { t, formats, now, component, checkNow, checking } = useCard();
  const keys = lineKeys(mapping.lines);
  const [chosen, setChosen] = useState(() => {
    const worst = headlineOf(mapping.lines);
    return worst && keys[mapping.lines.indexOf(worst)];
  });
  const [showYaml, setShowYaml] = useState(false);
  const line =
    mapping.lines.find((_, index) => keys[index] === chosen) ??
    headlineOf(mapping.lines);
  if (!line) return null;

  return (
    <div className={styles.panel}>
      {mapping.lines.length > 1 ? (
        <div className={styles.environments}>
          <span>{t('panel.environment')}</span>
          <ToggleButtonGroup
            className={styles.toggles}
            aria-label={t('panel.environment')}
            disallowEmptySelection
            selectedKeys={[keys[mapping.lines.indexOf(line)]]}
            onSelectionChange={([key]) => setChosen(String(key))}
          >
            {mapping.lines.map(({ environment, state }, index) => {
              const Icon = STATE_LOOKS[state].icon;
              return (
                <ToggleButton
                  key={keys[index]}
                  id={keys[index]}
                  size="small"
                  iconStart={<Icon aria-hidden />}
                >
                  {environment?.title ?? t('row.allEnvironments')}
                </ToggleButton>
              );
            })}
          </ToggleButtonGroup>
        </div>
      ) : (
        line.environment && (
          <div className={styles.environments}>
            <span>{t('panel.environment')}</span>
            <Badge size="small">{line.environment.title}</Badge>
          </div>
        )
      )}
      <Verdict mapping={mapping} line={line} />
      <ChecksList mapping={mapping} line={line} />
      <UseInApp mapping={mapping} line={line} />
      <div className={styles.buttons}>
        {checkNow && (
          <Button
            variant="secondary"
            size="small"
            iconStart={<RiRefreshLine aria-hidden />}
            isPending={checking}
            onPress={checkNow}
          >
            {t('actions.checkNow')}
          </Button>
        )}
        <CopyButton
          text={() =>
            summaryOfLine(mapping, line, { t, formats, now, component })
          }
        >
          {t('actions.copySummary')}
        </CopyButton>
        {line.yaml && (
          <Button
            variant="secondary"
            size="small"
            aria-expanded={showYaml}
            onPress={() => setShowYaml(!showYaml)}
          >
            {showYaml ? t('actions.hideYaml') : t('actions.showYaml')}
          </Button>
        )}
        {line.declaration?.url && (
          <ButtonLink
            variant="secondary"
            size="small"
            href={line.declaration?.url}
            target="_blank"
            rel="noopener noreferrer"
            iconEnd={<RiExternalLinkLine aria-hidden />}
          >
            {t('actions.openInRepository')}
          </ButtonLink>
        )}
      </div>
      {showYaml && (
        <div
          className={styles.yaml}
          role="region"
          aria-label={t('panel.yaml', { name: mapping.name })}
          dir="ltr"
          translate="no"
        >
          <CodeSnippet text={line.yaml} language="yaml" showCopyCodeButton />
        </div>
      )}
    </div>
  );
}
