import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { STATE_CODES } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { StateLabel } from './StateLabel';
import styles from './card.module.css';

const TERMS = [
  'target',
  'clusterName',
  'namespace',
  'addressList',
  'oldForm',
  'via',
  'validFor',
] as const;
const KINDS = [
  'dns-alias',
  'fixed-addresses',
  'fixed-addresses-direct',
] as const;

/** Explains every state and every other word that the card uses. */
export function WordsDialog(props: { onClose: () => void }) {
  const { t } = useCard();
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && props.onClose()}
      width={640}
    >
      <DialogHeader>{t('words.title')}</DialogHeader>
      <DialogBody>
        <div className={styles.dialogText}>
          <h4 className={styles.wordsHeading}>{t('words.states')}</h4>
          <dl className={styles.words}>
            {STATE_CODES.map(state => (
              <div key={state}>
                <dt>
                  <StateLabel state={state} />
                </dt>
                <dd>{t(`words.about.${state}`)}</dd>
              </div>
            ))}
          </dl>
          <h4 className={styles.wordsHeading}>{t('words.terms')}</h4>
          <dl className={styles.words}>
            {TERMS.map(term => (
              <div key={term}>
                <dt>{t(`words.${term}`)}</dt>
                <dd>{t(`words.${term}About`)}</dd>
              </div>
            ))}
            {KINDS.map(kind => (
              <div key={kind}>
                <dt>{t(`kind.${kind}`)}</dt>
                <dd>{t(`kindExplained.${kind}`)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" size="small" slot="close">
          {t('actions.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
