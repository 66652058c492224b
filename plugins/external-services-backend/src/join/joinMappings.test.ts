import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type { Mapping } from '@external-services/backstage-plugin-external-services-common';
import { readExternalServicesConfig } from '../config/readExternalServicesConfig';
import type { SourceRow } from '../database/SourceRow';
import { dnsAlias } from '../__testUtils__/manifests';
import { parseManifestFile } from '../sources/repository/parseManifestFile';
import type { ManifestFile } from '../sources/repository/ManifestStore';
import { SourceStore } from '../database/SourceStore';
import type { DnsStatus } from '../sources/dns/DnsStatus';
import { joinMappings } from './joinMappings';

const NOW = Date.parse('2026-11-22T03:12:00.000Z');
const ROOT = 'https://github.com/shop/orders/tree/main/';
const MINUTE = 60_000;

const rootConfig = mockServices.rootConfig({
  data: {
    externalServices: {
      environments: [
        { name: 'dev', resolver: 'portal' },
        { name: 'prod', resolver: 'portal', namespace: 'live' },
      ],
      resolvers: [{ name: 'portal', servers: ['192.0.2.53'] }],
    },
  },
});
const config = readExternalServicesConfig(rootConfig, []);
const integrations = ScmIntegrations.fromConfig(rootConfig);

const row = (
  kind: 'repository' | 'dns',
  key: string,
  over: Partial<SourceRow>,
) => ({
  id: SourceStore.idOf(kind, key),
  kind,
  key,
  generation: 1,
  nextDue: NOW,
  failures: 0,
  checkedAt: NOW,
  seenAt: NOW,
  ...over,
});

const good: DnsStatus = {
  shown: { chain: [], addresses: [{ address: '203.0.113.7', ttl: 60 }] },
  since: NOW,
  refreshMs: MINUTE,
};
const bad: DnsStatus = {
  shown: { chain: [], addresses: [], failure: 'no-answer' },
  since: NOW,
  refreshMs: MINUTE,
};

function join(
  files: Record<string, string>,
  options: {
    dns?: Record<string, DnsStatus>;
    checkedAt?: number;
    repositorySeenAt?: number;
    stored?: (file: ManifestFile) => ManifestFile;
  } = {},
) {
  const { dns = {}, checkedAt = NOW, repositorySeenAt = NOW } = options;
  const { stored = file => file } = options;
  return joinMappings(
    {
      entity: { entityRef: 'component:default/orders' },
      live: [],
      clusters: new Map(),
      repositories: [
        {
          interest: {
            mode: 'annotation',
            root: ROOT,
            title: 'github.com/shop/orders',
            host: 'github.com',
            patterns: [],
          },
          source: row('repository', ROOT, { seenAt: repositorySeenAt }),
          files: Object.entries(files).map(([path, text]) =>
            stored(parseManifestFile(path, text, config)),
          ),
          missing: [],
        },
      ],
      dns: new Map(
        Object.entries(dns).map(([name, status]) => [
          `${name} portal`,
          row('dns', `${name} portal`, { status, checkedAt }),
        ]),
      ),
    },
    { config, integrations, now: NOW },
  );
}

const namespaced = (text: string, namespace: string) =>
  text.replace('metadata:', `metadata:\n  namespace: ${namespace}`);

