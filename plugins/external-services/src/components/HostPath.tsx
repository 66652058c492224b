import { Fragment, type ReactNode } from 'react';
import { RiArrowRightLine } from '@remixicon/react';
import { useCard } from '../hooks/useCard';
import styles from './card.module.css';

/** Hosts that lead to one another, and what stands at the end. */
export function HostPath(props: { steps: ReactNode[] }) {
  const { t } = useCard();
  const [first, ...rest] = props.steps;
  return (
    <span>
      {first}
      {rest.map((step, index) => (
        <Fragment key={index}>
          {' '}
          <span className={styles.unit}>
            <RiArrowRightLine className={styles.arrow} size={14} aria-hidden />
            <span className={styles.visuallyHidden}>
              {t('row.leadsTo')}
            </span>{' '}
            {step}
          </span>
        </Fragment>
      ))}
    </span>
  );
}
