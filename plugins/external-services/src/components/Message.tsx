import type { ReactNode } from 'react';
import styles from './card.module.css';

/** A short message in place of the services: title, text, actions. */
export function Message(props: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** Default: none, it is a state and no event. */
  role?: 'status' | 'alert';
}) {
  return (
    <div className={styles.message} role={props.role}>
      <p className={styles.messageTitle}>{props.title}</p>
      <div className={styles.messageText}>{props.children}</div>
      {props.actions && <div className={styles.buttons}>{props.actions}</div>}
    </div>
  );
}
