import { InputError } from '@backstage/errors';
import { STATE_CODES } from '@external-services/backstage-plugin-external-services-common';
import { z } from 'zod';

const MAX_QUERY_LENGTH = 300;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const DEFAULT_MAPPINGS = 100;
const MAX_POSITION = 1_000_000;

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item.transform(value => [value])]).optional();

const page = {
  cursor: z.string().max(1000).optional(),
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
  q: z.string().max(MAX_QUERY_LENGTH).optional(),
  env: oneOrMore(z.string()),
  state: oneOrMore(z.enum(STATE_CODES)),
  owner: oneOrMore(z.string()),
});

/** Path of `GET /targets/:target`. */
export const targetSchema = z.object({
  target: z.string().min(1).max(MAX_QUERY_LENGTH),
});

/** Path of what is about one entity. */
export const entitySchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
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
