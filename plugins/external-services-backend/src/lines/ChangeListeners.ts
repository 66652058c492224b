import type { LoggerService } from '@backstage/backend-plugin-api';
import { shortMessage } from '../shortMessage';
import type { MappingsChanged } from './LineChange';

/**
 * Told of each change once, in the replica that stored it. What it throws is logged
 * and harms nobody else.
 *
 * @internal
 */
export type ChangeListener = (change: MappingsChanged) => Promise<void> | void;

/**
 * Passes changes on to whoever listens.
 *
 * @internal
 */
export class ChangeListeners {
  readonly #logger: LoggerService;
  readonly #listeners: ChangeListener[];

  static create(options: {
    logger: LoggerService;
    listeners: ChangeListener[];
  }) {
    return new ChangeListeners(options.logger, options.listeners);
  }

  private constructor(logger: LoggerService, listeners: ChangeListener[]) {
    this.#logger = logger;
    this.#listeners = listeners;
  }

  /** To be called when the change can be read from the database. */
  async publish(change: MappingsChanged): Promise<void> {
    for (const listener of this.#listeners) {
      try {
        await listener(change);
      } catch (error) {
        this.#logger.warn(
          `A listener failed at a change of ${change.entityRef}: ${shortMessage(
            error,
          )}`,
        );
      }
    }
  }
}
