import { useCard } from '../hooks/useCard';
import { MAX_ADDRESSES } from '../presentation/folding';
import { HostList } from './HostList';

/** At most two addresses, then "and n more". */
export function Addresses(props: { addresses: string[] }) {
  const { t } = useCard();
  const shown = props.addresses.slice(0, MAX_ADDRESSES);
  const more = props.addresses.length - shown.length;
  const list = <HostList names={shown} />;
  return more > 0
    ? t('row.moreAddresses', { addresses: list, count: more })
    : list;
}
