import { isAsked } from './isAsked';

const NAMES = {
  clusterDomain: 'k8s.example.net',
  resolution: { minTtlMs: 1, allow: [] as string[], deny: [] as string[] },
};

describe('isAsked', () => {
  it.each([
    ['db.example.com', true],
    ['svc.example.com', true],
    ['localhost.example.com', true],
    ['kubernetes', false],
    ['kubernetes.default.svc', false],
    ['kubernetes.default.svc.cluster.local', false],
    ['kubernetes.default.svc.k8s.example.net', false],
    ['k8s.example.net', false],
    ['localhost', false],
    ['app.localhost', false],
    ['printer.local', false],
    ['1.0.0.127.in-addr.arpa', false],
    ['a.onion', false],
    ['a.test', false],
  ])('%s: %p', (name, asked) => {
    expect(isAsked(name, NAMES)).toBe(asked);
  });

  it.each([
    [['example.com'], [], 'db.example.com', true],
    [['example.com'], [], 'db.example.org', false],
    [['example.com'], [], 'badexample.com', false],
    [[], ['corp.internal'], 'vault.corp.internal', false],
    [[], ['corp.internal'], 'vault.corp-internal.com', true],
    [['example.com'], ['vault.example.com'], 'vault.example.com', false],
  ])('allows %j, denies %j: %s: %p', (allow, deny, name, asked) => {
    const resolution = { minTtlMs: 1, allow, deny };
    expect(isAsked(name, { ...NAMES, resolution })).toBe(asked);
  });
});
