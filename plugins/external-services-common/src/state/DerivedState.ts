import type { StateCode } from './StateCode';

/**
 * Why a line has its state: a code to translate, with its parameters.
 *
 * @public
 */
export interface StateReason {
  state: StateCode;
  /**
   * Says that it is less grave than the state is otherwise: a cluster still runs a
   * version that was accepted before. Default: the tone of the state.
   */
  tone?: 'warning';
  /** Chooses the sentence within the state, for example a ResolutionFailure. */
  code?: string;
  params: Record<string, string | number>;
}

/**
 * The state of one mapping in one environment.
 *
 * @public
 */
export interface DerivedState {
  state: StateCode;
  /**
   * All problems that hold, worst first, or the one good or neutral state; the
   * first belongs to `state`. Last come those of state `unknown`: sources that do
   * not answer, which a client names beside any state that does not say so itself.
   */
  reasons: StateReason[];
  /** ISO 8601; since when the state holds, where that is known. */
  since?: string;
  /** Title of the source or viewpoint that saw it. */
  seenFrom?: string;
  /** ISO 8601; when the evidence was seen. */
  seenAt?: string;
  /** True when the evidence is older than it should be: green turns neutral. */
  stale: boolean;
}
