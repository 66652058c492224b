import type { ReactNode } from 'react';
import { Badge } from '@backstage/ui';
import type { MappingLine } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import {
  disagreeingClusters,
  isToldByClusters,
} from '../presentation/clusters';
import { knownFailure } from '../presentation/knownFailure';
import { Addresses } from './Addresses';
import { ClusterStates } from './ClusterStates';
import { Host } from './Host';
import { HostPath } from './HostPath';
import { LastGood } from './LastGood';
import { StateLabel } from './StateLabel';
import styles from './card.module.css';

/** A mapping in one environment: where it leads, and its state where that is news. */
export function EnvironmentLine(props: {
  line: MappingLine;
  showState: boolean;
}) {
  const { line, showState } = props;
  const clusters = disagreeingClusters(line);
  return (
    <li className={styles.line}>
      {line.environment && (
        <Badge className={styles.environment} size="small">
          {line.environment.title}
        </Badge>
      )}
      <span className={styles.target}>
        <Destination line={line} />
      </span>
      {showState && !(clusters.length > 0 && isToldByClusters(line)) && (
        <div className={styles.lineState}>
          <StateLabel
            state={line.state}
            tone={line.reasons[0]?.tone}
            stale={line.stale}
            seenAt={line.seenAt}
          />
        </div>
      )}
      {clusters.length > 0 && (
        <div className={styles.lineClusters}>
          <ClusterStates clusters={clusters} />
        </div>
      )}
    </li>
  );
}

function Destination(props: { line: MappingLine }) {
  const { line } = props;
  const { target, resolution, since } = line;
  const { t, formats, now } = useCard();
  if (line.state === 'invalid') {
    return <Refusal line={line} />;
  }
  if (!('dnsName' in target)) {
    return <Addresses addresses={target.addresses} />;
  }
  const steps: ReactNode[] = [<Host key="name" name={target.dnsName} />];
  const failingSince = resolution.since ?? since;
  if (resolution.status === 'failed') {
    const failure = t(`failure.${knownFailure(resolution.failure)}`);
    const duration = failingSince && formats.duration(failingSince, now);
    steps.push(duration ? t('failureFor', { failure, duration }) : failure);
  } else if (resolution.status === 'unanswered') {
    if (resolution.lastGood) {
      steps.push(<LastGood key="last-good" {...resolution.lastGood} />);
    }
  } else if (resolution.addresses.length > 0) {
    steps.push(
      <Addresses
        key="addresses"
        addresses={resolution.addresses.map(({ address }) => address)}
      />,
    );
  }
  return <HostPath steps={steps} />;
}

/** Why the cluster would refuse the declaration: more useful than where it leads. */
function Refusal(props: { line: MappingLine }) {
  const { declaration, findings } = props.line;
  const { t } = useCard();
  const finding = findings.find(({ severity }) => severity === 'error');
  const place = t('answer.place', {
    file: finding?.file ?? declaration?.path ?? '',
    line: String(finding?.position?.line ?? declaration?.line ?? 1),
  });
  return (
    <>
      {finding && <span lang="en">{finding.message}</span>}{' '}
      <Host name={place} />
    </>
  );
}
