import { useState } from 'react';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import {
  RiAddLine,
  RiContractUpDownLine,
  RiExpandUpDownLine,
  RiFileCopyLine,
  RiFileSearchLine,
  RiMore2Line,
  RiQuestionLine,
} from '@remixicon/react';
import { useCard } from '../hooks/useCard';
import { useReturnFocus } from '../hooks/useReturnFocus';
import { onDemand } from './onDemand';

const WordsDialog = onDemand(() =>
  import('./WordsDialog').then(module => module.WordsDialog),
);

/** What can be done with the card as a whole. */
export function CardMenu(props: {
  /** Link to the form; absent where there is no template. */
  addHref?: string;
  /** Link to the form that checks the files; absent where there is none. */
  checkHref?: string;
  /** Absent without services. */
  rows?: { areOpen: boolean; toggle: () => void; copySummary: () => void };
}) {
  const { addHref, checkHref, rows } = props;
  const { t } = useCard();
  const [showWords, setShowWords] = useState(false);
  const trigger = useReturnFocus<HTMLButtonElement>(showWords);
  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          ref={trigger}
          variant="tertiary"
          size="small"
          aria-label={t('actions.more')}
          icon={<RiMore2Line aria-hidden />}
        />
        <Menu placement="bottom end">
          {addHref && (
            <MenuItem href={addHref} iconStart={<RiAddLine aria-hidden />}>
              {t('actions.add')}
            </MenuItem>
          )}
          {checkHref && (
            <MenuItem
              href={checkHref}
              iconStart={<RiFileSearchLine aria-hidden />}
            >
              {t('actions.checkFiles')}
            </MenuItem>
          )}
          {rows && (
            <MenuItem
              onAction={rows.toggle}
              iconStart={
                rows.areOpen ? (
                  <RiContractUpDownLine aria-hidden />
                ) : (
                  <RiExpandUpDownLine aria-hidden />
                )
              }
            >
              {rows.areOpen ? t('actions.closeAll') : t('actions.openAll')}
            </MenuItem>
          )}
          {rows && (
            <MenuItem
              onAction={rows.copySummary}
              iconStart={<RiFileCopyLine aria-hidden />}
            >
              {t('actions.copySummary')}
            </MenuItem>
          )}
          <MenuItem
            onAction={() => setShowWords(true)}
            iconStart={<RiQuestionLine aria-hidden />}
          >
            {t('actions.words')}
          </MenuItem>
        </Menu>
      </MenuTrigger>
      {showWords && <WordsDialog onClose={() => setShowWords(false)} />}
    </>
  );
}
