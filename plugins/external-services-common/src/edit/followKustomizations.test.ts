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

  it('stay with an empty list when they list nothing more, as others list them', () => {
    const overlay = kustomization(
      'overlays/prod/',
      'resources: [../../base]\n',
    );
    const list = 'resources:\n- db.yaml\nnamespace: shop\n';
    expect(
      remove(
        [service('db', 'base/db.yaml'), kustomization('base/', list), overlay],
        'db',
      ),
    ).toEqual(
      edited(
        [kustomization('base/', 'resources: []\nnamespace: shop\n')],
        ['base/db.yaml'],
      ),
    );
  });

  it.each([
    'patches: [{path: ./db.yaml}]',
    'patchesStrategicMerge: [db.yaml]',
    'components: [../base/db.yaml]',
    'configMapGenerator: [{name: a, files: [key=db.yaml]}]',
  ])('refuse the edit when they name a file that goes: %s', naming => {
    expect(
      remove(
        [
          service('db', 'base/db.yaml'),
          kustomization('base/', `resources: [db.yaml]\n${naming}\n`),
        ],
        'db',
      ),
    ).toMatchObject({
      status: 'refused',
      reason: 'not-editable',
      file: 'base/kustomization.yaml',
      message: expect.stringContaining('names base/db.yaml outside'),
    });
  });

  it('let a template be that names another file', () => {
    const template = (name: string) =>
      kustomization('', `resources: [{{ .Values.x }}, ${name}]\n`);
    const db = service('db', 'base/db.yaml');
    expect(remove([db, template('mydb.yaml')], 'db')).toEqual(
      edited([], ['base/db.yaml']),
    );
    expect(remove([db, template('base/db.yaml')], 'db')).toMatchObject({
      reason: 'unreadable',
    });
  });

  it.each([
    ['resources: [a.yaml, ./b.yaml]\n', undefined],
    ['resources:\n', 'resources:\n  - b.yaml\n'],
    ['namespace: x\n', 'namespace: x\nresources:\n  - b.yaml\n'],
  ])('list a file once: %j', (rest, expected) => {
    const added = editManifests([kustomization('', rest)], {
      action: 'add',
      path: 'b.yaml',
      manifests: [manifest('b')],
    });
    expect(added).toMatchObject({
      changed: [
        { path: 'b.yaml' },
        ...(expected ? [kustomization('', expected)] : []),
      ],
    });
  });

  it.each(['', '# by team-shop\n', '---\r\n# by team-shop\r\n', '# no end'])(
    'begin to list when they say nothing: %j',
    content => {
      const path = 'kustomization.yaml';
      const newline = content.includes('\r') ? '\r\n' : '\n';
      const list = ['resources:', '  - b.yaml'].join(newline);
      const isOpen = content.endsWith('end');
      expect(
        editManifests([{ path, content }], {
          action: 'add',
          path: 'b.yaml',
          manifests: [manifest('b')],
        }),
      ).toMatchObject({
        changed: [
          { path: 'b.yaml' },
          {
            path,
            content: isOpen ? `${content}\n${list}` : content + list + newline,
          },
        ],
      });
    },
  );

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
