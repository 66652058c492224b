import fc from 'fast-check';
import { type AlignedItem, alignItems } from './alignItems';

const items = (keys: string[]) => keys.map(key => ({ key }));

const align = (before: string, after: string) =>
  alignItems(items([...before]), items([...after]));

const kept = (steps: AlignedItem[], before: string) =>
  steps.flatMap(step => (step.kind === 'keep' ? before[step.from] : []));

describe('alignItems', () => {
  it('leads from any list to any other, each item once and in order', () => {
    const list = fc.string({ unit: fc.constantFrom(...'abcd'), maxLength: 12 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const steps = align(before, after);
        const from = steps.flatMap(step => ('from' in step ? step.from : []));
        const to = steps.flatMap(step => ('to' in step ? step.to : []));
        expect(from).toEqual([...before].map((_item, index) => index));
        expect(to).toEqual([...after].map((_item, index) => index));
        for (const step of steps.filter(({ kind }) => kind === 'keep')) {
          const { from: i, to: j } = step as { from: number; to: number };
          expect(before[i]).toBe(after[j]);
        }
      }),
    );
  });

  it('keeps as many of different items as can stay in order', () => {
    expect(kept(align('abcdef', 'xbcaef'), 'abcdef').join('')).toBe('bcef');
    expect(kept(align('abcde', 'edcba'), 'abcde')).toHaveLength(1);
  });

  it('changes an item in place where another stands instead', () => {
    expect(align('abc', 'axc')).toEqual([
      { kind: 'keep', from: 0, to: 0 },
      { kind: 'change', from: 1, to: 1 },
      { kind: 'keep', from: 2, to: 2 },
    ]);
  });

  it('takes two items of one name for the same one', () => {
    const steps = alignItems(
      [
        { key: '1', name: 'http' },
        { key: '2', name: 'https' },
      ],
      [{ key: '3', name: 'https' }],
    );
    expect(steps).toEqual([
      { kind: 'delete', from: 0 },
      { kind: 'change', from: 1, to: 0 },
    ]);
  });
});
