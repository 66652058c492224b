import { fromJson, toJson, toYaml } from '../YamlNode';
import { mutate, Mutation } from './mutation';

const service = {
  kind: 'Service',
  metadata: { name: 'db' },
  spec: { ports: [{ port: 80 }, { port: 443 }] },
};
const after = (mutation: Mutation) => mutate(fromJson(service), mutation);
const write = (path: string[], item = 0): Mutation => ({
  do: 'write',
  path,
  item,
  node: fromJson('new'),
});

describe('mutate', () => {
  it('writes a field that is there', () => {
    expect(toJson(after(write(['spec', 'ports', '[]', 'port'], 1)))).toEqual({
      ...service,
      spec: { ports: [{ port: 80 }, { port: 'new' }] },
    });
  });

  it('makes what a field needs around it', () => {
    const mutated = after(write(['metadata', 'labels', 'example.com/a']));
    expect(toJson(mutated)).toEqual({
      ...service,
      metadata: { name: 'db', labels: { 'example.com/a': 'new' } },
    });
    expect(toJson(after(write(['subsets', '[]', 'hostname'])))).toEqual({
      ...service,
      subsets: [{ hostname: 'new' }],
    });
  });

  // The places are: metadata, metadata.name, spec, spec.ports, its first item, that item's port …
  it.each<[string, Mutation, string]>([
    ['removes', { do: 'remove', at: 1 }, 'metadata: {}'],
    ['repeats', { do: 'repeat', at: 5 }, '- port: 80\n      port: 80'],
    ['repeats an item', { do: 'repeat', at: 4 }, '- port: 80\n    - port: 80'],
    ['misspells', { do: 'misspell', at: 1 }, 'names: "db"'],
    ['adds', { do: 'add', at: 1 }, 'name: "db"\n  unheardOf: 1'],
    ['bares', { do: 'bare', at: 1, token: 'on' }, 'name: on'],
  ])('%s what is at a place', (_, mutation, expected) => {
    const text = toYaml(after(mutation)).replace(/-\s+port/g, '- port');
    expect(text).toContain(expected);
  });

  it('never changes what names the kind', () => {
    for (let at = 0; at < 20; at += 1) {
      expect(toYaml(after({ do: 'remove', at }))).toContain('kind: "Service"');
    }
  });
});
