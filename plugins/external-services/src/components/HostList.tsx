import { Fragment } from 'react';
import { Host } from './Host';
import styles from './card.module.css';

/** Hosts or addresses, separated by commas that stay with what they follow. */
export function HostList(props: { names: string[] }) {
  const last = props.names.length - 1;
  return (
    <>
      {props.names.map((name, index) => (
        <Fragment key={name}>
          <span className={styles.unit}>
            <Host name={name} />
            {index < last && ','}
          </span>
          {index < last && ' '}
        </Fragment>
      ))}
    </>
  );
}
