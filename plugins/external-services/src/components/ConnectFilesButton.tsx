import { useState } from 'react';
import { Button } from '@backstage/ui';
import { useCard } from '../hooks/useCard';
import { useReturnFocus } from '../hooks/useReturnFocus';
import { onDemand } from './onDemand';

const ConnectFilesDialog = onDemand(() =>
  import('./ConnectFilesDialog').then(module => module.ConnectFilesDialog),
);

/** Opens the dialog that says which line connects existing files. */
export function ConnectFilesButton() {
  const { t } = useCard();
  const [isOpen, setOpen] = useState(false);
  const trigger = useReturnFocus<HTMLButtonElement>(isOpen);
  return (
    <>
      <Button
        ref={trigger}
        variant="secondary"
        size="small"
        onPress={() => setOpen(true)}
      >
        {t('actions.connect')}
      </Button>
      {isOpen && <ConnectFilesDialog onClose={() => setOpen(false)} />}
    </>
  );
}
