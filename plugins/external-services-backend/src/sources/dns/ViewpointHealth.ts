import type { ResolutionFailure } from '@external-services/backstage-plugin-external-services-common';
import type { ResolverConfig } from '../../config/ExternalServicesConfig';
import { type NameAnswer, resolveName } from './resolveName';

/** Failures that may be the server's own; the others are answers about the name. */
const SERVER_FAILURES: ReadonlySet<ResolutionFailure | undefined> = new Set<
  ResolutionFailure | undefined
>(['no-answer', 'server-failed', 'refused', 'malformed-answer']);

/** One to compare with, whichever of them is the name that fails. */
const NAMES_KEPT = 2;
/** How long a viewpoint that was found silent is taken to be so, unasked. */
const SILENT_FOR_MS = 10_000;

/** What was heard from one viewpoint. Times are milliseconds. */
interface Heard {
  /** The names that it answered last, the latest first. */
  names: string[];
  answeredAt: number;
  /** Names that it failed to answer while it answered none. */
  failed: string[];
  silentUntil: number;
}

/**
 * Resolves names, and tells a name that its viewpoint cannot answer from a
 * viewpoint that answers nothing: the former is a problem of the target, the latter
 * one of the portal. A viewpoint that fails at a name is compared with what else it
 * was asked at that time, or is asked for a name that it answered before.
 *
 * @internal
 */
export class ViewpointHealth {
  readonly #heard = new Map<string, Heard>();
  readonly #now: () => number;

  static create(options: { now?: () => number } = {}) {
    return new ViewpointHealth(options.now ?? Date.now);
  }

  private constructor(now: () => number) {
    this.#now = now;
  }

  /** As {@link resolveName}, which says what it throws. */
  async resolve(
    name: string,
    viewpoint: ResolverConfig,
    signal: AbortSignal,
  ): Promise<NameAnswer> {
    const askedAt = this.#now();
    const answer = await resolveName(name, viewpoint, signal);
    const heard = this.#heardFrom(viewpoint);
    if (!SERVER_FAILURES.has(answer.failure)) {
      this.#remember(name, heard);
      return answer;
    }
    const silent =
      heard.answeredAt < askedAt &&
      (await this.#isSilent(name, answer, viewpoint, signal));
    return silent ? { ...answer, unanswered: true } : answer;
  }

  async #isSilent(
    name: string,
    { failure }: NameAnswer,
    viewpoint: ResolverConfig,
    signal: AbortSignal,
  ): Promise<boolean> {
    const heard = this.#heardFrom(viewpoint);
    if (this.#now() < heard.silentUntil) {
      return true;
    }
    const control = heard.names.find(known => known !== name);
    if (control === undefined) {
      heard.failed = latest(name, heard.failed);
      // An answer that says "failed" may be about the only name; silence says nothing.
      return failure === 'no-answer' || heard.failed.length > 1;
    }
    const answer = await resolveName(control, viewpoint, signal);
    if (!SERVER_FAILURES.has(answer.failure)) {
      this.#remember(control, heard);
      return false;
    }
    heard.silentUntil = this.#now() + SILENT_FOR_MS;
    return true;
  }

  #heardFrom({ name }: ResolverConfig): Heard {
    const heard = this.#heard.get(name) ?? {
      names: [],
      failed: [],
      answeredAt: -Infinity,
      silentUntil: -Infinity,
    };
    this.#heard.set(name, heard);
    return heard;
  }

  #remember(name: string, heard: Heard) {
    heard.names = latest(name, heard.names);
    heard.failed = [];
    heard.answeredAt = this.#now();
    heard.silentUntil = -Infinity;
  }
}

function latest(name: string, names: string[]): string[] {
  return [name, ...names.filter(known => known !== name)].slice(0, NAMES_KEPT);
}
