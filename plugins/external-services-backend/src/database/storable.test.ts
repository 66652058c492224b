import { isStorable, storable } from './storable';

describe('storable', () => {
  it.each([
    ['orders', true, 'orders'],
    ['zażółć 😀', true, 'zażółć 😀'],
    ['a\0b', false, 'a\ufffdb'],
    ['a\ud800b', false, 'a\ufffdb'],
    ['x'.repeat(21), false, 'x'.repeat(20)],
    [`${'x'.repeat(19)}😀`, false, `${'x'.repeat(19)}\ufffd`],
  ])('of %j', (text, is, made) => {
    expect(isStorable(text, 20)).toBe(is);
    expect(storable(text, 20)).toBe(made);
  });
});
