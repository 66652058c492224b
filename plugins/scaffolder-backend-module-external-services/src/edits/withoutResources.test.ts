import { withoutResources } from './withoutResources';

describe('withoutResources', () => {
  it.each([
    [
      'one of several',
      'kind: Kustomization\nresources:\n  - a.yaml # ours\n  - ./b.yaml\n  # last\n  - c.yaml\n',
      ['b.yaml'],
      'kind: Kustomization\nresources:\n  - a.yaml # ours\n  # last\n  - c.yaml\n',
    ],
    [
      'the last line, without an end',
      'resources:\n- a.yaml\n- b.yaml',
      ['b.yaml'],
      'resources:\n- a.yaml\n',
    ],
    [
      'all of them',
      'resources:\n  - a.yaml\nnamespace: shop\n',
      ['a.yaml'],
      'resources: []\nnamespace: shop\n',
    ],
    [
      'one in a flow list',
      'resources: [a.yaml, b.yaml]\n',
      ['a.yaml'],
      'resources: [ b.yaml ]\n',
    ],
    ['none that it names', 'resources:\n- a.yaml\n', ['x.yaml'], undefined],
    ['nothing of what it cannot read', 'resources: [a\n', ['a'], undefined],
    ['nothing where there are none', 'namespace: shop\n', ['a'], undefined],
  ])('leaves out %s', (_, content, names, expected = content) => {
    expect(withoutResources(content, names)).toBe(expected);
  });
});
