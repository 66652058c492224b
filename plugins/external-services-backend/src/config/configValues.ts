import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const DOMAIN =
  /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/** Where the plugin's configuration is. */
export const ROOT = 'externalServices';

/** Refuses a list in which a name comes twice. */
export function refuseDuplicates(key: string, items: { name: string }[]) {
  const seen = new Set<string>();
  items.forEach(({ name }, index) => {
    if (seen.has(name)) {
      throw new InputError(
        `${ROOT}.${key}[${index}].name is '${name}', which is taken. Give every entry its own name`,
      );
    }
    seen.add(name);
  });
}

/** A length of time in milliseconds. */
export function duration(
  config: Config | undefined,
  key: string,
  fallback: { days?: number; minutes?: number; seconds?: number },
): number {
  const milliseconds = durationToMilliseconds(
    config?.has(key) ? readDurationFromConfig(config, { key }) : fallback,
  );
  if (milliseconds <= 0) {
    throw new InputError(
      `${ROOT}.${key} must be longer than nothing, for example { seconds: 30 }`,
    );
  }
  return milliseconds;
}

/** A whole number of at least 1. */
export function positive(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  const value = config?.getOptionalNumber(key) ?? fallback;
  if (!Number.isInteger(value) || value < 1) {
    throw new InputError(
      `${ROOT}.${key} is ${value}. Write a whole number of at least 1`,
    );
  }
  return value;
}

/** Domains, each of which stands for all names below it as well, in lower case. */
export function domains(config: Config | undefined, key: string): string[] {
  return (config?.getOptionalStringArray(key) ?? []).map((written, index) => {
    const domain = written.toLowerCase();
    if (!DOMAIN.test(domain)) {
      throw new InputError(
        `${ROOT}.${key}[${index}] is '${written}'. Write a domain without scheme and wildcard, for example corp.internal; it covers the names below it`,
      );
    }
    return domain;
  });
}
