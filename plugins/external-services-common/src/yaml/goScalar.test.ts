import fc from 'fast-check';
import type { Manifest } from '../manifests/Manifest';
import { resolveGoScalar } from './goScalar';
import { parseManifests } from './parseManifests';
import { stringifyManifests } from './stringifyManifests';

describe('resolveGoScalar', () => {
  it.each<[string, unknown]>([
    ['y', true],
    ['Yes', true],
    ['on', true],
    ['TRUE', true],
    ['n', false],
    ['No', false],
    ['OFF', false],
    ['', null],
    ['~', null],
    ['Null', null],
    ['123', 123],
    ['-1', -1],
    ['+7', 7],
    ['1.2', 1.2],
    ['1e3', 1000],
    ['0x1f', 31],
    ['017', 15],
    ['0120', 80],
    ['0o17', 15],
    ['0b11', 3],
    ['-0b1', -1],
    ['08', 8],
    ['1_000', 1000],
    ['80_0', 800],
    ['1.', 1],
    ['.5', 0.5],
    ['.inf', Infinity],
    ['18446744073709551615', 18446744073709552000],
    ['tRue', 'tRue'],
    ['yEs', 'yEs'],
    ['2001-01-01', '2001-01-01'],
    ['1.2.3.4', '1.2.3.4'],
    ['2001:db8::1', '2001:db8::1'],
    ['12:30', '12:30'],
    ['0x', '0x'],
    ['_1', '_1'],
    ['1e', '1e'],
    ['1e999', '1e999'],
    ['-', '-'],
    ['<<', '<<'],
  ])('reads %j as %j', (text, value) => {
    expect(resolveGoScalar(text)).toBe(value);
  });
});

describe('stringifyManifests', () => {
  const service = (value: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', annotations: { value, [value || 'k']: 'x' } },
    spec: { externalName: value },
  });

  it.each(
    [
      'y',
      'on',
      'no',
      'null',
      '1_000',
      '0b1',
      '0o17',
      '1.2',
      '1e3',
      '08',
    ].concat(
      [
        '2001-01-01',
        '<<',
        '=',
        '~',
        '',
        ' a ',
        'a: b',
        '# a',
        '- a',
        '{{ a }}',
      ],
      ['a\nb', 'a\n', '\n', 'ü', '\u2028', '\u0085', '😀', '---', '...', '%a'],
      ['!a', '&a', '*a', '|', '>', '@a', '`a', '"', "'", '\\', '\t', '\u0007'],
    ),
  )('writes %j so that it is read back', value => {
    const text = stringifyManifests([service(value)]);
    expect(text).not.toMatch(/^ {2}externalName: (y|on|no|null|1_000|0o17)$/m);
  });

  it('writes any text so that it is read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), value => {
        const manifest = service(value.replace(/[\ud800-\udfff\ufffd]/gu, ''));
        const template = /\{\{|\{%|<%|\$\{/.test(value);
        fc.pre(!template);
        const { objects } = parseManifests(stringifyManifests([manifest]));
        expect(objects[0].manifest).toEqual(manifest);
      }),
      { numRuns: 1000 },
    );
  });
});
