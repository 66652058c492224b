import { ContentCache } from './ContentCache';

describe('ContentCache', () => {
  const read = jest.fn((text: string) => JSON.parse(text));
  const cacheOf = (maxCharacters: number) => {
    const cache = new ContentCache<ReturnType<typeof read>>({ maxCharacters });
    return { get: (text: string) => cache.get(text, () => read(text)) };
  };

  beforeEach(() => read.mockClear());

  it('reads the same text once', () => {
    const cache = cacheOf(100);
    expect(cache.get('{"a":1}')).toEqual({ a: 1 });
    expect(cache.get('{"a":1}')).toBe(cache.get('{"a":1}'));
    expect(cache.get('{"a":2}')).toEqual({ a: 2 });
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('lets nobody change what others see', () => {
    const value = cacheOf(100).get('{"a":[{"b":1}]}');
    expect(() => value.a.push(1)).toThrow(TypeError);
    expect(() => Object.assign(value.a[0], { b: 2 })).toThrow(TypeError);
  });

  it('forgets first what was not used for longest, beyond so many characters', () => {
    const cache = cacheOf(20);
    ['{"a":1}', '{"b":1}', '{"a":1}', '{"c":1}'].forEach(text =>
      cache.get(text),
    );
    expect(read).toHaveBeenCalledTimes(3);
    cache.get('{"a":1}');
    expect(read).toHaveBeenCalledTimes(3);
    cache.get('{"b":1}');
    expect(read).toHaveBeenCalledTimes(4);
  });

  it('gives what is longer than all of it, and does not keep it', () => {
    const cache = cacheOf(3);
    expect(cache.get('[1,2]')).toEqual([1, 2]);
    expect(cache.get('[1,2]')).not.toBe(cache.get('[1,2]'));
  });
});
