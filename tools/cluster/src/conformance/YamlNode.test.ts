import fc from 'fast-check';
import { load } from 'js-yaml';
import { fromJson, toJson, toYaml } from './YamlNode';

describe('YamlNode', () => {
  it('writes YAML that means the JSON value it was made from', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
        const json = JSON.parse(JSON.stringify(value));
        const node = fromJson(json);
        expect(toJson(node)).toEqual(json);
        expect(load(toYaml(node))).toEqual(json);
      }),
    );
  });

  it('writes what JSON cannot say, and knows that it cannot', () => {
    const bare = { entries: [['port', { token: '0x50' }]] as [string, any][] };
    expect(toYaml(bare)).toBe('port: 0x50\n');
    expect(toJson(bare)).toBeUndefined();

    const twice = {
      entries: [
        ['port', { token: '1' }],
        ['port', { token: '2' }],
      ] as [string, any][],
    };
    expect(toYaml(twice)).toBe('port: 1\nport: 2\n');
    expect(toJson(twice)).toBeUndefined();
  });
});
