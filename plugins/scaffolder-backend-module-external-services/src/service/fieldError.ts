import { InputError } from '@backstage/errors';

/**
 * What is wrong with one input of an action.
 *
 * @internal
 */
export interface FieldProblem {
  /** Input of the action, for example `targets.dev`. */
  field: string;
  /** What is wrong and what to enter instead. */
  message: string;
}

/** What the form calls an input. */
const TITLES: Record<string, string> = {
  targets: 'Where does it lead?',
  port: 'Port',
  name: 'Name in the cluster',
  namespace: 'Namespace',
  targetPort: 'Port at the target',
  morePorts: 'More ports',
  headless: 'Give my app the addresses directly',
  endpoints: 'Address list',
  layout: 'Files',
  environments: 'Where?',
};

/**
 * One error for all problems, each with the input's name and what the form calls it.
 *
 * @internal
 */
export function fieldError(problems: FieldProblem[]): InputError {
  const lines = problems.map(({ field, message }) => {
    const title = TITLES[field.split(/[.[]/)[0]];
    return `${field}${title ? ` (${title})` : ''}: ${message}`;
  });
  // What is wrong in every environment is said once.
  return new InputError([...new Set(lines)].join('\n'));
}
