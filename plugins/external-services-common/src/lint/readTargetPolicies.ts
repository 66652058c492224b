import { z } from 'zod';
import { checkTargetPattern } from './targetPattern';
import type { TargetPolicies } from './TargetPolicy';

const patterns = z
  .array(
    z.string('is no text').superRefine((text, context) => {
      const message = checkTargetPattern(text);
      if (message) {
        context.addIssue({ code: 'custom', message });
      }
    }),
    'is no list',
  )
  .optional();

const policySchema = z
  .strictObject(
    {
      allow: patterns,
      deny: patterns,
      contact: z.string('is no text').optional(),
    },
    {
      error: ({ code }) =>
        code === 'unrecognized_keys'
          ? 'has a key that is not known. Use allow, deny and contact'
          : 'is no object. Write allow, deny and contact below it',
    },
  )
  .optional();

/** What else stands there is for others to read. */
const configSchema = z
  .object({
    policy: policySchema,
    environments: z
      .array(
        z.object({
          name: z.string('is no text'),
          title: z.string('is no text').optional(),
          policy: policySchema,
        }),
      )
      .default([]),
  })
  .default({ environments: [] });

/**
 * Reads `policy` and `environments[].policy` from the value of the configuration
 * key `externalServices`, the same way wherever manifests are written or read.
 *
 * Throws an Error that names the key and the fix: with a policy that cannot be
 * read nothing may be taken for allowed.
 *
 * @public
 */
export function readTargetPolicies(externalServices: unknown): TargetPolicies {
  const { data, error } = configSchema.safeParse(externalServices ?? undefined);
  if (error) {
    const [{ path, message }] = error.issues;
    throw new Error(`${keyOf(path)} ${message}`);
  }
  return {
    ...(data.policy && { everywhere: data.policy }),
    environments: data.environments,
  };
}

function keyOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
    'externalServices',
  );
}
