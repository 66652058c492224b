import type { Mapping } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';

/** Kind and ports of a mapping, for example "DNS alias · port 5432". */
export function MappingDetail(props: {
  mapping: Pick<Mapping, 'kind' | 'ports'>;
}) {
  const { t } = useCard();
  const { kind, ports } = props.mapping;
  return (
    <>
      {t(`kind.${kind}`)}
      {ports.length > 0 && (
        <>
          {' '}
          <span aria-hidden>·</span>{' '}
          {t('row.ports', {
            count: ports.length,
            ports: ports.map(({ port }) => port).join(', '),
          })}
        </>
      )}
    </>
  );
}
