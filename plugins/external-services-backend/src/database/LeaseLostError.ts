import { CustomErrorBase } from '@backstage/errors';
import type { SourceRow } from './SourceRow';

/**
 * Somebody else has claimed the row since; what was to be written is out of date.
 *
 * @internal
 */
export class LeaseLostError extends CustomErrorBase {
  override readonly name = 'LeaseLostError' as const;
  readonly sourceId: string;
  readonly generation: number;

  constructor({ id, generation }: Pick<SourceRow, 'id' | 'generation'>) {
    super(`The lease of ${id} (generation ${generation}) was lost`);
    this.sourceId = id;
    this.generation = generation;
  }
}
