import type { LineCluster } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { clusterTitle, stateOfCluster } from '../presentation/clusters';
import { StateLabel } from './StateLabel';
import styles from './card.module.css';

/** What each cluster says, where they do not all say the same. */
export function ClusterStates(props: { clusters: LineCluster[] }) {
  const { clusters } = props;
  const { t } = useCard();
  return (
    <ul className={styles.clusterStates} aria-label={t('cluster.list')}>
      {clusters.map((cluster, index) => (
        <li key={index}>
          <span>{clusterTitle(cluster, clusters)}</span>{' '}
          <StateLabel
            state={stateOfCluster(cluster)}
            stale={cluster.stale}
            seenAt={cluster.seenAt}
          />
        </li>
      ))}
    </ul>
  );
}
