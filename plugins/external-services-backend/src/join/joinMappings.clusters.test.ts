import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type {
  LineCluster,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { dnsAlias, fixedAddresses } from '../__testUtils__/manifests';
import { LabelSelector } from '../sources/catalog/LabelSelector';
import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
import { readCursor, writeCursor } from '../sources/cluster/ClusterCursor';
import type { ClusterStatus } from '../sources/cluster/ClusterStatus';
import { readExternalServicesConfig } from '../config/readExternalServicesConfig';
import type { LiveObject } from '../sources/cluster/LiveQuery';
import type { SourceRow } from '../database/SourceRow';
import { SourceStore } from '../database/SourceStore';
import { parseManifestFile } from '../sources/repository/parseManifestFile';
import { joinMappings } from './joinMappings';
import { liveQueryOf } from './liveQuery';
import { shareLiveObjects } from './shareLiveObjects';

const NOW = Date.parse('2026-11-22T03:12:00.000Z');
const MINUTE = 60_000;
const ROOT = 'https://github.com/shop/orders/tree/main/';
const ORDERS: ObservedEntity = {
  entityRef: 'component:default/orders',
  kubernetesId: 'orders',
};

const rootConfig = mockServices.rootConfig({
  data: {
    externalServices: {
      clusters: ['dev', 'prod-eu', 'prod-us', 'spare'].map(name => ({
        name,
        title: name.toLocaleUpperCase('en'),
        kubeconfig: '/nowhere',
        ...(name === 'spare' && { namespaces: ['watched', 'closed'] }),
      })),
      environments: [
        { name: 'dev', namespace: 'shop' },
        { name: 'prod', namespace: 'shop', clusters: ['prod-eu', 'prod-us'] },
        { name: 'spare', namespace: 'not-watched' },
        { name: 'open', clusters: ['prod-eu'] },
        { name: 'none', namespace: 'shop' },
      ],
    },
  },
});
const config = readExternalServicesConfig(rootConfig, ['192.0.2.53']);
const integrations = ScmIntegrations.fromConfig(rootConfig);

const WATCHING: ClusterStatus = {
  phase: 'watching',
  objects: 1,
  services: { state: 'watching' },
  endpointSlices: { state: 'watching' },
};

const cursorOf = (name: string, ...resources: string[]) => {
  const cluster = config.clusters.find(known => known.name === name)!;
  const cursor = readCursor(undefined, cluster, config.clusterSource);
  const { namespaces = [''] } = cluster;
  for (const resource of resources) {
    const streams = resource.includes('/')
      ? [resource]
      : namespaces.map(namespace => `${resource}/${namespace}`);
    for (const stream of streams) {
      cursor.streams[stream] = {
        server: 'https://192.0.2.1',
        resourceVersion: '1',
      };
    }
  }
  return writeCursor(cursor);
};
const watched = (name: string, over: Partial<ClusterStatus> = {}) => ({
  cursor: cursorOf(name, 'services', 'endpointslices'),
  status: { ...WATCHING, ...over },
});

const source = (
  kind: SourceRow['kind'],
  key: string,
  over: Partial<SourceRow> = {},
): SourceRow => ({
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

const CLUSTERS: Record<string, Partial<SourceRow>> = {
  dev: watched('dev'),
  'prod-eu': watched('prod-eu'),
  'prod-us': watched('prod-us'),
  spare: watched('spare'),
};

interface Given {
  namespace?: string;
  id?: string;
  label?: string;
  environment?: string;
  annotations?: Record<string, string>;
  changedAt?: number;
  /** Milliseconds. */
  made?: number;
}

function live(
  cluster: string,
  kind: 'Service' | 'EndpointSlice',
  name: string,
  body: object,
  given: Given & { labels?: Record<string, string> } = {},
): LiveObject {
  const { namespace = 'shop', id, label, environment, labels } = given;
  return {
    sourceId: SourceStore.idOf('cluster', cluster),
    cluster,
    changedAt: given.changedAt ?? NOW - 60 * MINUTE,
    ...(id && { externalId: id }),
    ...(label && { kubernetesId: label }),
    manifest: {
      apiVersion: kind === 'Service' ? 'v1' : 'discovery.k8s.io/v1',
      kind,
      metadata: {
        name,
        namespace,
        ...(given.made && {
          creationTimestamp: new Date(given.made).toISOString(),
        }),
        labels: {
          ...labels,
          ...(label && { 'backstage.io/kubernetes-id': label }),
          ...(environment && { 'external-services/environment': environment }),
        },
        annotations: {
          ...given.annotations,
          ...(id && { 'external-services/id': id }),
        },
      },
      ...body,
    },
  };
}

const liveAlias = (cluster: string, target: string, given: Given = {}) =>
  live(
    cluster,
    'Service',
    'external-db',
    {
      spec: {
        type: 'ExternalName',
        externalName: target,
        sessionAffinity: 'None',
        ports: [{ port: 5432, protocol: 'TCP', targetPort: 5432 }],
      },
    },
    given,
  );

const liveService = (cluster: string, spec: object = {}, given: Given = {}) =>
  live(
    cluster,
    'Service',
    'external-api',
    {
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.96.0.7',
        clusterIPs: ['10.96.0.7'],
        ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
        ...spec,
      },
    },
    given,
  );

const liveSlice = (cluster: string, addresses: string[], given: Given = {}) =>
  live(
    cluster,
    'EndpointSlice',
    'external-api-x7k2p',
    {
      addressType: 'IPv4',
      ports: [{ name: '', port: 80, protocol: 'TCP' }],
      endpoints: addresses.map(address => ({ addresses: [address] })),
    },
    { ...given, labels: { 'kubernetes.io/service-name': 'external-api' } },
  );

function join(
  files: Record<string, string>,
  objects: LiveObject[],
  options: {
    entity?: ObservedEntity;
    clusters?: Record<string, Partial<SourceRow>>;
    changedAt?: number;
    removed?: Map<string, number>;
    readAt?: number;
  } = {},
) {
  const { entity = ORDERS, clusters = CLUSTERS, changedAt } = options;
  const { removed, readAt: seenAt = NOW } = options;
  const read = Object.entries(files).map(([path, text]) => {
    const file = parseManifestFile(path, text, config);
    return {
      ...file,
      objects: file.objects.map(object => ({ ...object, changedAt })),
    };
  });
  return joinMappings(
    {
      entity,
      repositories: [
        {
          interest: {
            mode: 'annotation',
            root: ROOT,
            title: 'github.com/shop/orders',
            host: 'github.com',
            patterns: [],
          },
          source: source('repository', ROOT, { seenAt }),
          removed,
          files: read,
          missing: [],
        },
      ],
      dns: new Map(),
      live: shareLiveObjects(objects)(
        entity,
        liveQueryOf(entity, read, config),
      ),
      clusters: new Map(
        Object.entries(clusters).map(([name, over]) => [
          name,
          source('cluster', name, over),
        ]),
      ),
    },
    { config, integrations, now: NOW },
  );
}

const alias = dnsAlias('external-db', 'db.example.com');
const identified = (text: string, id = `${ORDERS.entityRef}#external-db`) =>
  text.replace(
    'metadata:',
    `metadata:\n  annotations:\n    external-services/id: ${id}`,
  );
const namespaced = (text: string, namespace: string) =>
  text.replaceAll('metadata:', `metadata:\n  namespace: ${namespace}`);

const onlyLine = ({ items }: ReturnType<typeof join>): MappingLine => {
  expect(items).toHaveLength(1);
  expect(items[0].lines).toHaveLength(1);
  return items[0].lines[0];
};
const syncs = ({ clusters = [] }: MappingLine) =>
  clusters.map(({ name, sync }) => `${name} ${sync}`);
const clusterOf = (line: MappingLine): LineCluster => {
  expect(line.clusters).toHaveLength(1);
  return line.clusters![0];
};

describe('joinMappings with clusters', () => {
  it('compares a line with every cluster of its environment', () => {
    const line = onlyLine(
      join({ 'prod/db.yaml': alias }, [
        liveAlias('prod-eu', 'DB.example.com.'),
        liveAlias('prod-us', 'old.example.com'),
        liveAlias('dev', 'dev.example.com'),
      ]),
    );
    expect(syncs(line)).toEqual(['prod-eu inSync', 'prod-us drifted']);
    expect(line).toMatchObject({
      sync: 'drifted',
      state: 'drifted',
      clustersDiffer: true,
      seenFrom: 'PROD-US',
      reasons: [
        {
          params: {
            cluster: 'PROD-US',
            declared: 'db.example.com',
            live: 'old.example.com',
          },
        },
      ],
    });
  });

  it('is in sync with mirrored and with own slices alike', () => {
    const line = onlyLine(
      join({ 'dev/api.yaml': fixedAddresses }, [
        liveService('dev'),
        liveSlice('dev', ['203.0.113.2', '203.0.113.1']),
      ]),
    );
    expect(line).toMatchObject({ sync: 'inSync', state: 'in-sync' });
    expect(line.clustersDiffer).toBeUndefined();
  });

  it('says of which cluster a mapping is missing, since when it should be there', () => {
    const line = onlyLine(
      join(
        { 'prod/db.yaml': alias },
        [liveAlias('prod-eu', 'db.example.com')],
        {
          changedAt: NOW - 20 * MINUTE,
        },
      ),
    );
    expect(syncs(line)).toEqual(['prod-eu inSync', 'prod-us notApplied']);
    expect(line).toMatchObject({
      state: 'not-applied',
      since: '2026-11-22T02:52:00.000Z',
    });
  });

  it('gives clusters time to follow a change of the declaration', () => {
    const line = onlyLine(
      join(
        { 'prod/db.yaml': alias },
        [liveAlias('prod-eu', 'old.example.com')],
        {
          changedAt: NOW - 2 * MINUTE,
        },
      ),
    );
    expect(syncs(line)).toEqual(['prod-eu drifted', 'prod-us notApplied']);
    expect(line).toMatchObject({
      state: 'rolling-out',
      reasons: [
        {
          params: {
            mergedAt: '2026-11-22T03:10:00.000Z',
            until: '2026-11-22T03:25:00.000Z',
          },
        },
      ],
    });
  });

  it.each<[string, LiveObject[], string, string[]]>([
    [
      'Argo CD that left the addresses out',
      [
        liveService(
          'dev',
          {},
          {
            annotations: { 'argocd.argoproj.io/tracking-id': 'x' },
          },
        ),
      ],
      'addresses',
      ['argo-cd-exclusion'],
    ],
    [
      'a write that was forbidden',
      [liveService('dev')],
      'addresses',
      ['deployer-rights'],
    ],
    [
      'a selector by commonLabels',
      [
        liveService(
          'dev',
          { selector: { app: 'x' } },
          {
            id: `${ORDERS.entityRef}#external-api`,
          },
        ),
        liveSlice('dev', ['203.0.113.1', '203.0.113.2']),
      ],
      'selector',
      ['kustomize-selector'],
    ],
    [
      'a change from headless that is ignored',
      [
        liveService('dev', { clusterIP: 'None' }),
        liveSlice('dev', ['203.0.113.1', '203.0.113.2']),
      ],
      'headless',
      ['ignored-change'],
    ],
  ])('explains a difference by %s', (_, objects, field, reasons) => {
    const line = onlyLine(join({ 'dev/api.yaml': fixedAddresses }, objects));
    expect(clusterOf(line)).toMatchObject({
      sync: 'drifted',
      differences: [{ field }],
      reasons,
    });
  });

  it('finds addresses without their Service', () => {
    const line = onlyLine(
      join({ 'dev/api.yaml': fixedAddresses }, [
        liveSlice('dev', ['203.0.113.1']),
      ]),
    );
    expect(clusterOf(line)).toMatchObject({
      sync: 'notApplied',
      reasons: ['missing-service'],
    });
  });

  it('finds by identity what a deployment has renamed and moved', () => {
    const renamed = liveAlias('dev', 'db.example.com', {
      id: `${ORDERS.entityRef}#external-db`,
      namespace: 'team-a',
    });
    (renamed.manifest.metadata as { name: string }).name = 'dev-external-db';
    const line = onlyLine(
      join({ 'dev/db.yaml': identified(alias) }, [renamed]),
    );
    expect(clusterOf(line)).toMatchObject({
      sync: 'drifted',
      namespace: 'team-a',
      differences: [{ field: 'name' }, { field: 'namespace' }],
      reasons: ['renamed-by-deployment'],
    });
  });

  it('takes the namespace from the cluster when nothing else says it', () => {
    const line = onlyLine(
      join({ 'open/db.yaml': alias }, [
        liveAlias('prod-eu', 'db.example.com', {
          id: `${ORDERS.entityRef}#external-db`,
          namespace: 'payments',
        }),
      ]),
    );
    expect(line).toMatchObject({ namespace: 'payments', sync: 'inSync' });
  });

  it('does not confuse two environments in one cluster', () => {
    const { items } = join(
      {
        'prod/db.yaml': alias,
        'open/db.yaml': namespaced(
          dnsAlias('external-db', 'open.example.com'),
          'open',
        ),
      },
      [
        liveAlias('prod-eu', 'open.example.com', {
          id: `${ORDERS.entityRef}#external-db`,
          namespace: 'open',
        }),
        liveAlias('prod-eu', 'db.example.com', {
          id: `${ORDERS.entityRef}#external-db`,
        }),
        liveAlias('prod-us', 'db.example.com'),
      ],
    );
    const lines = items.flatMap(item => item.lines);
    expect(lines.map(line => [line.environment?.name, ...syncs(line)])).toEqual(
      [
        ['prod', 'prod-eu inSync', 'prod-us inSync'],
        ['open', 'prod-eu inSync'],
      ],
    );
  });

  it('compares what holds in all environments with the clusters of all', () => {
    const line = onlyLine(
      join({ 'db.yaml': alias }, [
        liveAlias('dev', 'db.example.com'),
        liveAlias('prod-eu', 'db.example.com'),
        liveAlias('prod-us', 'db.example.com'),
      ]),
    );
    expect(syncs(line)).toContain('dev inSync');
    expect(syncs(line)).toContain('prod-us inSync');
  });

  it('is what it is without clusters where the environment has none', () => {
    const line = onlyLine(join({ 'none/db.yaml': alias }, []));
    expect(line).toMatchObject({ sync: 'unknown', state: 'checking' });
    expect(line.clusters).toBeUndefined();
    expect(line.checks[1].notCheckedReason).toBe('no-cluster');
  });

  describe('of what no file declares', () => {
    const orphan = (cluster: string, target: string, given: Given = {}) =>
      liveAlias(cluster, target, { label: 'orders', ...given });

    it('makes a line for each environment, with YAML that would declare it', () => {
      const { items, sources } = join({}, [
        orphan('prod-us', 'db.example.com'),
        orphan('prod-eu', 'db.example.com'),
        orphan('dev', 'dev.example.com'),
      ]);
      const [{ lines, name, state }] = items;
      expect([items.length, name, state]).toEqual([
        1,
        'external-db',
        'undeclared',
      ]);
      expect(
        lines.map(line => [line.environment?.name, line.sync, ...syncs(line)]),
      ).toEqual([
        ['dev', 'undeclared', 'dev undeclared'],
        ['prod', 'undeclared', 'prod-eu undeclared', 'prod-us undeclared'],
      ]);
      expect(lines[1]).not.toHaveProperty('declaration');
      expect(lines[1].yaml).toContain('externalName: db.example.com');
      expect(sources.map(({ title }) => title)).toContain('PROD-US');
    });

    it.each([
      ['was taken out just now', 2, 'rolling-out'],
      ['was taken out longer ago than clusters have time', 20, 'undeclared'],
    ])('gives clusters time to follow when it %s', (_, minutes, state) => {
      const line = onlyLine(
        join(
          {},
          [orphan('dev', 'x.example.com', { made: NOW - 90 * MINUTE })],
          {
            removed: new Map([['external-db', NOW - minutes * MINUTE]]),
          },
        ),
      );
      expect(line).toMatchObject({ sync: 'undeclared', state });
    });

    it.each([
      ['before the repository was read', 4, 3, 'undeclared'],
      ['since the repository was read', 2, 3, 'rolling-out'],
      ['since it was read, and that is long ago', 20, 30, 'undeclared'],
    ])('takes into account that it was made %s', (_, made, read, state) => {
      const line = onlyLine(
        join(
          {},
          [
            orphan('dev', 'x.example.com', {
              made: NOW - made * MINUTE,
              changedAt: NOW,
            }),
          ],
          { readAt: NOW - read * MINUTE },
        ),
      );
      expect(line).toMatchObject({ sync: 'undeclared', state });
    });

    it('puts nothing into that YAML that a tool wrote', () => {
      const { yaml } = onlyLine(
        join({}, [
          orphan('dev', 'dev.example.com', {
            annotations: {
              'argocd.argoproj.io/tracking-id': 'an-application',
              'kapp.k14s.io/original': '{}',
              'example.com/contact': 'shop',
            },
          }),
        ]),
      );
      expect(yaml).toContain('example.com/contact: shop');
      expect(yaml).not.toMatch(/argocd|kapp/);
    });

    it('states what differs between the clusters of an environment', () => {
      const line = onlyLine(
        join({}, [
          orphan('prod-eu', 'a.example.com'),
          orphan('prod-us', 'b.example.com'),
        ]),
      );
      expect(line).toMatchObject({
        state: 'drifted',
        clustersDiffer: true,
        reasons: [
          {
            code: 'clusters-differ',
            params: { declared: 'a.example.com', live: 'b.example.com' },
          },
          { state: 'undeclared' },
        ],
      });
    });

    it('stands beside what is declared in another environment', () => {
      const { items } = join({ 'prod/db.yaml': alias }, [
        liveAlias('prod-eu', 'db.example.com'),
        liveAlias('prod-us', 'db.example.com'),
        orphan('dev', 'dev.example.com'),
      ]);
      expect(items[0].lines.map(({ sync }) => sync)).toEqual([
        'undeclared',
        'inSync',
      ]);
    });

    it('leaves out aliases into the cluster and Services of Pods', () => {
      const { items } = join({}, [
        orphan('dev', 'db.data.svc.cluster.local'),
        liveService('dev', { selector: { app: 'x' } }, { label: 'orders' }),
      ]);
      expect(items).toEqual([]);
    });
  });

  describe('of a cluster that does not tell', () => {
    const status = (over: Partial<ClusterStatus>) => ({
      ...CLUSTERS,
      dev: watched('dev', over),
    });
    const unreachable = {
      phase: 'failed' as const,
      services: {
        state: 'failed' as const,
        failure: { code: 'unreachable' as const, message: 'it is away' },
      },
    };

    it.each<[string, Record<string, Partial<SourceRow>>, string]>([
      ['was never asked', { dev: { seenAt: undefined } }, 'pending'],
      [
        'has never answered',
        { dev: { seenAt: undefined, status: { ...WATCHING, ...unreachable } } },
        'unreachable',
      ],
      [
        'has told of slices alone',
        {
          dev: {
            status: { ...WATCHING, services: { state: 'listing' } },
            cursor: cursorOf('dev', 'endpointslices'),
          },
        },
        'pending',
      ],
    ])('knows nothing where one %s', (_, clusters, silence) => {
      const result = join({ 'dev/db.yaml': alias }, [], { clusters });
      expect(clusterOf(onlyLine(result))).toMatchObject({
        sync: 'unknown',
        silence,
      });
      expect(onlyLine(result).state).toBe('unknown');
    });

    it('keeps what was seen, with its age and cause, and the other as it was', () => {
      const line = onlyLine(
        join(
          { 'prod/api.yaml': fixedAddresses },
          ['prod-eu', 'prod-us'].flatMap(name => [
            liveService(name),
            liveSlice(name, ['203.0.113.1', '203.0.113.2']),
          ]),
          {
            clusters: {
              ...CLUSTERS,
              'prod-us': {
                ...watched('prod-us', unreachable),
                seenAt: NOW - 31 * MINUTE,
              },
            },
          },
        ),
      );
      expect(line.clusters).toMatchObject([
        { sync: 'inSync', stale: false },
        { sync: 'inSync', stale: true, silence: 'unreachable' },
      ]);
      expect(line).toMatchObject({
        state: 'in-sync',
        stale: true,
        seenAt: '2026-11-22T02:41:00.000Z',
      });
    });

    it.each<[string, LiveObject[]]>([
      ['be missing', []],
      ['differ', [liveAlias('dev', 'old.example.com')]],
    ])(
      'does not say that what was merged since it fell silent would %s',
      (_, objects) => {
        const line = onlyLine(
          join({ 'dev/db.yaml': alias }, objects, {
            changedAt: NOW - 20 * MINUTE,
            clusters: {
              ...CLUSTERS,
              dev: {
                ...watched('dev', unreachable),
                seenAt: NOW - 19 * MINUTE,
              },
            },
          }),
        );
        expect(line.state).toBe('unknown');
        expect(clusterOf(line)).toMatchObject({
          sync: 'unknown',
          silence: 'unreachable',
          differences: [],
          stale: true,
        });
      },
    );

    it('knows addresses when the first list of slices is over', () => {
      const line = onlyLine(
        join({ 'dev/api.yaml': fixedAddresses }, [liveService('dev')], {
          clusters: {
            ...CLUSTERS,
            dev: {
              status: { ...WATCHING, endpointSlices: { state: 'listing' } },
              cursor: cursorOf('dev', 'services'),
            },
          },
        }),
      );
      expect(clusterOf(line)).toMatchObject({
        sync: 'unknown',
        silence: 'pending',
      });
    });

    it('names it among the sources, in words that give nothing away', () => {
      const { sources } = join({ 'dev/db.yaml': alias }, [], {
        clusters: {
          dev: {
            ...watched('dev', unreachable),
            seenAt: NOW - 31 * MINUTE,
          },
        },
      });
      expect(sources[1]).toEqual({
        id: SourceStore.idOf('cluster', 'dev'),
        kind: 'cluster',
        title: 'DEV',
        status: 'failed',
        error: 'It cannot be reached',
        failure: 'unreachable',
        seenAt: '2026-11-22T02:41:00.000Z',
      });
    });

    it.each<[string, LiveObject[], string, string | undefined]>([
      ['the rest agrees', [liveService('dev')], 'unknown', 'addresses-unknown'],
      [
        'the rest differs',
        [liveService('dev', { ports: [{ port: 81, protocol: 'TCP' }] })],
        'drifted',
        undefined,
      ],
    ])(
      'does not miss addresses that it may not read: %s',
      (_, objects, sync, silence) => {
        const line = onlyLine(
          join({ 'dev/api.yaml': fixedAddresses }, objects, {
            clusters: status({
              endpointSlices: {
                state: 'failed',
                failure: { code: 'forbidden', message: 'it forbids' },
              },
            }),
          }),
        );
        expect(clusterOf(line)).toMatchObject({ sync });
        expect(clusterOf(line).silence).toBe(silence);
      },
    );

    it('judges each namespace by itself where a role is missing in another', () => {
      const forbidden = {
        state: 'failed' as const,
        failure: { code: 'forbidden' as const, message: 'it forbids' },
      };
      const services = [
        namespaced(dnsAlias('a', 'a.example.com'), 'watched'),
        namespaced(dnsAlias('b', 'b.example.com'), 'closed'),
      ].map(text =>
        text.replace(
          'metadata:',
          'metadata:\n  labels:\n    backstage.io/kubernetes-id: orders',
        ),
      );
      const { items, sources } = join(
        { 'spare/all.yaml': services.join('---\n') },
        [],
        {
          clusters: {
            ...CLUSTERS,
            spare: {
              seenAt: undefined,
              cursor: cursorOf('spare', 'services/watched'),
              status: {
                ...WATCHING,
                services: forbidden,
                namespaces: {
                  watched: {
                    services: { state: 'watching' },
                    endpointSlices: { state: 'watching' },
                    seenAt: new Date(NOW).toISOString(),
                  },
                  closed: {
                    services: forbidden,
                    endpointSlices: { state: 'listing' },
                  },
                },
              },
            },
          },
        },
      );
      expect(
        items.map(({ name, lines: [line] }) => [
          name,
          line.sync,
          clusterOf(line).silence,
          clusterOf(line).stale,
        ]),
      ).toEqual([
        ['a', 'notApplied', undefined, false],
        ['b', 'unknown', 'forbidden', false],
      ]);
      expect(sources[1]).toMatchObject({
        title: 'SPARE',
        failure: 'forbidden',
      });
    });

    it('does not call missing what may run where it cannot look', () => {
      const line = onlyLine(join({ 'spare/db.yaml': alias }, []));
      expect(clusterOf(line)).toMatchObject({
        sync: 'unknown',
        silence: 'namespace-not-watched',
      });
    });

    it.each(['spare', 'dev'])(
      'does not call missing what it keeps nothing of (%s)',
      environment => {
        const text = identified(namespaced(alias, 'kube-system'));
        const line = onlyLine(join({ [`${environment}/db.yaml`]: text }, []));
        expect(clusterOf(line)).toMatchObject({
          sync: 'unknown',
          silence: 'namespace-not-watched',
        });
      },
    );
  });

  describe('of what an entity may see', () => {
    it('lets a declared name open no namespace but that of its environment', () => {
      const line = onlyLine(
        join({ 'dev/db.yaml': namespaced(alias, 'payments') }, [
          liveAlias('dev', 'secret.example.com', { namespace: 'payments' }),
        ]),
      );
      expect(clusterOf(line)).toMatchObject({
        sync: 'unknown',
        silence: 'namespace-not-bound',
        differences: [],
      });
    });

    it('takes no notice of a foreign identity in a file', () => {
      const line = onlyLine(
        join(
          {
            'dev/db.yaml': identified(
              namespaced(alias, 'payments'),
              'component:default/payments#external-db',
            ),
          },
          [
            liveAlias('dev', 'secret.example.com', {
              namespace: 'payments',
              id: 'component:default/payments#external-db',
            }),
          ],
        ),
      );
      expect(clusterOf(line)).toMatchObject({ sync: 'unknown' });
      expect(JSON.stringify(line)).not.toContain('secret');
    });

    it('gives each of several entities its own objects alone', () => {
      const mine = liveAlias('dev', 'mine.example.com', { label: 'orders' });
      const theirs = liveAlias('dev', 'theirs.example.com', {
        namespace: 'payments',
        id: 'component:default/orders-2#external-db',
      });
      const { items } = join({}, [mine, theirs]);
      expect(items).toHaveLength(1);
      expect(JSON.stringify(items)).not.toContain('theirs');
    });

    it('leaves to another entity of the same label what says that it is its own', () => {
      const { items } = join({}, [
        liveAlias('dev', 'x.example.com', {
          label: 'orders',
          id: 'component:default/orders-worker#external-db',
        }),
      ]);
      expect(items).toEqual([]);
    });

    it('looks where one of two environments binds the namespace', () => {
      const line = onlyLine(
        join({ 'db.yaml': namespaced(alias, 'shop') }, [
          liveAlias('prod-eu', 'db.example.com'),
        ]),
      );
      expect(syncs(line)).toContain('prod-eu inSync');
    });

    it('heeds the namespace that the annotations name for the label', () => {
      const { items } = join(
        {},
        [liveAlias('dev', 'x.example.com', { label: 'orders' })],
        { entity: { ...ORDERS, kubernetesNamespace: 'elsewhere' } },
      );
      expect(items).toEqual([]);
    });

    describe('by its selector', () => {
      const selecting = (
        text: string,
        over: Partial<ObservedEntity> = {},
      ): ObservedEntity => ({
        ...ORDERS,
        selector: LabelSelector.parse(text),
        ...over,
      });
      const labelled = (given: Given & { labels?: Record<string, string> }) =>
        live(
          'prod-eu',
          'Service',
          'legacy',
          {
            spec: { type: 'ExternalName', externalName: 'legacy.example.com' },
          },
          { labels: { app: 'orders', tier: 'db' }, ...given },
        );
      const names = (objects: LiveObject[], entity: ObservedEntity) =>
        join({}, objects, { entity }).items.map(({ name }) => name);

      it('shows what is selected in a namespace of an environment, and in no other', () => {
        const entity = selecting('app=orders,tier notin (web)');
        expect(names([labelled({})], entity)).toEqual(['legacy']);
        expect(names([labelled({ namespace: 'secret' })], entity)).toEqual([]);
        expect(
          names([labelled({ labels: { app: 'orders', tier: 'web' } })], entity),
        ).toEqual([]);
        expect(names([labelled({})], ORDERS)).toEqual([]);
      });

      it('leaves to others what says that it is theirs', () => {
        const theirs = labelled({ id: 'component:default/cart#legacy' });
        expect(names([theirs], selecting('app=orders'))).toEqual([]);
      });

      it('heeds the namespace that the annotations name', () => {
        const entity = selecting('app=orders', { kubernetesNamespace: 'pay' });
        expect(names([labelled({})], entity)).toEqual([]);
      });
    });

    it.each(['other.example.com', 'db.example.com'])(
      'says when the Service of the name belongs to another component, and not that it leads to %p',
      target => {
        const line = onlyLine(
          join({ 'dev/db.yaml': alias }, [
            liveAlias('dev', target, {
              id: 'component:default/checkout#external-db',
            }),
          ]),
        );
        // Not even whether a guess is right.
        expect(clusterOf(line)).toMatchObject({
          sync: 'drifted',
          differences: [],
          reasons: ['other-identity'],
        });
        expect(JSON.stringify(line)).not.toContain('checkout');
        expect(JSON.stringify(line)).not.toContain('other.example.com');
      },
    );
  });
});
