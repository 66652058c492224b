import { code, plain } from '../report/markdown';
import { targetText } from '../report/targetText';
import type { DeclaredVariants } from './DeclaredVariants';
import type { EditPlan } from './EditPlan';
import { selectorOf } from './RepositoryEdit';

/**
 * Plans that a service goes.
 *
 * @param only - environments that it goes from. Default, and when empty: all
 * @throws InputError with the environment that it is not declared in
 * @internal
 */
export function planRemoval(
  variants: DeclaredVariants,
  only: string[] = [],
): EditPlan {
  const environments = [...new Set(only)];
  const { name } = variants;
  const gone =
    environments.length > 0
      ? variants.in(environments, () => 'environments')
      : variants.all;
  return {
    changes: gone.map(variant => ({
      action: 'remove',
      mapping: selectorOf(variant),
    })),
    environments,
    what: `Remove ${name}`,
    body: [
      `Takes ${code(name)} away. It leads to:`,
      gone
        .map(
          ({ service }) =>
            `- ${plain(
              service.environment ?? 'all environments',
            )}: ${targetText(service.target)}`,
        )
        .join('\n'),
      'Make sure that no app uses the name any more: neither the portal nor the cluster sees who connects.',
    ],
    branch: `remove ${name} ${environments.join(' ')}`,
  };
}
