import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { MappingAccess } from '../access/MappingAccess';
import { createLocateAction } from './createLocateAction';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [
        {
          host: 'localhost:7017',
          apiBaseUrl: 'http://localhost:7017/api/v3',
          token: 'demo',
        },
        { host: 'github.com' },
      ],
      gitlab: [
        {
          host: 'gitlab.example.com',
          apiBaseUrl: 'https://gitlab.example.com/api/v4',
          token: 'demo',
        },
      ],
      bitbucketServer: [
        {
          host: 'bitbucket.example.com',
          apiBaseUrl: 'https://bitbucket.example.com/rest/api/1.0',
          token: 'demo',
        },
      ],
    },
  }),
);

const entity = (
  annotations: Record<string, string>,
  title?: string,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location':
        'url:http://localhost:7017/shop/orders/blob/main/catalog-info.yaml',
      'backstage.io/source-location':
        'url:http://localhost:7017/shop/orders/tree/main/',
      ...annotations,
    },
    ...(title && { title }),
  },
});

async function locate(
  entities: Entity | Entity[],
  input: {
    entityRef: string;
    token?: string;
    providers?: string[];
    readOnly?: boolean;
  } = {
    entityRef: 'component:default/orders',
  },
  denied: string[] = [],
) {
  const catalog = catalogServiceMock({ entities: [entities].flat() });
  const read = jest.spyOn(catalog, 'getEntityByRef');
  const permissions = mockServices.permissions.mock({
    authorize: async questions =>
      questions.map(({ permission }) => ({
        result: denied.includes(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })),
  });
  const action = createLocateAction({
    access: MappingAccess.create({ catalog, permissions }),
    allow: [{ host: 'localhost:7017', owners: ['platform'] }],
    integrations,
  });
  const context = createMockActionContext({ input });
  const credentials = mockCredentials.user('user:default/someone');
  context.getInitiatorCredentials = async () => credentials;
  await action.handler(context as Parameters<typeof action.handler>[0]);
  expect(read).toHaveBeenCalledWith(expect.anything(), { credentials });
  const output = (context.output as jest.Mock).mock.calls;
  return Object.fromEntries(output.filter(([, value]) => value !== undefined));
}

const at = (location: string) => ({
  'backstage.io/managed-by-location': `url:${location}`,
  'backstage.io/source-location': `url:${location}`,
});

describe('external-service:locate', () => {
  it('finds repository, branch and conventional folder as the initiator', async () => {
    expect(await locate(entity({}))).toEqual({
      entityRef: 'component:default/orders',
      title: 'orders',
      provider: 'github',
      host: 'localhost:7017',
      owner: 'shop',
      repository: 'orders',
      repoUrl: 'localhost:7017?owner=shop&repo=orders',
      branch: 'main',
      fetchUrl: 'http://localhost:7017/shop/orders/tree/main/',
      folder: 'external-services',
      manifests: ['external-services'],
      catalogInfoPath: 'catalog-info.yaml',
      needsAnnotation: false,
      kubernetesId: 'orders',
    });
  });

  it.each([
    [
      'http://localhost:7017/shop/mono/blob/main/services/orders/catalog-info.yaml',
      {
        repository: 'mono',
        fetchUrl: 'http://localhost:7017/shop/mono/tree/main/',
        folder: 'services/orders/external-services',
        catalogInfoPath: 'services/orders/catalog-info.yaml',
      },
    ],
    [
      'https://gitlab.example.com/group/sub/orders/-/blob/trunk/catalog-info.yaml',
      {
        provider: 'gitlab',
        owner: 'group/sub',
        repository: 'orders',
        repoUrl: 'gitlab.example.com?owner=group%2Fsub&repo=orders',
        branch: 'trunk',
      },
    ],
  ])('understands %s', async (location, expected) => {
    expect(await locate(entity(at(location)))).toMatchObject(expected);
  });

  it('stops where the publish step of the template could not write', async () => {
    const located = entity(
      at(
        'https://gitlab.example.com/group/orders/-/blob/main/catalog-info.yaml',
      ),
    );
    await expect(
      locate(located, {
        entityRef: 'component:default/orders',
        providers: ['github'],
      }),
    ).rejects.toThrow(
      'The portal cannot write to https://gitlab.example.com/group/orders/',
    );
    await expect(
      locate(located, {
        entityRef: 'component:default/orders',
        providers: ['gitlab'],
      }),
    ).resolves.toMatchObject({ provider: 'gitlab' });
  });

  it('leaves the branch out where the catalog names none', async () => {
    const output = await locate(
      entity(at('http://localhost:7017/shop/orders')),
    );
    expect(output).toMatchObject({
      repository: 'orders',
      fetchUrl: 'http://localhost:7017/shop/orders/',
    });
    expect(output).not.toHaveProperty('branch');
  });

  it.each([
    ['deploy', { folder: 'deploy', manifests: ['deploy'] }],
    ['./deploy/', { folder: 'deploy', manifests: ['deploy'] }],
    ['/k8s', { folder: 'k8s', manifests: ['k8s'] }],
    ['deploy/ext.yaml', { folder: 'deploy', layout: 'single-file' }],
    ['deploy/*/ext-*.yaml', { folder: 'deploy' }],
    [
      'a/one.yaml, b/\nurl:https://github.com/other/repo/tree/main/c',
      { folder: 'a', manifests: ['a/one.yaml', 'b'] },
    ],
    [
      'url:https://github.com/other/repo/tree/main/c',
      { folder: 'external-services', manifests: [], needsAnnotation: true },
    ],
    [
      '../../elsewhere',
      { folder: 'external-services', manifests: [], needsAnnotation: true },
    ],
  ])('follows the annotation %j', async (annotation, expected) => {
    const located = entity({ 'external-services/manifests': annotation });
    expect(await locate(located)).toMatchObject(expected);
  });

  it('takes namespace, id and title from the entity', async () => {
    const located = entity(
      {
        'backstage.io/kubernetes-namespace': 'shop',
        'backstage.io/kubernetes-id': 'shop-orders',
      },
      'Orders',
    );
    expect(await locate(located)).toMatchObject({
      namespace: 'shop',
      kubernetesId: 'shop-orders',
      title: 'Orders',
    });
  });

  it('takes a short reference for a component', async () => {
    expect(await locate(entity({}), { entityRef: 'orders' })).toMatchObject({
      entityRef: 'component:default/orders',
    });
  });

  it.each([
    [
      'a host without integration',
      'https://git.elsewhere.example/a/b/blob/main/c.yaml',
    ],
    [
      'a provider without pull requests',
      'https://bitbucket.example.com/projects/a/repos/b/browse/c.yaml',
    ],
    [
      'an integration without credentials',
      'https://github.com/shop/orders/blob/main/c.yaml',
    ],
    ['a URL that is no repository', 'http://localhost:7017/'],
  ])('stops at %s', async (_, location) => {
    await expect(locate(entity(at(location)))).rejects.toThrow(
      new RegExp(
        `^The portal cannot write to ${location.replace(
          /[.+?]/g,
          '\\$&',
        )}\\. Choose another component or ask your platform team\\.$`,
      ),
    );
  });

  it('stops at a file of the portal itself', async () => {
    const located = entity({
      'backstage.io/managed-by-location': 'file:/portal/catalog-info.yaml',
      'backstage.io/source-location': 'file:/portal/',
    });
    await expect(locate(located)).rejects.toThrow(
      'The portal cannot write to /portal/. Choose another component or ask your platform team.',
    );
  });

  it("takes the user's token in place of credentials", async () => {
    const located = entity(
      at('https://github.com/shop/orders/blob/main/c.yaml'),
    );
    expect(
      await locate(located, { entityRef: 'orders', token: 'mine' }),
    ).toMatchObject({ host: 'github.com' });
  });

  it.each([
    [
      'component:default/nobody',
      'entityRef: component:default/nobody is not in the catalog, or you may not see it. Choose another component.',
    ],
    [
      'component:',
      'entityRef: this is no entity reference. Write it like component:default/orders.',
    ],
  ])('stops at the reference %s', async (entityRef, message) => {
    await expect(locate(entity({}), { entityRef })).rejects.toThrow(message);
  });

  describe('tells and opens nothing', () => {
    const sourceAt = (location: string) =>
      entity({ 'backstage.io/source-location': `url:${location}` });

    it.each([
      'http://localhost:7017/secret/vault/tree/main/',
      'http://localhost:7017/shop/orders-2/tree/main/',
      'http://localhost:7017/platform-2/gitops/tree/main/',
      'https://gitlab.example.com/shop/orders/-/tree/main/',
    ])('of %s, which is not the repository of the entity', async location => {
      await expect(locate(sourceAt(location))).rejects.toThrow(
        /is not the repository that the catalog reads orders from\. Ask your platform team to add its host and owner to externalServices\.reading\.allow/,
      );
    });

    it('but of a repository that the operator allows, and of its own in other letters', async () => {
      await expect(
        locate(sourceAt('http://localhost:7017/platform/gitops/tree/main/')),
      ).resolves.toMatchObject({ owner: 'platform', repository: 'gitops' });
      await expect(
        locate(sourceAt('http://localhost:7017/Shop/Orders/tree/main/')),
      ).resolves.toMatchObject({ owner: 'Shop' });
    });

    it('without the permission to see the mappings, or to change them', async () => {
      const input = { entityRef: 'component:default/orders' };
      const read = ['external-services.mapping.read'];
      await expect(locate(entity({}), input, read)).rejects.toThrow(
        'entityRef: you may open component:default/orders, but not see its external services. Ask your platform team for the permission external-services.mapping.read on it.',
      );
      const change = ['external-services.mapping.change'];
      await expect(locate(entity({}), input, change)).rejects.toThrow(
        'but not change its external services. Ask your platform team for the permission external-services.mapping.change on it.',
      );
      await expect(
        locate(entity({}), { ...input, readOnly: true }, change),
      ).resolves.toMatchObject({ owner: 'shop' });
    });

    it('of a location with a password, which stays untold', async () => {
      const secret = 'hunter2';
      const attempt = locate(
        sourceAt(`http://me:${secret}@localhost:7017/shop/orders/tree/main/`),
      );
      await expect(attempt).rejects.toThrow(
        /has a user or password in its URL/,
      );
      await expect(attempt).rejects.not.toThrow(secret);
    });
  });
});
