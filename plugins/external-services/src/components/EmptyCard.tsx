import { ButtonLink } from '@backstage/ui';
import { useCard } from '../hooks/useCard';
import { templateHref } from '../presentation/templateHref';
import { ConnectFilesButton } from './ConnectFilesButton';
import { Message } from './Message';

/** For a component that has no external service yet. */
export function EmptyCard(props: { addTemplate?: string }) {
  const { t, component, entity } = useCard();
  const { addTemplate } = props;
  return (
    <Message
      title={t('empty.title')}
      actions={
        <>
          {addTemplate && (
            <ButtonLink
              variant="primary"
              size="small"
              href={templateHref(addTemplate, entity)}
            >
              {t('actions.add')}
            </ButtonLink>
          )}
          <ConnectFilesButton />
        </>
      }
    >
      {t('empty.description', { component })}
    </Message>
  );
}
