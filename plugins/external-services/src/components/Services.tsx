import { useState, type ReactNode } from 'react';
import { AccordionGroup, Button } from '@backstage/ui';
import type { Mapping } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { foldServices, MAX_SERVICES } from '../presentation/folding';
import { countAttention } from '../presentation/lines';
import { isInSync } from '../presentation/unknownSources';
import { ServiceRow } from './ServiceRow';
import styles from './card.module.css';

/** The services, worst first, with the rest behind a button. */
export function Services(props: {
  items: Mapping[];
  open: Set<string>;
  onOpenChange: (open: Set<string>) => void;
}) {
  const { items, open, onOpenChange } = props;
  const { t } = useCard();
  const [all, setAll] = useState(false);
  const { shown, hidden } = foldServices(items, all);
  return (
    <>
      <AccordionGroup
        className={styles.rows}
        allowsMultiple
        expandedKeys={open}
        onExpandedChange={keys => onOpenChange(new Set([...keys].map(String)))}
      >
        <ul className={styles.list}>
          {shown.map(mapping => (
            <li key={mapping.id}>
              <ServiceRow
                mapping={mapping}
                serviceCount={items.length}
                isOpen={open.has(mapping.id)}
              />
            </li>
          ))}
        </ul>
      </AccordionGroup>
      {items.length > MAX_SERVICES && (
        <div className={styles.footer}>
          <span>{!all && <HiddenText hidden={hidden} />}</span>
          <Button
            variant="tertiary"
            size="small"
            aria-expanded={all}
            onPress={() => setAll(!all)}
          >
            {all
              ? t('card.showFewer')
              : t('card.showAll', { count: items.length })}
          </Button>
        </div>
      )}
    </>
  );
}

function HiddenText(props: { hidden: Mapping[] }): ReactNode {
  const { t } = useCard();
  const { hidden } = props;
  const count = hidden.length;
  const attention = countAttention(hidden);
  if (attention > 0) {
    return t('card.moreAttention', { hidden: String(count), count: attention });
  }
  return hidden.every(({ lines }) => lines.every(isInSync))
    ? t('card.moreInSync', { count })
    : t('card.moreHealthy', { count });
}
