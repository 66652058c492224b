import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { locateInRepository } from './RepositoryLocation';

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        github: [
          {
            host: 'localhost:7017',
            apiBaseUrl: 'http://localhost:7017/api/v3',
          },
        ],
        gitea: [{ host: 'gitea.example', baseUrl: 'https://gitea.example' }],
      },
    },
  }),
);

describe('locateInRepository', () => {
  it.each([
    [
      'https://github.com/shop/orders/blob/main/services/a/catalog-info.yaml',
      'https://github.com/shop/orders/tree/main/',
      'github.com/shop/orders',
      'main',
      'services/a/catalog-info.yaml',
    ],
    [
      'http://localhost:7017/shop/orders/tree/main/',
      'http://localhost:7017/shop/orders/tree/main/',
      'localhost:7017/shop/orders',
      'main',
      '',
    ],
    [
      'https://github.com/shop/orders',
      'https://github.com/shop/orders/',
      'github.com/shop/orders',
      undefined,
      '',
    ],
    [
      'https://gitlab.com/group/sub/project/-/blob/main/x/catalog-info.yaml',
      'https://gitlab.com/group/sub/project/-/tree/main/',
      'gitlab.com/group/sub/project',
      'main',
      'x/catalog-info.yaml',
    ],
    [
      'https://dev.azure.com/org/project/_git/repo?path=%2Fx%2Fcatalog-info.yaml&version=GBmain',
      'https://dev.azure.com/org/project/_git/repo?path=%2F&version=GBmain',
      'dev.azure.com/org/project/_git/repo',
      'main',
      'x/catalog-info.yaml',
    ],
    [
      'https://bitbucket.org/workspace/repo/src/main/x/catalog-info.yaml',
      'https://bitbucket.org/workspace/repo/src/main/',
      'bitbucket.org/workspace/repo',
      'main',
      'x/catalog-info.yaml',
    ],
    [
      'https://gitea.example/owner/repo/src/branch/main/x/catalog-info.yaml',
      'https://gitea.example/owner/repo/src/branch/main/',
      'gitea.example/owner/repo',
      'main',
      'x/catalog-info.yaml',
    ],
    [
      'https://github.com/shop/gitops/tree/main/apps/*/ext.yaml',
      'https://github.com/shop/gitops/tree/main/',
      'github.com/shop/gitops',
      'main',
      'apps/*/ext.yaml',
    ],
    [
      'https://github.com/shop/orders/blob/main/my files/a.yaml',
      'https://github.com/shop/orders/tree/main/',
      'github.com/shop/orders',
      'main',
      'my files/a.yaml',
    ],
  ])('splits %s', (url, root, title, branch, path) => {
    expect(locateInRepository(integrations, url)).toMatchObject({
      root,
      host: new URL(url).host,
      title,
      branch,
      path,
    });
  });

  it('gives a file and its folder the same root, so that they are fetched once', () => {
    const roots = ['blob/main/a.yaml', 'tree/main/deploy/'].map(
      rest =>
        locateInRepository(
          integrations,
          `https://github.com/shop/orders/${rest}`,
        )?.root,
    );
    expect(new Set(roots).size).toBe(1);
  });

  it('knows no repository on a host that no integration can read', () => {
    expect(
      locateInRepository(integrations, 'https://git.example/a/b/blob/main/c'),
    ).toBeUndefined();
  });
});
