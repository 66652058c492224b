import type { LoggerService } from '@backstage/backend-plugin-api';
import { shortMessage } from '../shortMessage';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { MappingsChanged } from '../lines/LineChange';

/**
 * Tells open cards that something they show has changed. The message has no
 * content, since whoever listens is not asked for permission: the card fetches
 * what it may see.
 *
 * @internal
 */
export class ChangeNotifier {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;

  static create(options: { signals: SignalsService; logger: LoggerService }) {
    return new ChangeNotifier(options);
  }

  private constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  /** To be called when the change can be read from the database. */
  async changed({ entityUid }: Pick<MappingsChanged, 'entityUid'>) {
    await this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: `external-services:${entityUid}`,
        message: { changed: true },
      })
      // The card polls as well, so a lost signal costs seconds only.
      .catch(error =>
        this.#logger.warn(`A signal was not sent: ${shortMessage(error)}`),
      );
  }
}
