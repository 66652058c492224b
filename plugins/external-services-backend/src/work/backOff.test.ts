import { backOff, spread } from './backOff';

describe('backOff', () => {
  it.each([
    [1, 5_000],
    [2, 10_000],
    [4, 40_000],
    [7, 300_000],
    [1_000, 300_000],
  ])('waits after %p failures %p ms', (failures, expected) => {
    expect(backOff(failures, 300_000, () => 0.5)).toBe(expected);
  });
});

describe('spread', () => {
  it.each([
    [0, 900],
    [0.5, 1_000],
    [1, 1_100],
  ])('moves a time by the part given (%p: %p)', (random, expected) => {
    expect(spread(1_000, 0.1, () => random)).toBe(expected);
  });
});
