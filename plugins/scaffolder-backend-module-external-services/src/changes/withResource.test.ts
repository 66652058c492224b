import { withResource } from './withResource';

describe('withResource', () => {
  it.each([
    [
      'below the last one, indented like it',
      'kind: Kustomization\nresources:\n  - b.yaml # first\n  # second\n  - c.yaml\nnamespace: shop\n',
      'kind: Kustomization\nresources:\n  - b.yaml # first\n  # second\n  - c.yaml\n  - a.yaml\nnamespace: shop\n',
    ],
    [
      'without an end of line',
      'resources:\n- b',
      'resources:\n- b\n- a.yaml\n',
    ],
    [
      'with the ends of line of the file',
      'resources:\r\n- b\r\n',
      'resources:\r\n- b\r\n- a.yaml\r\n',
    ],
    ['into a flow list', 'resources: [b]\n', 'resources: [ b, a.yaml ]\n'],
    [
      'into an empty list',
      'resources: []\nnamespace: x\n',
      'resources: [ a.yaml ]\nnamespace: x\n',
    ],
    [
      'where there is no list',
      'kind: Kustomization # ours\n',
      'kind: Kustomization # ours\nresources:\n  - a.yaml\n',
    ],
    ['once', 'resources:\n- ./a.yaml\n', 'resources:\n- ./a.yaml\n'],
  ])('lists a file %s', (_, content, expected) => {
    expect(withResource(content, 'a.yaml')).toBe(expected);
  });

  it.each(['resources: [a', 'resources: all\n', '- a\n', ''])(
    'does not touch %j',
    content => {
      expect(withResource(content, 'a.yaml')).toBeUndefined();
    },
  );
});
