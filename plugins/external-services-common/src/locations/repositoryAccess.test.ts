import {
  ignoresCase,
  isAllowedRepository,
  isSameRepository,
} from './repositoryAccess';

describe('isSameRepository', () => {
  it.each([
    ['github.com shop/orders', 'github.com shop/orders', true],
    ['github.com Shop/Orders', 'GitHub.com shop/orders', true],
    ['github.com shop/orders', 'github.com shop/vault', false],
    ['github.com shop/orders', 'github.com shop/orders-2', false],
    ['github.com shop/orders', 'git.example.net shop/orders', false],
    ['git.example.net:8443 a/b', 'git.example.net a/b', false],
  ])('of %p and %p: %p', (one, other, same) => {
    const place = (text: string) => {
      const [host, path] = text.split(' ');
      return { host, path, ignoresCase: ignoresCase('github') };
    };
    expect(isSameRepository(place(one), place(other))).toBe(same);
  });

  it('takes names as they are written where the host does', () => {
    const place = (path: string) => ({
      host: 'review.example.net',
      path,
      ignoresCase: ignoresCase('gerrit'),
    });
    expect(isSameRepository(place('Vault'), place('vault'))).toBe(false);
  });
});

describe('isAllowedRepository', () => {
  const allowed = [{ host: 'github.com', owners: ['platform', 'group/sub'] }];
  it.each([
    ['github.com', 'platform/gitops', true],
    ['GITHUB.com', 'Platform/gitops', true],
    ['github.com', 'group/sub/gitops', true],
    ['github.com', 'group/other', false],
    ['github.com', 'platform-2/gitops', false],
    ['github.com', 'other/platform', false],
    ['git.example.net', 'platform/gitops', false],
  ])('of %p %p: %p', (host, path, is) => {
    expect(isAllowedRepository({ host, path }, allowed)).toBe(is);
  });
});
