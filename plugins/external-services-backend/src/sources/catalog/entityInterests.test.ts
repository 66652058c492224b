import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { entityInterests } from './entityInterests';

const integrations = ScmIntegrations.fromConfig(mockServices.rootConfig());
const LOCATION =
  'url:https://github.com/shop/mono/blob/main/services/orders/catalog-info.yaml';

function interests(
  annotation: string | undefined,
  over: { kind?: string; location?: string; source?: string } = {},
) {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: over.kind ?? 'Component',
    metadata: {
      name: 'orders',
      annotations: {
        'backstage.io/managed-by-location': over.location ?? LOCATION,
        ...(over.source && { 'backstage.io/source-location': over.source }),
        ...(annotation !== undefined && {
          'external-services/manifests': annotation,
        }),
      },
    },
  };
  return entityInterests(entity, {
    integrations,
    allow: [{ host: 'github.com', owners: ['platform'] }],
  });
}

const paths = (found: ReturnType<typeof interests>) =>
  found.map(({ root, patterns }) => [root, patterns.map(({ path }) => path)]);
const ROOT = 'https://github.com/shop/mono/tree/main/';
const GITOPS = 'https://github.com/platform/gitops/tree/main/';

describe('entityInterests', () => {
  it.each([undefined, '', ' \n '])(
    'looks into the conventional folder beside the file of a component with annotation %p',
    annotation => {
      expect(interests(annotation)).toMatchObject([
        {
          mode: 'conventional',
          root: ROOT,
          patterns: [{ path: 'services/orders/external-services' }],
        },
      ]);
    },
  );

  it('wants nothing for other kinds without annotation', () => {
    expect(interests(undefined, { kind: 'Resource' })).toEqual([]);
    expect(interests('a.yaml', { kind: 'Resource' })).toHaveLength(1);
  });

  it('reads the values of the annotation, separated by commas or lines', () => {
    expect(
      paths(interests('a.yaml, deploy/*.yaml\n../shared/,/top.yaml')),
    ).toEqual([
      [
        ROOT,
        [
          'services/orders/a.yaml',
          'services/orders/deploy/*.yaml',
          'services/shared',
          'top.yaml',
        ],
      ],
    ]);
  });

  it.each([
    [
      'source location',
      'source',
      'url:https://me:hunter2@github.com/shop/mono/tree/main/',
    ],
    [
      'annotation',
      'value',
      'url:https://me:hunter2@github.com/platform/gitops/tree/main/a.yaml',
    ],
  ])('keeps a password in the %s for itself', (_, where, value) => {
    const found =
      where === 'source'
        ? interests('a.yaml', { source: value })
        : interests(value);
    expect(found).toMatchObject([{ problem: { code: 'bad-value' } }]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it.each(['?x=1', '#L3', '?plain=1#L1-L4'])(
    'reads nothing twice for %p behind a location',
    view => {
      expect(
        paths(
          interests('a.yaml', {
            source: `url:https://github.com/shop/mono/tree/main/src/${view}`,
          }),
        ),
      ).toEqual([[ROOT, ['src/a.yaml']]]);
    },
  );

  it('makes no pattern of a source location', () => {
    expect(
      interests('a.yaml', {
        source: 'url:https://github.com/shop/mono/tree/main/{a,b}/*/',
      }),
    ).toMatchObject([{ problem: { code: 'bad-value' } }]);
  });

  it('reads no more than 10 repositories and branches', () => {
    const many = Array.from(
      { length: 12 },
      (_, index) =>
        `url:https://github.com/platform/r${index}/tree/main/a.yaml`,
    );
    const found = interests(many.join());
    expect(found.filter(({ root }) => root)).toHaveLength(10);
    expect(found[10].problem?.message).toContain('12 repositories');
  });

  it('starts at the source location where the entity has one', () => {
    expect(
      paths(
        interests('a.yaml', {
          source: 'url:https://github.com/shop/mono/tree/release/src/',
        }),
      ),
    ).toEqual([['https://github.com/shop/mono/tree/release/', ['src/a.yaml']]]);
  });

  it.each(['**', undefined])(
    'reads another repository, named as source location, only if it is allowed (%p)',
    annotation => {
      const from = (owner: string) =>
        interests(annotation, {
          source: `url:https://github.com/${owner}/secret/tree/main/`,
        });
      expect(from('platform')).toMatchObject([
        { root: 'https://github.com/platform/secret/tree/main/' },
      ]);
      expect(from('other-team')).toMatchObject([
        { problem: { code: 'not-allowed' } },
      ]);
      expect(from('other-team')[0].root).toBeUndefined();
    },
  );

  it('reads url: values of allowed owners beside its own files', () => {
    expect(paths(interests(`a.yaml,url:${GITOPS}apps/orders/*.yaml`))).toEqual([
      [ROOT, ['services/orders/a.yaml']],
      [GITOPS, ['apps/orders/*.yaml']],
    ]);
  });

  it.each([
    [
      'of another owner',
      'url:https://github.com/secret/gitops/tree/main/a.yaml',
    ],
    [
      'of another host',
      'url:https://gitlab.com/platform/gitops/-/tree/main/a.yaml',
    ],
    [
      'of an owner whose name begins alike',
      'url:https://github.com/platform-x/g/tree/main/a.yaml',
    ],
    [
      'that climbs to another owner',
      'url:https://github.com/platform/../secret/g/tree/main/a.yaml',
    ],
    [
      'that climbs in disguise',
      'url:https://github.com/platform/%2e%2e/secret/g/tree/main/a.yaml',
    ],
    [
      'of a host that only looks alike',
      'url:https://github.com@evil.example/platform/g/tree/main/a',
    ],
    ['without a host', 'url:file:///etc/passwd'],
    ['that is no URL', 'url:platform/gitops'],
  ])('refuses a url: value %s', (_name, value) => {
    expect(interests(value)).toMatchObject([
      { problem: { message: expect.any(String) } },
    ]);
    expect(interests(value)[0].root).toBeUndefined();
  });

  it.each([
    ['../../../a.yaml', 'leads out of the repository'],
    ['url:https://github.com/secret/g', 'externalServices.reading.allow'],
  ])('says of %p what to do', (value, words) => {
    expect(interests(value)[0].problem?.message).toContain(words);
  });

  it.each([
    [
      'a file',
      'file:/srv/secret/catalog-info.yaml',
      'Only repositories can be read',
    ],
    [
      'a host of no integration',
      'url:https://git.example/a/b/blob/main/c.yaml',
      'git.example',
    ],
  ])('says why an entity from %s has no files', (_name, location, words) => {
    for (const annotation of [undefined, 'a.yaml']) {
      const [{ root, problem }] = interests(annotation, { location });
      expect(root).toBeUndefined();
      expect(problem?.message).toContain(words);
      expect(problem?.message).not.toContain('/srv');
    }
  });

  it('reads no more than 50 values', () => {
    const many = Array.from({ length: 60 }, (_, index) => `${index}.yaml`);
    const found = interests(many.join());
    expect(found[0].patterns).toHaveLength(50);
    expect(found[1].problem?.message).toContain('60 values');
  });
});
