import { MAX_ENTRIES } from '../yaml/limits';
import { listInKustomization } from './listInKustomization';

describe('listInKustomization', () => {
  it.each([
    [
      'below the last one, indented like it',
      'kind: Kustomization\nresources:\n  - b.yaml # first\n  # second\n  - c.yaml\nnamespace: shop\n',
      'kind: Kustomization\nresources:\n  - b.yaml # first\n  # second\n  - c.yaml\n  - a.yaml\nnamespace: shop\n',
    ],
    ['without an end of line', 'resources:\n- b', 'resources:\n- b\n- a.yaml'],
    [
      'with the ends of line of the file',
      'resources:\r\n- b\r\n',
      'resources:\r\n- b\r\n- a.yaml\r\n',
    ],
    ['into a flow list', 'resources: [b]\n', 'resources: [b, a.yaml]\n'],
    [
      'into an empty list',
      'resources: []\nnamespace: x\n',
      'resources: [a.yaml]\nnamespace: x\n',
    ],
    [
      'where the list is not written yet',
      'resources:\nnamespace: x\n',
      'resources:\n  - a.yaml\nnamespace: x\n',
    ],
    [
      'where there is no list',
      'kind: Kustomization # ours\n',
      'kind: Kustomization # ours\nresources:\n  - a.yaml\n',
    ],
    ['in an empty file', '', 'resources:\n  - a.yaml\n'],
    [
      'below comments alone',
      '---\r\n# ours\r\n',
      '---\r\n# ours\r\nresources:\r\n  - a.yaml\r\n',
    ],
    [
      'beside one of that name elsewhere',
      'resources: [../a.yaml]\n',
      'resources: [../a.yaml, a.yaml]\n',
    ],
    ['once', 'resources:\n- ./a.yaml\n', 'resources:\n- ./a.yaml\n'],
  ])('lists a file %s', (_where, content, expected) => {
    expect(listInKustomization(content, ['a.yaml'])).toBe(expected);
  });

  it('lists several files in their order, each once', () => {
    expect(
      listInKustomization('resources: [b.yaml]\n', [
        'c.yaml',
        'b.yaml',
        'a.yaml',
        'c.yaml',
      ]),
    ).toBe('resources: [b.yaml, c.yaml, a.yaml]\n');
  });

  it.each([
    ['is broken', 'resources: [a'],
    ['has no list of resources', 'resources: all\n'],
    ['is no map', '- a\n'],
    ['has several documents', 'resources: [b]\n---\nresources: [c]\n'],
    ['has YAML aliases', 'namespace: &n shop\nresources: [*n]\n'],
    ['is made from a template', 'resources: [{{ .Values.x }}]\n'],
    ['has too much in it', `resources: [${'b,'.repeat(MAX_ENTRIES)}]\n`],
  ])('leaves it to a person what %s', (_what, content) => {
    expect(listInKustomization(content, ['a.yaml'])).toBeUndefined();
  });
});
