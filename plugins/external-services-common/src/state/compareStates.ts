import type { DerivedState, StateReason } from './DerivedState';
import { STATE_CODES, type StateCode } from './StateCode';

/**
 * Orders states, worst first. Negative when `a` is shown before `b`.
 *
 * @public
 */
export function compareStates(a: StateCode, b: StateCode): number {
  return STATE_CODES.indexOf(a) - STATE_CODES.indexOf(b);
}

/**
 * Orders what holds, worst first, like `compareStates`; what is only a warning
 * although its state is a danger stands before the other warnings.
 *
 * @public
 */
export function compareReasons(
  a: Pick<StateReason, 'state' | 'tone'>,
  b: Pick<StateReason, 'state' | 'tone'>,
): number {
  return rankOf(a) - rankOf(b) || compareStates(a.state, b.state);
}

/**
 * Orders lines by what they show, like `compareReasons`.
 *
 * @public
 */
export function compareDerivedStates(
  a: Pick<DerivedState, 'state' | 'reasons'>,
  b: Pick<DerivedState, 'state' | 'reasons'>,
): number {
  return compareReasons(shown(a), shown(b));
}

/**
 * Place of what a line shows among all others: the lower, the worse; from 0, and a
 * half where it stands between two states.
 *
 * @public
 */
export function stateRank(
  derived: Pick<DerivedState, 'state' | 'reasons'>,
): number {
  return rankOf(shown(derived));
}

function shown({
  state,
  reasons,
}: Pick<DerivedState, 'state' | 'reasons'>): Pick<
  StateReason,
  'state' | 'tone'
> {
  return { state, tone: reasons[0]?.tone };
}

const FIRST_WARNING = STATE_CODES.indexOf('drifted');

function rankOf({ state, tone }: Pick<StateReason, 'state' | 'tone'>): number {
  return tone ? FIRST_WARNING - 0.5 : STATE_CODES.indexOf(state);
}
