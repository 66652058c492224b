import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Badge,
} from '@backstage/ui';
import {
  headlineOf,
  type Mapping,
} from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { clusterTitle, clustersToldApart } from '../presentation/clusters';
import { foldLines } from '../presentation/folding';
import {
  countProblems,
  lineKeys,
  shortName,
  targetTexts,
} from '../presentation/lines';
import { STATE_LOOKS } from '../presentation/stateLook';
import { isInSync, unknownSources } from '../presentation/unknownSources';
import { CopyIconButton } from './CopyIconButton';
import { EnvironmentLine } from './EnvironmentLine';
import { Host } from './Host';
import { MappingDetail } from './MappingDetail';
import { onDemand } from './onDemand';
import { PanelSkeleton } from './PanelSkeleton';
import { hasRowMenu, RowMenu } from './RowMenu';
import { StateLabel } from './StateLabel';
import styles from './card.module.css';

const ServicePanel = onDemand(
  () => import('./ServicePanel').then(module => module.ServicePanel),
  () => <PanelSkeleton />,
);

/** One service: name, state, environments, and the panel when it is open. */
export function ServiceRow(props: {
  mapping: Mapping;
  /** How many services the card has; with many, healthy ones take one line. */
  serviceCount: number;
  isOpen: boolean;
}) {
  const { mapping, serviceCount, isOpen } = props;
  const { t, templates } = useCard();
  const name = shortName(mapping);
  const folded = foldLines(mapping, serviceCount);
  const keys = lineKeys(folded.shown);
  const isCompact = folded.shown.length === 0;
  const hasMenu = hasRowMenu(mapping, templates);
  const [first, ...others] = mapping.lines;
  const showStates = others.some(
    line => line.stale || first.stale || line.state !== first.state,
  );

  return (
    <Accordion
      id={mapping.id}
      className={styles.row}
      data-buttons={hasMenu ? 2 : 1}
      data-compact={isCompact || undefined}
    >
      <AccordionTrigger level={4} className={styles.trigger}>
        <span className={styles.summary}>
          <span className={styles.lead}>
            <Host className={styles.name} name={name} />{' '}
            <span className={styles.detail}>
              <MappingDetail mapping={mapping} />
              {isCompact && (
                <>
                  {' '}
                  <Targets mapping={mapping} />
                </>
              )}
            </span>
          </span>{' '}
          <span className={styles.state}>
            <MappingState mapping={mapping} />
          </span>
        </span>
      </AccordionTrigger>
      <CopyIconButton
        className={styles.copy}
        text={mapping.fullName}
        label={t('actions.copyName', { name: mapping.fullName })}
      />
      {hasMenu && <RowMenu mapping={mapping} />}
      {!isOpen && !isCompact && (
        <ul
          className={styles.lines}
          aria-label={t('row.lines', { name: mapping.name })}
        >
          {folded.shown.map((line, index) => (
            <EnvironmentLine
              key={keys[index]}
              line={line}
              showState={showStates}
            />
          ))}
          {folded.hidden.length > 0 && (
            <li className={styles.moreLines}>
              {folded.hidden.every(isInSync)
                ? t('row.moreInSync', { count: folded.hidden.length })
                : t('row.moreHealthy', { count: folded.hidden.length })}
            </li>
          )}
        </ul>
      )}
      <AccordionPanel className={styles.panelSlot}>
        {isOpen && <ServicePanel mapping={mapping} />}
      </AccordionPanel>
    </Accordion>
  );
}

/**
 * The state of the worst line that is known, where that is when it is not
 * everywhere, and what is not known beside it.
 */
function MappingState(props: { mapping: Mapping }) {
  const { t } = useCard();
  const { mapping } = props;
  const worst = headlineOf(mapping.lines);
  if (!worst) {
    return <StateLabel state={mapping.state} />;
  }
  const word = t(`state.${worst.state}`);
  const known = mapping.lines.filter(
    ({ state }) => state === worst.state || state !== 'unknown',
  );
  const others = known.filter(
    line => line !== worst && line.state === worst.state,
  ).length;
  const told = clustersToldApart(worst);
  let text: string = word;
  if (worst.environment && others + 1 < known.length) {
    const environment = worst.environment.title;
    text = others
      ? t('row.stateInMore', { word, environment, count: others })
      : t('row.stateIn', { word, environment });
  }
  if (told.length > 0 && others === 0) {
    const environment = clusterTitle(told[0], worst.clusters ?? []);
    text =
      told.length > 1
        ? t('row.stateInMore', { word, environment, count: told.length - 1 })
        : t('row.stateIn', { word, environment });
  }
  const moreReasons = countProblems(worst) - 1;
  const unknown = unknownSources(mapping, t);
  // What is well everywhere is as old as its oldest line; of a problem its line tells.
  const isWell = STATE_LOOKS[worst.state].tone === 'success';
  const old =
    isWell || mapping.lines.length === 1
      ? mapping.lines.find(line => line.state === worst.state && line.stale)
      : undefined;
  return (
    <>
      <StateLabel
        state={worst.state}
        tone={worst.reasons[0]?.tone}
        text={text}
        stale={old !== undefined}
        seenAt={old?.seenAt}
      />{' '}
      {moreReasons > 0 && (
        <span className={styles.moreReasons}>
          {t('row.moreReasons', { count: moreReasons })}
        </span>
      )}
      {unknown && (
        <StateLabel
          state="unknown"
          text={
            unknown.more > 0
              ? t('row.unknownMore', {
                  source: unknown.first,
                  count: unknown.more,
                })
              : t('row.unknown', { source: unknown.first })
          }
        />
      )}
    </>
  );
}

/** The targets of all environments, production's first, for a service that takes one line. */
function Targets(props: { mapping: Mapping }) {
  const { t } = useCard();
  const { lines } = props.mapping;
  const main = lines.find(line => line.environment?.production) ?? lines[0];
  const targets = [
    ...new Set([main, ...lines].flatMap(line => targetTexts(line.target))),
  ];
  const [first, ...rest] = targets;
  if (!first) return null;
  return (
    <span className={styles.compactTarget}>
      {main.environment && (
        <>
          <Badge className={styles.environment} size="small">
            {main.environment.title}
          </Badge>{' '}
        </>
      )}
      {rest.length > 0 ? (
        t('row.moreTargets', {
          targets: <Host name={first} />,
          count: rest.length,
        })
      ) : (
        <Host name={first} />
      )}
    </span>
  );
}
