import { addManifests } from './addManifests';

const add = (content: string, kept: string[] = []) =>
  addManifests(content, 'component:default/orders', {
    added: ['/deploy/'],
    kept,
  });

describe('addManifests', () => {
  it.each([
    [
      'above the other annotations',
      'kind: Component\nmetadata:\n  name: orders\n  annotations:\n    # team\n    a/b: c # why\n',
      'kind: Component\nmetadata:\n  name: orders\n  annotations:\n    external-services/manifests: "/deploy/"\n    # team\n    a/b: c # why\n',
    ],
    [
      'with annotations where there are none',
      'kind: Component\nmetadata:\n    name: orders\n',
      'kind: Component\nmetadata:\n    annotations:\n      external-services/manifests: "/deploy/"\n    name: orders\n',
    ],
    [
      'behind what the annotation has',
      "kind: Component\nmetadata:\n  name: orders\n  annotations:\n    external-services/manifests: 'k8s/' # ours\n",
      'kind: Component\nmetadata:\n  name: orders\n  annotations:\n    external-services/manifests: "k8s/, /deploy/" # ours\n',
    ],
    [
      'to its own document of several',
      'kind: System\nmetadata:\n  name: orders\n---\nkind: component\nmetadata:\n  name: orders\n',
      'kind: System\nmetadata:\n  name: orders\n---\nkind: component\nmetadata:\n  annotations:\n    external-services/manifests: "/deploy/"\n  name: orders\n',
    ],
    [
      'with the line ends of the file',
      'kind: Component\r\nmetadata:\r\n  name: orders\r\n',
      'kind: Component\r\nmetadata:\r\n  annotations:\r\n    external-services/manifests: "/deploy/"\r\n  name: orders\r\n',
    ],
  ])('adds the folder %s', (_, before, after) => {
    expect(add(before)).toBe(after);
  });

  it('keeps what was read without annotation', () => {
    const before = 'kind: Component\nmetadata:\n  name: orders\n';
    expect(add(before, ['/external-services'])).toContain(
      '"/external-services, /deploy/"',
    );
  });

  it.each([
    ['has no such entity', 'kind: Component\nmetadata:\n  name: other\n'],
    ['is in flow style', 'kind: Component\nmetadata: { name: orders }\n'],
    ['cannot be read', 'kind: Component\nmetadata: {\n'],
    [
      'has annotations of another kind',
      'kind: Component\nmetadata:\n  name: orders\n  annotations: none\n',
    ],
    ['is empty', ''],
  ])('edits nothing when the file %s', (_, content) => {
    expect(add(content)).toBeUndefined();
  });
});
