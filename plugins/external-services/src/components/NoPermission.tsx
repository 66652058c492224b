import { externalServicesMappingReadPermission } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { Host } from './Host';
import { Message } from './Message';

/** The reader may open the entity, but not see its mappings. */
export function NoPermission() {
  const { t, component } = useCard();
  return (
    <Message title={t('permission.title')}>
      {t('permission.description', {
        component,
        permission: <Host name={externalServicesMappingReadPermission.name} />,
      })}
    </Message>
  );
}
