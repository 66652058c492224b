import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { MANIFESTS_ANNOTATION } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { CatalogInfoLink } from './CatalogInfoLink';
import { CopyButton } from './CopyButton';
import { Host } from './Host';
import styles from './card.module.css';

const LINE = `${MANIFESTS_ANNOTATION}: deploy/*.yaml`;

/** Shows the one line of catalog-info.yaml that connects existing files. */
export function ConnectFilesDialog(props: { onClose: () => void }) {
  const { t, component } = useCard();
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && props.onClose()}
      width={520}
    >
      <DialogHeader>{t('connect.title')}</DialogHeader>
      <DialogBody>
        <div className={styles.dialogText}>
          <p>
            {t('connect.description', {
              component,
              star: <Host name="*" />,
            })}
          </p>
          <pre className={styles.code} dir="ltr" translate="no">
            {LINE}
          </pre>
          <p>
            {t('connect.place', {
              path: <Host name="metadata.annotations" />,
            })}
          </p>
        </div>
      </DialogBody>
      <DialogFooter>
        <CopyButton text={() => LINE}>{t('actions.copy')}</CopyButton>
        <CatalogInfoLink />
        <Button variant="secondary" size="small" slot="close">
          {t('actions.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
