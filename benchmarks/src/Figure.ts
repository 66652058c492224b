/** One line of a benchmark; smaller is better. */
export interface Figure {
  name: string;
  value: number;
  /** Default: `ms`. */
  unit?: 'ms' | 'µs' | 'MB' | 'a second' | 'requests' | 'watches';
  /** What the value is compared with, measured in the same run. Default: nothing. */
  baseline?: { name: string; value: number };
  /** The most that is good, of the value or of its ratio to the baseline. Default: none. */
  goal?: { value: number } | { ratio: number };
}

/** A figure that could not be measured, and why. */
export interface SkippedFigure {
  name: string;
  skipped: string;
}

/** How many times as much as its baseline. */
export function ratioOf({ value, baseline }: Figure): number | undefined {
  return baseline && value / baseline.value;
}

/** True when the goal is met; undefined where there is none. */
export function isGood(figure: Figure): boolean | undefined {
  const { goal, value } = figure;
  if (!goal) {
    return undefined;
  }
  return 'value' in goal
    ? value <= goal.value
    : (ratioOf(figure) ?? Infinity) <= goal.ratio;
}
