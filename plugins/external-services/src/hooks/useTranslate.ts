import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { externalServicesTranslationRef } from '../translations';

/** Turns a key of the plugin's translation ref into text. */
export type Translate = TranslationFunction<
  (typeof externalServicesTranslationRef)['T']
>;

/** The plugin's texts in the language of the page. */
export function useTranslate(): Translate {
  return useTranslationRef(externalServicesTranslationRef).t;
}
