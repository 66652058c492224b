import { Fragment } from 'react';
import { displayHost } from '../presentation/displayHost';
import styles from './card.module.css';

/**
 * A host, address, file or other exact text: selectable, never translated.
 * Of a list each moves to the next line by itself.
 */
export function Host(props: {
  name: string;
  className?: string;
  /** Shows an international name as DNS writes it. Default: decoded. */
  exact?: boolean;
}) {
  const [first, ...others] = props.name.split(', ');
  if (others.length > 0) {
    return (
      <>
        <Host {...props} name={first} />
        {others.map((name, index) => (
          <Fragment key={index}>
            , <Host {...props} name={name} />
          </Fragment>
        ))}
      </>
    );
  }
  const text = props.exact ? props.name : displayHost(props.name);
  const parts = text.split(/(?<=[./:])/);
  return (
    <bdi
      className={`${styles.host} ${props.className ?? ''}`}
      dir="ltr"
      translate="no"
    >
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
