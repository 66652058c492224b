import { environmentOf } from '../manifests/environmentOf';
import type { ManifestObject } from '../manifests/ManifestObject';
import type { LintContext } from './LintContext';
import type { LintReport } from './LintProblem';
import type { LintSubjects } from './LintSubject';
import {
  patternTarget,
  type TargetPattern,
  targetPattern,
} from './targetPattern';
import type { TargetPolicies, TargetPolicy } from './TargetPolicy';

/**
 * Targets that the organisation does not allow. What is for no environment in
 * particular, or for one that the configuration does not name, is for all of them.
 */
export function lintPolicy(
  { services, sources }: LintSubjects,
  { policies, environments = [] }: LintContext,
  report: LintReport,
): void {
  if (!policies) {
    return;
  }
  const judge = judgeOf(policies);
  const check = (
    object: ManifestObject,
    path: string,
    target: string,
    places: Iterable<string | undefined>,
  ) => {
    for (const place of places) {
      for (const message of judge(target, place)) {
        report({
          object,
          severity: 'error',
          code: 'policy-forbids-target',
          path,
          value: target,
          message,
          hint: 'Use a target that is allowed.',
        });
      }
    }
  };

  const users = new Map<ManifestObject, Set<string | undefined>>();
  for (const { object, service, sources: own } of services) {
    const place = environmentOf(object, environments);
    for (const source of own) {
      const known = users.get(source.object) ?? new Set();
      users.set(source.object, known.add(place));
    }
    const { type, externalName } = service.spec;
    if (type === 'ExternalName' && externalName !== '') {
      check(object, 'spec.externalName', externalName, [place]);
    }
  }
  for (const source of sources) {
    // Addresses that do not say where they are used are used where their Services are.
    const own = environmentOf(source.object, environments);
    const places = own ? [own] : users.get(source.object) ?? [undefined];
    for (const { object, path, address } of source.addresses) {
      check(object, path, address, places);
    }
  }
}

/** Why a target is not allowed in an environment, or in any; a sentence for each. */
type Judge = (target: string, environment: string | undefined) => string[];

function judgeOf({ everywhere, environments }: TargetPolicies): Judge {
  const common = everywhere && ruleOf(everywhere);
  const rules = environments.flatMap(({ name, title = name, policy }) =>
    policy
      ? [
          {
            name,
            title,
            rule: ruleOf({ contact: everywhere?.contact, ...policy }),
          },
        ]
      : [],
  );
  const titles = new Map(
    environments.map(({ name, title = name }) => [name, title]),
  );
  return (text, environment) => {
    const target = patternTarget(text);
    const say = (place: string, { allowed }: Rule) =>
      `Your organisation does not allow ${text} in ${place}. ${allowed}`;
    if (common && !common.permits(target)) {
      const place = environment
        ? titles.get(environment) ?? environment
        : 'any environment';
      return [say(place, common)];
    }
    // An environment that nobody has named may be any of them.
    const known = environment !== undefined && titles.has(environment);
    return rules
      .filter(({ name }) => !known || name === environment)
      .filter(({ rule }) => !rule.permits(target))
      .map(({ title, rule }) => say(title, rule));
  };
}

interface Rule {
  permits: TargetPattern;
  /** What it allows and whom to ask, in words. */
  allowed: string;
}

function ruleOf({ allow, deny = [], contact }: TargetPolicy): Rule {
  const allowed = allow?.map(targetPattern);
  const denied = deny.map(targetPattern);
  const what = allow ? listed(allow) : 'everything';
  const except = deny.length > 0 ? ` except ${listed(deny)}` : '';
  return {
    permits: target =>
      !denied.some(covers => covers(target)) &&
      (allowed?.some(covers => covers(target)) ?? true),
    allowed: [`Allowed: ${what}${except}.`, contact].filter(Boolean).join(' '),
  };
}

/** Most patterns that a message names. */
const MAX_LISTED = 10;

function listed(patterns: string[]): string {
  const rest = patterns.length - MAX_LISTED;
  const named = patterns.slice(0, MAX_LISTED).join(', ');
  return rest > 0 ? `${named} and ${rest} more` : named || 'nothing';
}
