import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useCard } from '../hooks/useCard';
import { useCopy } from '../hooks/useCopy';

/** An icon that copies `text` and says so for 2 s. */
export function CopyIconButton(props: {
  text: string;
  label: string;
  className?: string;
}) {
  const { t } = useCard();
  const { result, copy } = useCopy();
  const labels = {
    copied: t('actions.copied'),
    failed: t('actions.copyFailed'),
  };
  return (
    <ButtonIcon
      className={props.className}
      variant="tertiary"
      size="small"
      aria-label={result ? labels[result] : props.label}
      icon={
        result === 'copied' ? (
          <RiCheckLine aria-hidden />
        ) : (
          <RiFileCopyLine aria-hidden />
        )
      }
      onPress={() => copy(props.text)}
    />
  );
}
