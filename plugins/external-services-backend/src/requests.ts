import { InputError } from '@backstage/errors';
import { STATE_CODES } from '@external-services/backstage-plugin-external-services-common';
import { z } from 'zod';
import { isStorable } from './database/storable';

const MAX_QUERY_LENGTH = 300;
const MAX_NAME_LENGTH = 253;
const MAX_VALUES = 100;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const DEFAULT_MAPPINGS = 100;
const MAX_POSITION = 1_000_000;

/** Databases do not take every text. */
const text = z
  .string()
  .refine(
    value => isStorable(value, Infinity),
    'has characters that no name has',
  );

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z
    .union([z.array(item).max(MAX_VALUES), item.transform(value => [value])])
    .optional();

const page = {
  cursor: text.max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
};

/** Query of the mappings of an entity. */
export const mappingsSchema = z.object({
  cursor: z.coerce.number().int().min(0).max(MAX_POSITION).optional(),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .default(DEFAULT_MAPPINGS),
});

/** Query of `GET /targets/:target`. */
export const pageSchema = z.object(page);

/** Query of `GET /mappings`. */
export const fleetSchema = z.object({
  ...page,
  q: text.max(MAX_QUERY_LENGTH).optional(),
  env: oneOrMore(text.max(MAX_QUERY_LENGTH)),
  state: oneOrMore(z.enum(STATE_CODES)),
  owner: oneOrMore(text.max(MAX_QUERY_LENGTH)),
});

/** Path of `GET /targets/:target`. */
export const targetSchema = z.object({
  target: text.min(1).max(MAX_QUERY_LENGTH),
});

/** Path of what is about one entity. */
export const entitySchema = z.object({
  kind: text.max(MAX_NAME_LENGTH),
  namespace: text.max(MAX_NAME_LENGTH),
  name: text.max(MAX_NAME_LENGTH),
});

/** Body of `POST /validate`. */
export const validateSchema = z.object({
  text: z.string(),
  path: z.string().max(1024).optional(),
});

/**
 * Parses a part of a request.
 *
 * @throws InputError that names the field
 * @internal
 */
export function parseInput<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(`${path.join('.') || 'The body'}: ${message}`);
  }
  return parsed.data;
}
