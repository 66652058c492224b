import fc from 'fast-check';
import { code, plain } from './markdown';

const HOSTILE = fc.array(
  fc.constantFrom(
    '`',
    '``',
    '\n',
    '# a',
    '](http://x)',
    '<img src=x>',
    '@team',
    '*',
    '_',
    '|',
    '\u2028',
    'text',
    ' ',
    '\\',
  ),
);

describe('plain', () => {
  it('keeps every text on its line and takes its meaning in Markdown away', () => {
    fc.assert(
      fc.property(HOSTILE, parts => {
        const text = plain(parts.join(''));
        expect(text).not.toMatch(/[\n\r\u2028\u2029]/);
        expect(text.replace(/\\[\\`*_[\]<>#|~&@$+=-]/g, '')).not.toMatch(
          /[`*_[\]<>#|@]/,
        );
      }),
    );
  });
});

describe('code', () => {
  it('cannot be left by what stands in it', () => {
    fc.assert(
      fc.property(HOSTILE, parts => {
        const text = code(parts.join(''));
        const [fence] = /^`+/.exec(text) ?? [''];
        expect(text).not.toMatch(/[\n\r\u2028\u2029]/);
        const inner = text.slice(fence.length, -fence.length);
        expect(inner.match(/`+/g) ?? []).not.toContain(fence);
        expect(text.endsWith(fence)).toBe(true);
      }),
    );
  });

  it('is written as people do where nothing stands against it', () => {
    expect(code('db.example.com')).toBe('`db.example.com`');
  });
});
