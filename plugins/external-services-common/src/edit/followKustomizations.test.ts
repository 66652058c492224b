import type { ServiceManifest } from '../manifests/Manifest';
import { editManifests } from './editManifests';
import type { EditFile, EditResult } from './EditResult';

const manifest = (name: string): ServiceManifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { type: 'ExternalName', externalName: `${name}.example.com` },
});

const service = (name: string, path: string): EditFile => ({
  path,
  content: JSON.stringify(manifest(name)),
});

const kustomization = (path: string, rest: string): EditFile => ({
  path: `${path}kustomization.yaml`,
  content: `# by team-shop\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${rest}`,
});

const remove = (files: EditFile[], name: string) =>
  editManifests(files, { action: 'remove', mapping: { name } });

const edited = (changed: EditFile[], deleted: string[]): EditResult => ({
  status: 'edited',
  changed,
  deleted,
});

describe('kustomizations around an edit', () => {
  it('no longer list a file that went', () => {
    const list = 'resources:\n- a.yaml # one\n- ./b.yaml\nnamespace: shop';
    expect(
      remove(
        [
          service('a', 'prod/a.yaml'),
          service('b', 'prod/b.yaml'),
          kustomization('prod/', list),
        ],
        'b',
      ),
    ).toEqual(
      edited(
        [kustomization('prod/', list.replace('- ./b.yaml\n', ''))],
        ['prod/b.yaml'],
      ),
    );
  });

  it('go when they list nothing more, and so does what lists them', () => {
    expect(
      remove(
        [
          service('a', 'x/prod/a.yaml'),
          service('b', 'x/dev/b.yaml'),
          kustomization('x/', 'resources: [prod, ./dev/]\n'),
          kustomization('x/prod/', 'resources: [a.yaml]\n'),
          kustomization('x/dev/', 'resources: [b.yaml]\n'),
        ],
        'a',
      ),
    ).toEqual(
      edited(
        [kustomization('x/', 'resources: [./dev/]\n')],
        ['x/prod/a.yaml', 'x/prod/kustomization.yaml'],
      ),
    );
  });

  it('list a file that came beside them, until it goes again', () => {
    const before = kustomization('prod/', 'resources:\n  - a.yaml\n');
    const after = kustomization(
      'prod/',
      'resources:\n  - a.yaml\n  - b.yaml\n',
    );
    const added = editManifests([service('a', 'prod/a.yaml'), before], {
      action: 'add',
      path: 'prod/b.yaml',
      manifests: [manifest('b')],
    });
    expect(added).toMatchObject({
      changed: [{ path: 'prod/b.yaml' }, after],
      deleted: [],
    });
    expect(
      remove(
        [service('a', 'prod/a.yaml'), service('b', 'prod/b.yaml'), after],
        'b',
      ),
    ).toEqual(edited([before], ['prod/b.yaml']));
  });

  it('stay as they are when files only change', () => {
    const files = [
      service('a', 'a.yaml'),
      kustomization('', 'resources: [a.yaml]\n'),
    ];
    expect(
      editManifests(files, {
        action: 'rename',
        mapping: { name: 'a' },
        name: 'b',
      }),
    ).toMatchObject({ changed: [{ path: 'a.yaml' }], deleted: [] });
  });

  it('refuse the edit when they cannot be read', () => {
    expect(
      remove(
        [service('a', 'a.yaml'), kustomization('', 'resources: [a.yaml\n')],
        'a',
      ),
    ).toMatchObject({
      status: 'refused',
      reason: 'unreadable',
      file: 'kustomization.yaml',
    });
  });
});
