import fc from 'fast-check';
import { PersonWriter, randomNumbers } from '../../__testUtils__/PersonWriter';
import { parseDocuments } from '../../yaml/DocumentEvents';
import { readYaml } from '../../yaml/readYaml';
import { NotEditableError } from './NotEditableError';
import { patchYaml } from './patchYaml';
import { buildTree } from './YamlTree';

function patched(text: string, wanted: unknown): string {
  const [document] = parseDocuments(text, 0);
  return patchYaml(text, buildTree(document), wanted);
}

const valueOf = (text: string) => readYaml(parseDocuments(text, 0)[0]).value;

const key = fc.constantFrom('a', 'b', 'name', 'on', 'x/y.z');
const scalar = fc.oneof(
  fc.constantFrom('on', '1', '', 'a b', '::1', 'a:', '# x', "it's", '- a', 'é'),
  fc.stringMatching(/^[a-z.:]{1,8}$/),
  fc.integer({ min: -9, max: 99 }),
  fc.constantFrom(true, null),
);
const value = fc.letrec(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(key, tie('node'), { maxKeys: 4 }),
  ),
})).node;
const document = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 });
const hand = fc.record({
  newline: fc.constantFrom('\n' as const, '\r\n' as const, 'mixed' as const),
  comments: fc.constantFrom(0, 0.3),
  brackets: fc.constantFrom(0, 0.3, 1),
  quotes: fc.constantFrom(0, 0.5),
});

describe('patchYaml', () => {
  it('makes any text of a person say any other value, or refuses', () => {
    let refusals = 0;
    const runs = 1500;
    fc.assert(
      fc.property(
        document,
        document,
        hand,
        fc.nat(),
        (before, after, style, seed) => {
          const person = new PersonWriter(randomNumbers(seed), style);
          const text = person.document(before);
          expect(valueOf(text)).toEqual(before);
          try {
            expect(valueOf(patched(text, after))).toEqual(after);
          } catch (error) {
            if (!(error instanceof NotEditableError)) {
              throw error;
            }
            refusals += 1;
          }
        },
      ),
      { numRuns: runs },
    );
    expect(refusals).toBeLessThan(runs / 5);
  });

  it('leaves a text alone that says the value already', () => {
    fc.assert(
      fc.property(document, hand, fc.nat(), (before, style, seed) => {
        const person = new PersonWriter(randomNumbers(seed), style);
        const text = person.document(before);
        expect(patched(text, before)).toBe(text);
      }),
    );
  });

  it.each([
    [
      'takes a field out with the comments directly above and beside it',
      'a: 1\n\n# about the rest\n\n# about b\nb: 2 # two\n# about c\nc: 3\n',
      { a: 1, c: 3 },
      'a: 1\n\n# about the rest\n\n# about c\nc: 3\n',
    ],
    [
      'takes the first field of an item out',
      'l:\n  - a: 1\n    b: 2 # two\n  - b: 3\n',
      { l: [{ b: 2 }, { b: 3 }] },
      'l:\n  - b: 2 # two\n  - b: 3\n',
    ],
    [
      'puts a field in behind the one before it',
      'a: 1 # one\n# about c\nc: 3\n',
      { a: 1, b: 2, c: 3 },
      'a: 1 # one\nb: 2\n# about c\nc: 3\n',
    ],
    [
      'puts an item into brackets over several lines, after their comments',
      'l: [\n  a, # first\n  b # last\n ]\n',
      { l: ['a', 'x', 'b'] },
      'l: [\n  a, # first\n  x,\n  b # last\n ]\n',
    ],
    [
      'takes the last item out of brackets with its comma',
      'l: [\n  a, # first\n  b # last\n ]\n',
      { l: ['a'] },
      'l: [\n  a # first\n ]\n',
    ],
    [
      'keeps padding, quotes and a comma at the end',
      'l: [ "a", "b", ]\n',
      { l: ['a', 'b', 'c'] },
      'l: [ "a", "b", "c", ]\n',
    ],
    [
      'writes a list out where there was none',
      'a: {}\nl: # none\nb: 1\n',
      { a: {}, l: ['x'], b: 1 },
      'a: {}\nl:\n  - x # none\nb: 1\n',
    ],
    [
      'empties a list',
      'l:\n- a\n- b\nc: 1\n',
      { l: [], c: 1 },
      'l: []\nc: 1\n',
    ],
    [
      'moves nothing that stays when a list changes around it',
      'l:\n- a # 1\n- b # 2\n- c # 3\n- d # 4\n',
      { l: ['x', 'b', 'd', 'e'] },
      'l:\n- x # 1\n- b # 2\n- d # 4\n- e\n',
    ],
    [
      'changes a line under a block mark',
      'a: |-\n   one\nb: 2\n',
      { a: 'two', b: 2 },
      'a: |-\n   two\nb: 2\n',
    ],
  ])('%s', (_what, before, wanted, after) => {
    expect(patched(before, wanted)).toBe(after);
  });
});
