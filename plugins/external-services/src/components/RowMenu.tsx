import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import {
  RiAddLine,
  RiDeleteBinLine,
  RiExternalLinkLine,
  RiMore2Line,
  RiRouteLine,
} from '@remixicon/react';
import type {
  Mapping,
  ServiceTemplates,
} from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { templateHref } from '../presentation/templateHref';
import styles from './card.module.css';

/** Whether there is anything to choose from. */
export function hasRowMenu(
  mapping: Mapping,
  templates: ServiceTemplates,
): boolean {
  return isDeclared(mapping)
    ? Boolean(templates.retarget || templates.remove || repositoryUrl(mapping))
    : Boolean(templates.add);
}

/** What can be done with one service. */
export function RowMenu(props: { mapping: Mapping }) {
  const { mapping } = props;
  const { t, entity, templates } = useCard();
  const url = repositoryUrl(mapping);
  const declared = isDeclared(mapping);
  const { name, namespace } = mapping;
  const form = (template: string) =>
    templateHref(template, entity, { name, namespace });
  return (
    <MenuTrigger>
      <ButtonIcon
        className={styles.menu}
        variant="tertiary"
        size="small"
        aria-label={t('actions.rowMenu', { name })}
        icon={<RiMore2Line aria-hidden />}
      />
      <Menu placement="bottom end">
        {!declared && templates.add && (
          <MenuItem
            href={templateHref(templates.add, entity)}
            iconStart={<RiAddLine aria-hidden />}
          >
            {t('actions.addToRepository')}
          </MenuItem>
        )}
        {declared && templates.retarget && (
          <MenuItem
            href={form(templates.retarget)}
            iconStart={<RiRouteLine aria-hidden />}
          >
            {t('actions.retarget')}
          </MenuItem>
        )}
        {declared && templates.remove && (
          <MenuItem
            href={form(templates.remove)}
            color="danger"
            iconStart={<RiDeleteBinLine aria-hidden />}
          >
            {t('actions.remove')}
          </MenuItem>
        )}
        {url && (
          <MenuItem
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            iconStart={<RiExternalLinkLine aria-hidden />}
          >
            {t('actions.openInRepository')}
          </MenuItem>
        )}
      </Menu>
    </MenuTrigger>
  );
}

/** Only what stands in a file can be changed there. */
function isDeclared(mapping: Mapping): boolean {
  return mapping.lines.some(line => line.declaration);
}

function repositoryUrl(mapping: Mapping): string | undefined {
  return mapping.lines.find(line => line.declaration?.url)?.declaration?.url;
}
