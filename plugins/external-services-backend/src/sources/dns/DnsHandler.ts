import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';
import type { SourceRow } from '../../database/SourceRow';
import type { Outcome, SourceStore } from '../../database/SourceStore';
import { spread } from '../../work/backOff';
import { markDue } from '../../work/markDue';
import type { SingleHandler } from '../../work/SourceHandler';
import { parseDnsKey } from './dnsKey';
import { dnsStaleMs } from './dnsStaleMs';
import { advance, DnsStatus } from './DnsStatus';
import { type AskedNames, isAsked } from './isAsked';
import type { NameAnswer } from './resolveName';
import { ViewpointHealth } from './ViewpointHealth';

const CONCURRENCY = 50;
const MAX_TTL_MS = 60 * 60_000;
const TTL_JITTER = 0.1;
/** A name is asked for again after a part of the time that it has failed for. */
const FAILING_PART = 0.25;
const MAX_FAILING_MS = 10 * 60_000;
/** How soon a change is looked at again before it is shown. */
const CONFIRM_AFTER_MS = 2_000;

/**
 * Resolves one name from one viewpoint, again whenever its answer has ended.
 *
 * @internal
 */
export class DnsHandler implements SingleHandler {
  readonly kind = 'dns';
  readonly concurrency = CONCURRENCY;
  readonly #options: DnsHandlerOptions;
  readonly #viewpoints = ViewpointHealth.create();

  static create(options: DnsHandlerOptions) {
    return new DnsHandler(options);
  }

  private constructor(options: DnsHandlerOptions) {
    this.#options = options;
  }

  async handle(claim: SourceRow, signal: AbortSignal): Promise<Outcome> {
    const { config, sources } = this.#options;
    const { name, viewpoint } = parseDnsKey(claim.key);
    const resolver = config.resolvers.find(known => known.name === viewpoint);
    if (!resolver) {
      // The files are read again soon, under the resolvers of today.
      return {
        succeeded: false,
        status: claim.status,
        nextDueIn: MAX_TTL_MS,
      };
    }
    const answer = withheld(
      await this.#viewpoints.resolve(name, resolver, signal),
      config,
    );
    const previous = claim.status as DnsStatus | undefined;
    const now = await sources.now();
    const refreshMs = refreshAfter(
      answer,
      failingFor(previous, now),
      config.resolution.minTtlMs,
    );
    const status = advance(previous, answer, now, refreshMs);
    return {
      succeeded: true,
      status,
      nextDueIn: status.unconfirmed
        ? CONFIRM_AFTER_MS
        : spread(refreshMs, TTL_JITTER),
      staleIn: dnsStaleMs(refreshMs, resolver),
      write: async transaction => {
        // What was too old is new again, whatever it says.
        if (
          claim.staleAt === undefined ||
          visible(previous) !== visible(status)
        ) {
          await markDue.ofTarget(transaction, claim.id);
        }
      },
    };
  }
}

/**
 * What a {@link DnsHandler} needs.
 *
 * @internal
 */
export interface DnsHandlerOptions {
  config: ExternalServicesConfig;
  sources: Pick<SourceStore, 'now'>;
}

/** The shortest TTL on the way to the addresses, within bounds. */
function refreshAfter(
  answer: NameAnswer,
  failingForMs: number,
  minTtlMs: number,
): number {
  if (answer.failure) {
    // It may be mended any moment, whatever the TTL of the failure says; but what has
    // failed for long takes no more than its share of the questions.
    return Math.min(
      Math.max(minTtlMs, failingForMs * FAILING_PART),
      Math.max(minTtlMs, MAX_FAILING_MS),
    );
  }
  const ttls = [...answer.chain, ...answer.addresses].map(({ ttl }) => ttl);
  return Math.max(minTtlMs, Math.min(MAX_TTL_MS, Math.min(...ttls) * 1000));
}

/** Milliseconds since a name began to fail; 0 for one that does not. */
function failingFor(previous: DnsStatus | undefined, now: number): number {
  return previous?.shown.failure && !previous.shown.unanswered
    ? Math.max(0, now - previous.since)
    : 0;
}

/** An alias of somebody's own must not tell what the portal sees of a name that it does not look up. */
function withheld(answer: NameAnswer, config: AskedNames): NameAnswer {
  const at = answer.chain.findIndex(({ target }) => !isAsked(target, config));
  return at < 0
    ? answer
    : {
        chain: answer.chain.slice(0, at + 1),
        addresses: [],
        failure: 'refused',
        failingName: answer.chain[at].target,
      };
}

/** What a person would see of a status, without ages; servers rotate addresses. */
function visible(status: DnsStatus | undefined): string {
  if (!status) {
    return '';
  }
  const { chain, addresses, failure, failingName, unanswered } = status.shown;
  return JSON.stringify([
    chain.map(({ target }) => target),
    addresses.map(({ address }) => address).sort(),
    failure,
    failingName,
    unanswered,
  ]);
}
