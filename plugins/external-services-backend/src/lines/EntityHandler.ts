import type { LoggerService } from '@backstage/backend-plugin-api';
import { shortMessage } from '../shortMessage';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { letOthersRun } from '../database/letOthersRun';
import type { Claim } from '../database/SourceRow';
import type { Outcome, SourceStore } from '../database/SourceStore';
import { joinInSteps, type JoinedMappings } from '../join/joinMappings';
import type { KnownClusters } from '../sources/cluster/KnownClusters';
import type { BatchHandler } from '../work/SourceHandler';
import type { ChangeListeners } from './ChangeListeners';
import { joinedWith } from './joinedWith';
import type { LineChange } from './LineChange';
import type { LineStore } from './LineStore';
import { nextLook } from './nextLook';
import type { Observations, ObservedAnswer } from './Observations';

const BATCH_SIZE = 50;
/** For how long others wait at most, but for a step that takes longer by itself. */
const TURN_MS = 10;

/**
 * Joins what is stored about entities, once for each change of it, and stores that.
 *
 * @internal
 */
export class EntityHandler implements BatchHandler {
  readonly kind = 'entity';
  readonly batchSize = BATCH_SIZE;
  readonly #options: EntityHandlerOptions;

  static create(options: EntityHandlerOptions) {
    return new EntityHandler(options);
  }

  private constructor(options: EntityHandlerOptions) {
    this.#options = options;
  }

  async handleAll(
    claims: Claim[],
    signal: AbortSignal,
  ): Promise<Map<string, Outcome>> {
    const { logger, observations } = this.#options;
    const observed = await observations.of(claims.map(({ key }) => key));
    const outcomes = new Map<string, Outcome>();
    for (const claim of claims) {
      signal.throwIfAborted();
      try {
        outcomes.set(
          claim.id,
          await this.#join(claim, observed.get(claim.key)),
        );
      } catch (error) {
        logger.warn(`${claim.key} was not joined: ${shortMessage(error)}`);
      }
      // Whoever else has something to do does not wait for the whole batch.
      await letOthersRun();
    }
    return outcomes;
  }

  async #join(
    claim: Claim,
    observed: ObservedAnswer | undefined,
  ): Promise<Outcome> {
    const { integrations, known, lines, listeners } = this.#options;
    const now = claim.claimedAt;
    if (!observed) {
      // Its row is removed with the entity.
      return { succeeded: true, status: null, nextDueIn: 0 };
    }
    const { config } = known;
    const { observations, entityUid } = observed;
    const { entityRef } = observations.entity;
    const joined = await inTurns(
      joinInSteps(observations, { config, integrations, now }),
    );
    let changes: LineChange[] | undefined;
    return {
      succeeded: true,
      status: null,
      nextDueIn: nextLook(joined, now),
      write: async transaction => {
        changes = await lines.write(transaction, entityRef, joined, {
          joinedWith: joinedWith(config),
          now,
        });
      },
      written: async () => {
        if (changes) {
          await listeners.publish({ entityRef, entityUid, at: now, changes });
        }
      },
    };
  }
}

/** Lets others have their turn whenever some steps have taken a while. */
async function inTurns(
  steps: Generator<undefined, JoinedMappings>,
): Promise<JoinedMappings> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
    if (performance.now() - begun > TURN_MS) {
      await letOthersRun();
      begun = performance.now();
    }
  }
}

/**
 * What an {@link EntityHandler} needs.
 *
 * @internal
 */
export interface EntityHandlerOptions {
  integrations: ScmIntegrationRegistry;
  known: Pick<KnownClusters, 'config'>;
  lines: LineStore;
  listeners: ChangeListeners;
  logger: LoggerService;
  observations: Observations;
  sources: SourceStore;
}
