import { ButtonLink } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { useCard } from '../hooks/useCard';
import { catalogInfoUrl } from '../presentation/catalogInfoUrl';

/** Opens the component's catalog-info.yaml; absent where its address is unknown. */
export function CatalogInfoLink() {
  const { t, entity } = useCard();
  const url = catalogInfoUrl(entity);
  if (!url) return null;
  return (
    <ButtonLink
      variant="secondary"
      size="small"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      iconEnd={<RiExternalLinkLine aria-hidden />}
    >
      {t('actions.openCatalogInfo')}
    </ButtonLink>
  );
}
