import type { StoredObject } from '../repository/StoredObject';
import { ObjectAges } from './ObjectAges';

const stored = (name: string, over: Partial<StoredObject> = {}) => ({
  manifest: { kind: 'Service', metadata: { name } },
  line: 1,
  positions: {},
  ...over,
});

const marked = (
  before: StoredObject[],
  after: StoredObject[],
  now?: number,
): (number | undefined)[] => {
  const ages = new ObjectAges();
  ages.note(before);
  return ages.mark(after, now).map(({ changedAt }) => changedAt);
};

describe('ObjectAges', () => {
  it('gives the time to what is new, and leaves the rest its own', () => {
    expect(
      marked(
        [stored('a', { changedAt: 5 }), stored('b')],
        [stored('a', { line: 40 }), stored('b'), stored('c')],
        9,
      ),
    ).toEqual([5, undefined, 9]);
  });

  it('takes a changed object for a new one', () => {
    const changed = stored('a', {
      manifest: { kind: 'Service', metadata: { name: 'a', namespace: 'shop' } },
    });
    expect(marked([stored('a', { changedAt: 5 })], [changed], 9)).toEqual([9]);
  });

  it('knows no time of what the first reading finds', () => {
    expect(marked([], [stored('a')])).toEqual([undefined]);
  });
});
