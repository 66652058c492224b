import { displayHost } from '../presentation/displayHost';
import { Host } from './Host';

/** A host; beside an international one stands what DNS is asked for. */
export function FullHost(props: { name: string }) {
  const { name } = props;
  return displayHost(name) === name ? (
    <Host name={name} />
  ) : (
    <>
      <Host name={name} /> (<Host name={name} exact />)
    </>
  );
}
