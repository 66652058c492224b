import { createContext, useContext } from 'react';
import type { Entity } from '@backstage/catalog-model';
import type { ServiceTemplates } from '@external-services/backstage-plugin-external-services-common';
import type { Translate } from './useTranslate';
import type { Formats } from '../presentation/Formats';

/** What every part of the card shares. */
export interface CardValue {
  t: Translate;
  formats: Formats;
  /** The moment that all ages are counted to, milliseconds since the epoch. */
  now: number;
  entity: Entity;
  /** What a person calls the entity. */
  component: string;
  /** True while `Check now` runs: ages then say "checking". */
  checking: boolean;
  /** The forms that there are for the reader. */
  templates: ServiceTemplates;
  /** Absent when the reader may not ask for a check. */
  checkNow?: () => void;
}

/** Holds {@link CardValue}; the card provides it. */
export const CardContext = createContext<CardValue | undefined>(undefined);

/** What every part of the card shares. Throws outside of a card. */
export function useCard(): CardValue {
  const value = useContext(CardContext);
  if (!value) {
    throw new Error('useCard must be used inside ExternalServicesCard');
  }
  return value;
}