describe('joinMappings', () => {
  it('puts the worst first, then production, then by name', () => {
    const { items } = join(
      {
        'dev/a.yaml': dnsAlias('a-good', 'good.example.com'),
        'dev/b.yaml': dnsAlias('b-bad-in-dev', 'bad.example.com'),
        'prod/z.yaml': dnsAlias('z-bad-in-prod', 'bad.example.com'),
        'c.yaml': dnsAlias('c-invalid', 'https://x'),
        'prod/d.yaml': dnsAlias('d-good-in-prod', 'good.example.com'),
      },
      { dns: { 'good.example.com': good, 'bad.example.com': bad } },
    );
    expect(items.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'c-invalid: invalid',
      'z-bad-in-prod: unresolved',
      'b-bad-in-dev: unresolved',
      'd-good-in-prod: resolves',
      'a-good: resolves',
    ]);
  });

  it('makes one mapping of one name in several environments, with the worst state', () => {
    const { items } = join(
      {
        'prod/a.yaml': dnsAlias('db', 'bad.example.com'),
        'dev/a.yaml': dnsAlias('db', 'good.example.com'),
        'qa.yaml': dnsAlias('db', 'good.example.com').replace(
          'metadata:',
          'metadata:\n  labels: {external-services/environment: qa}',
        ),
      },
      { dns: { 'good.example.com': good, 'bad.example.com': bad } },
    );
    expect(items).toHaveLength(1);
    expect(items[0].state).toBe('unresolved');
    // In configured order; those that nobody configured come last.
    expect(items[0].lines.map(line => line.environment?.name)).toEqual([
      'dev',
      'prod',
      'qa',
    ]);
  });

  it('takes the namespace from the file, else from the environment, and leaves it out where they differ', () => {
    const { items } = join({
      'dev/a.yaml': namespaced(dnsAlias('db', 'x.example.com'), 'own'),
      'prod/a.yaml': dnsAlias('db', 'x.example.com'),
      'prod/b.yaml': dnsAlias('cache', 'x.example.com'),
      'c.yaml': dnsAlias('mail', 'x.example.com'),
    });
    const byName = Object.fromEntries(items.map(item => [item.name, item]));
    expect(byName.db.lines.map(line => line.namespace)).toEqual([
      'own',
      'live',
    ]);
    expect(byName.db).toMatchObject({ id: '/db', fullName: 'db' });
    expect(byName.db.namespace).toBeUndefined();
    expect(byName.cache.fullName).toBe('cache.live.svc.cluster.local');
    expect(byName.mail.fullName).toBe('mail');
  });

  it('tells names apart by namespace where an environment has them twice', () => {
    const { items } = join({
      'a.yaml': namespaced(dnsAlias('db', 'x.example.com'), 'one'),
      'b.yaml': namespaced(dnsAlias('db', 'x.example.com'), 'two'),
    });
    expect(items.map(({ id }) => id)).toEqual(['one/db', 'two/db']);
  });

  it.each([
    ['fresh within two refreshes and their tries', 1, 'resolved', false],
    ['stale after them', 0, 'stale', true],
  ])('calls an answer of DNS %s', (_name, left, status, stale) => {
    const [{ timeoutMs }] = config.resolvers;
    const checkedAt = NOW - 2 * MINUTE - 2 * timeoutMs + left;
    const { items } = join(
      { 'prod/a.yaml': dnsAlias('db', 'good.example.com') },
      { dns: { 'good.example.com': good }, checkedAt },
    );
    expect(items[0].lines[0]).toMatchObject({
      state: 'resolves',
      stale,
      resolution: { status },
    });
  });

  it('calls a repository stale after 15 minutes of silence', () => {
    const staleAfter = (silence: number) =>
      join(
        { 'prod/a.yaml': dnsAlias('db', 'good.example.com') },
        { dns: { 'good.example.com': good }, repositorySeenAt: NOW - silence },
      ).items[0].lines[0].stale;
    expect(staleAfter(15 * MINUTE - 1)).toBe(false);
    expect(staleAfter(15 * MINUTE)).toBe(true);
  });

  it('gives each finding to the mapping it is about', () => {
    const { items } = join({
      'a.yaml': `${dnsAlias('one', 'https://x')}---\n${dnsAlias(
        'two',
        'good.example.com',
      )}`,
    });
    const errorsOf = (name: string) =>
      items
        .find(item => item.name === name)!
        .lines[0].findings.filter(({ severity }) => severity === 'error');
    expect(errorsOf('one')).toHaveLength(1);
    expect(errorsOf('two')).toHaveLength(0);
  });

  it('tells the findings of one environment from those of another in the same file', () => {
    const inEnvironment = (environment: string, target: string) =>
      dnsAlias('db', target).replace(
        'metadata:',
        `metadata:\n  labels: {external-services/environment: ${environment}}`,
      );
    const { items } = join({
      'a.yaml': `${inEnvironment(
        'dev',
        'good.example.com',
      )}---\n${inEnvironment('prod', 'https://x')}`,
    });
    expect(
      items[0].lines.map(line => [line.environment?.name, line.state]),
    ).toEqual([
      ['dev', 'checking'],
      ['prod', 'invalid'],
    ]);
  });

  /** The text of a Service; every second one has an error. */
  const service = (index: number) =>
    dnsAlias(
      `db-${index}`,
      index % 2 ? `https://${index}` : `db-${index}.example.com`,
    );
  const services = (count: number, first = 0) =>
    Array.from({ length: count }, (_, index) => service(first + index)).join(
      '---\n',
    );

  it('joins 1,000 services to what each is joined to alone', () => {
    const { items, findings } = join(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, file) => [
          `prod/${file}.yaml`,
          services(50, file * 50),
        ]),
      ),
    );
    expect(items).toHaveLength(1_000);
    expect(findings).toEqual([]);
    const errorsOf = ({ name, lines: [line] }: Mapping) => [
      name,
      line.state,
      line.findings.map(({ code }) => code),
    ];
    const byName = new Map(items.map(item => [item.name, item]));
    for (const index of [0, 1, 500, 998, 999]) {
      const [alone] = join({ 'prod/all.yaml': service(index) }).items;
      expect(errorsOf(byName.get(`db-${index}`)!)).toEqual(errorsOf(alone));
    }
  });

  it('says so when there are more than 1,000, and joins those', () => {
    const { items, findings } = join({
      'prod/a.yaml': services(500),
      'prod/b.yaml': services(501, 500),
    });
    expect(items).toHaveLength(1_000);
    expect(findings).toMatchObject([
      { code: 'repository-capped', severity: 'warning' },
    ]);
  });

  it('looks at each object no more often the more of them there are', () => {
    const looksPerObject = (count: number) => {
      let looks = 0;
      const counting = (manifest: Record<string, unknown>) =>
        new Proxy(manifest, {
          get(target, key) {
            looks += 1;
            return Reflect.get(target, key);
          },
        });
      join(
        { 'prod/all.yaml': services(count) },
        {
          stored: file => ({
            ...file,
            objects: file.objects.map(object => ({
              ...object,
              manifest: counting(object.manifest),
            })),
          }),
        },
      );
      return looks / count;
    };
    expect(looksPerObject(400) / looksPerObject(100)).toBeCloseTo(1, 1);
  });
});
