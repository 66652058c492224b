import type { Resolution } from '@external-services/backstage-plugin-external-services-common';
import { useCard } from '../hooks/useCard';
import { Addresses } from './Addresses';

/** The addresses that DNS gave last, and when that was. */
export function LastGood(props: NonNullable<Resolution['lastGood']>) {
  const { t, formats, now } = useCard();
  return t('answer.lastGood', {
    addresses: (
      <Addresses addresses={props.addresses.map(({ address }) => address)} />
    ),
    time: formats.clock(props.at, now),
  });
}
