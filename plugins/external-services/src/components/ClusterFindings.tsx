import { Link } from '@backstage/ui';
import type {
  Difference,
  LineCluster,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import {
  clusterTitle,
  disagreeingClusters,
  findingPage,
} from '../presentation/clusters';
import type { Translate } from '../hooks/useTranslate';
import { ClusterStates } from './ClusterStates';
import { Host } from './Host';
import styles from './card.module.css';

/** What clusters run, field beside field, and why that probably is. */
export function ClusterFindings(props: { line: MappingLine }) {
  const { line } = props;
  const { clusters = [] } = line;
  const disagreeing = disagreeingClusters(line);
  return (
    <>
      {disagreeing.length > 0 && <ClusterStates clusters={disagreeing} />}
      {clusters.map((cluster, index) => (
        <ClusterFinding key={index} cluster={cluster} clusters={clusters} />
      ))}
    </>
  );
}

function ClusterFinding(props: {
  cluster: LineCluster;
  clusters: LineCluster[];
}) {
  const { cluster, clusters } = props;
  const { t } = useCard();
  const title = clusterTitle(cluster, clusters);
  const [likely] = cluster.reasons;
  return (
    <>
      {cluster.silence && (
        <span className={styles.note}>
          {t('cluster.silent', {
            cluster: title,
            reason: t(`silence.${cluster.silence}`),
          })}
        </span>
      )}
      {cluster.differences.length > 0 && (
        <Differences cluster={cluster} clusters={clusters} title={title} />
      )}
      {likely && (
        <span className={styles.note}>
          {t('cluster.likely', { reason: t(`likely.${likely}`) })}{' '}
          <Link
            className={styles.place}
            href={findingPage(likely)}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t('cluster.detailsOf', {
              reason: t(`likely.${likely}`),
            })}
          >
            {t('cluster.details')}
          </Link>
        </span>
      )}
    </>
  );
}

function Differences(props: {
  cluster: LineCluster;
  clusters: LineCluster[];
  title: string;
}) {
  const { cluster, clusters, title } = props;
  const { t, formats, now } = useCard();
  const other =
    cluster.sync === 'undeclared'
      ? clusterTitle(clusters[0], clusters)
      : t('cluster.repository');
  return (
    <table
      className={styles.differences}
      aria-label={t('cluster.differences', { cluster: title })}
    >
      <thead>
        <tr>
          <th scope="col">{t('cluster.field')}</th>
          <th scope="col">{other}</th>
          <th scope="col">{title}</th>
          {cluster.since && (
            <th scope="col" className={styles.differingSince}>
              {t('cluster.since')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {cluster.differences.map(difference => (
          <tr key={difference.field}>
            <th scope="row">{t(`field.${difference.field}`)}</th>
            <td>
              <Value difference={difference} side="declared" />
            </td>
            <td>
              <Value difference={difference} side="live" />
            </td>
            {cluster.since && (
              <td className={styles.differingSince}>
                <time
                  dateTime={cluster.since}
                  title={formats.absolute(cluster.since)}
                >
                  {formats.clock(cluster.since, now)}
                </time>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value(props: { difference: Difference; side: 'declared' | 'live' }) {
  const { t } = useCard();
  const { difference, side } = props;
  const word = wordFor(difference, difference[side], t);
  return word ? <>{word}</> : <Host name={difference[side]} />;
}

/** The values that are words and not names of something. */
function wordFor(
  { field }: Difference,
  value: string,
  t: Translate,
): string | undefined {
  if (value === '') {
    return t('cluster.nothing');
  }
  if (field === 'kind') {
    return value === 'dns-alias'
      ? t('kind.dns-alias')
      : t('kind.fixed-addresses');
  }
  if (value === 'true' || value === 'false') {
    return t(`cluster.${value}`);
  }
  return undefined;
}
