import { useEffect, useId, useMemo, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { Button, ButtonIcon } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { deniesReading } from '../api/RequestFailure';
import { CardContext, type CardValue } from '../hooks/useCard';
import { rememberCount, rememberedCount } from '../hooks/rememberedCount';
import { useCopy } from '../hooks/useCopy';
import { useFormats } from '../hooks/useFormats';
import { useKeptFocus } from '../hooks/useKeptFocus';
import { useMappings } from '../hooks/useMappings';
import { useNow } from '../hooks/useNow';
import type { ServiceTemplates } from '@external-services/backstage-plugin-external-services-common';
import { useStableOrder } from '../hooks/useStableOrder';
import { useTranslate } from '../hooks/useTranslate';
import { templateHref } from '../presentation/templateHref';
import { Announcer } from './Announcer';
import { CardBody } from './CardBody';
import { CardMenu } from './CardMenu';
import { HeaderSummary } from './HeaderSummary';
import { Notice } from './Notice';
import { Services } from './Services';
import styles from './card.module.css';

const NO_TEMPLATES: ServiceTemplates = {};

/**
 * The external services of the entity in context: where each leads in every
 * environment, and whether it gets there.
 *
 * @public
 */
export function ExternalServicesCard() {
  const { entity } = useEntity();
  const t = useTranslate();
  const formats = useFormats();
  const mappings = useMappings(entity);
  const { data, failure, loadedAt, checkingSince, checkNow } = mappings;
  const now = useNow(loadedAt);
  const titleId = useId();
  const entityRef = stringifyEntityRef(entity);
  const component = entity.metadata.title ?? entity.metadata.name;
  const checking = checkingSince !== undefined;
  const canCheck = data?.actions.refresh ?? false;
  const templates = data?.actions.templates ?? NO_TEMPLATES;

  const expected = useMemo(() => rememberedCount(entityRef), [entityRef]);
  useEffect(() => {
    if (data) {
      rememberCount(entityRef, data.items.length);
    } else if (failure && deniesReading(failure)) {
      rememberCount(entityRef, undefined);
    }
  }, [entityRef, data, failure]);

  const { items, changed, sortAgain, handlers } = useStableOrder(
    data?.items ?? [],
  );
  const keptFocus = useKeptFocus<HTMLElement>();
  const [open, setOpen] = useState(new Set<string>());
  const { result: copied, copy } = useCopy();
  const areOpen = items.length > 0 && items.every(({ id }) => open.has(id));

  const card: CardValue = useMemo(
    () => ({
      t,
      formats,
      now,
      entity,
      component,
      checking,
      templates,
      checkNow: canCheck ? checkNow : undefined,
    }),
    [
      t,
      formats,
      now,
      entity,
      component,
      checking,
      templates,
      canCheck,
      checkNow,
    ],
  );

  return (
    <CardContext.Provider value={card}>
      <section
        className={styles.frame}
        aria-labelledby={titleId}
        aria-busy={checking || (!data && !failure)}
        ref={keptFocus.ref}
        {...handlers}
        onFocus={() => {
          handlers.onFocus();
          keptFocus.onFocus();
        }}
        onBlur={event => {
          handlers.onBlur(event);
          keptFocus.onBlur(event);
        }}
      >
        <EntityInfoCard
          className={styles.card}
          title={<span id={titleId}>{t('card.title')}</span>}
          headerActions={
            <>
              {data && (
                <HeaderSummary data={data} className={styles.inHeader} />
              )}
              {canCheck && (
                <ButtonIcon
                  variant="tertiary"
                  size="small"
                  aria-label={t('actions.checkNow')}
                  icon={<RiRefreshLine aria-hidden />}
                  isPending={checking}
                  onPress={() => checkNow()}
                />
              )}
              <CardMenu
                addHref={templates.add && templateHref(templates.add, entity)}
                checkHref={
                  templates.check && items.length > 0
                    ? templateHref(templates.check, entity)
                    : undefined
                }
                rows={
                  items.length > 0
                    ? {
                        areOpen,
                        toggle: () =>
                          setOpen(
                            new Set(areOpen ? [] : items.map(({ id }) => id)),
                          ),
                        copySummary: async () => {
                          const { summaryOf } = await import(
                            '../presentation/summary'
                          );
                          copy(
                            summaryOf(items, { t, formats, now, component }),
                          );
                        },
                      }
                    : undefined
                }
              />
            </>
          }
        >
          <div className={styles.body}>
            {data && <HeaderSummary data={data} className={styles.inBody} />}
            <CardBody mappings={mappings} expected={expected}>
              <Services items={items} open={open} onOpenChange={setOpen} />
            </CardBody>
            {changed && (
              <p className={styles.notice} role="status">
                {t('card.orderChanged')}{' '}
                <Button variant="tertiary" size="small" onPress={sortAgain}>
                  {t('card.sortAgain')}
                </Button>
              </p>
            )}
            {copied && (
              <p className={styles.notice} role="status">
                {copied === 'copied'
                  ? t('actions.copied')
                  : t('actions.copyFailed')}
              </p>
            )}
            <Notice mappings={mappings} />
            <Announcer data={data} />
          </div>
        </EntityInfoCard>
      </section>
    </CardContext.Provider>
  );
}
