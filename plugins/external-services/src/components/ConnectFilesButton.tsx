import { Suspense, lazy, useState } from 'react';
import { Button } from '@backstage/ui';
import { useCard } from '../hooks/useCard';

const ConnectFilesDialog = lazy(() =>
  import('./ConnectFilesDialog').then(module => ({
    default: module.ConnectFilesDialog,
  })),
);

/** Opens the dialog that says which line connects existing files. */
export function ConnectFilesButton() {
  const { t } = useCard();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" size="small" onPress={() => setOpen(true)}>
        {t('actions.connect')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ConnectFilesDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
