import { memoise } from './memoise';

describe('memoise', () => {
  const compute = jest.fn((a: object, ...rest: unknown[]) => [a, ...rest]);
  const remembered = memoise(compute);
  const a = {};
  const b = {};

  beforeEach(() => compute.mockClear());

  it('computes once for the same arguments, whatever comes of it', () => {
    expect(remembered(a, b, 'text', undefined)).toEqual([
      a,
      b,
      'text',
      undefined,
    ]);
    expect(remembered(a, b, 'text', undefined)).toBe(
      remembered(a, b, 'text', undefined),
    );
    expect(compute).toHaveBeenCalledTimes(1);
    const nothing = jest.fn((_: object) => undefined);
    const once = memoise(nothing);
    once(a);
    once(a);
    expect(nothing).toHaveBeenCalledTimes(1);
  });

  it('tells arguments apart by identity, order and number', () => {
    const results = [
      remembered(a),
      remembered(a, a),
      remembered(a, b),
      remembered(b, a),
      remembered({}, b),
      remembered(a, '1'),
      remembered(a, 1),
      remembered(a, null),
    ];
    expect(new Set(results).size).toBe(results.length);
  });

  it('keeps nothing that threw', () => {
    const failing = memoise((_: object) => {
      throw new Error('no');
    });
    expect(() => failing(a)).toThrow('no');
    expect(() => failing(a)).toThrow('no');
  });
});
