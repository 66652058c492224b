import { Fragment } from 'react';
import { Host } from './Host';

/** Hosts or addresses, separated by commas. */
export function HostList(props: { names: string[] }) {
  return (
    <>
      {props.names.map((name, index) => (
        <Fragment key={name}>
          {index > 0 && ', '}
          <Host name={name} />
        </Fragment>
      ))}
    </>
  );
}
