import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useCard } from '../hooks/useCard';
import { useCopy } from '../hooks/useCopy';

/** A button with a word that copies what `text` returns, and says so for 2 s. */
export function CopyButton(props: {
  text: () => string;
  children: string;
  label?: string;
}) {
  const { t } = useCard();
  const { result, copy } = useCopy();
  const labels = {
    copied: t('actions.copied'),
    failed: t('actions.copyFailed'),
  };
  return (
    <Button
      variant="secondary"
      size="small"
      aria-label={result ? labels[result] : props.label}
      iconStart={
        result === 'copied' ? (
          <RiCheckLine aria-hidden />
        ) : (
          <RiFileCopyLine aria-hidden />
        )
      }
      onPress={() => copy(props.text())}
    >
      {result ? labels[result] : props.children}
    </Button>
  );
}
