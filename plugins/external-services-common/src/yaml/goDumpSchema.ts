import {
  defineScalarTag,
  DUMP_SCHEMA,
  NOT_RESOLVED,
  type Schema,
} from 'js-yaml';
import { resolveGoScalar } from './goScalar';

/**
 * js-yaml's own schema for output, and with it every plain text that the API
 * server would not read as this very text, so that such texts are quoted.
 */
export const GO_DUMP_SCHEMA: Schema = DUMP_SCHEMA.withTags(
  defineScalarTag('tag:external-services,2026:misread', {
    implicit: true,
    resolve: source =>
      resolveGoScalar(source) === source ? NOT_RESOLVED : source,
    identify: () => false,
  }),
);
