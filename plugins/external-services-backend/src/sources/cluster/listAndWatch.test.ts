import { eventually } from '../../__testUtils__/eventually';
import {
  bookmark,
  breaking,
  ending,
  event,
  holding,
  page,
  refusing,
  service,
  silent,
  TestApiServer,
} from '../../__testUtils__/TestApiServer';
import type { StreamPosition, StreamStatus } from './ClusterStatus';
import { HttpConnection } from './HttpConnection';
import { kubeAccess } from './KubeAccess';
import { listAndWatch } from './listAndWatch';
import { watchedResources } from './WatchedResource';

const [SERVICES] = watchedResources();

/** A stream into a map, with waits that the test sees and that take no time. */
function follow(
  server: TestApiServer,
  options: { resourceVersion?: string; ageMs?: number; hold?: boolean } = {},
) {
  const kept = new Map<string, unknown>();
  const states: StreamStatus[] = [];
  const waits: number[] = [];
  const replaced: string[][] = [];
  let now = 0;
  let position: StreamPosition | undefined = options.resourceVersion
    ? { server: server.url, resourceVersion: options.resourceVersion }
    : undefined;
  const stopping = new AbortController();
  const connection = HttpConnection.create(
    'eu',
    kubeAccess({
      kind: 'token',
      url: server.url,
      token: 'secret',
      skipTLSVerify: true,
    }),
  );
  const reached = (at: StreamPosition) => {
    position = at;
    // As if the stream had been open for so long.
    now += options.ageMs ?? 0;
  };
  const ended = listAndWatch({
    connection,
    resource: SERVICES,
    position,
    keep: ({ spec }) => JSON.stringify(spec).includes('ExternalName'),
    sink: {
      async replace(objects, at) {
        kept.clear();
        objects.forEach(one => kept.set(one.metadata.name, one));
        replaced.push([...kept.keys()]);
        reached(at);
      },
      async put(one, at) {
        kept.set(one.metadata.name, one);
        reached(at);
      },
      async remove({ metadata }, at) {
        kept.delete(metadata.name);
        reached(at);
      },
      heard: async at => reached(at),
      state: status => states.push(status),
    },
    signal: stopping.signal,
    delay: async (milliseconds, signal) => {
      waits.push(milliseconds);
      now += milliseconds;
      await new Promise(resolve => setImmediate(resolve));
      if (options.hold) {
        await new Promise<void>(resolve =>
          signal.addEventListener('abort', () => resolve()),
        );
      }
    },
    now: () => now,
    random: () => 0.5,
  });
  return {
    names: () => [...kept.keys()],
    object: (name: string) => kept.get(name),
    replaced,
    states,
    waits,
    version: () => position?.resourceVersion,
    stop: async () => {
      stopping.abort();
      await ended;
      connection.close();
    },
  };
}

describe('listAndWatch', () => {
  let server: TestApiServer;
  let stream: ReturnType<typeof follow>;
  beforeEach(async () => {
    server = await TestApiServer.start();
  });
  afterEach(async () => {
    await stream.stop();
    await server.stop();
  });

  it('lists page by page, then watches from the version of the list', async () => {
    server.lists = [
      page([service('a'), service('b')], 7, 'next'),
      page([service('c')], 7),
    ];
    server.watches = [
      holding(
        event('ADDED', service('d', 8)),
        event('DELETED', service('a', 9)),
        event('MODIFIED', { ...service('b', 10), spec: { selector: {} } }),
        bookmark(20),
      ),
    ];
    stream = follow(server);
    await eventually(stream.version, version => version === '20');
    expect(stream.names()).toEqual(['c', 'd']);
    expect(server.asked).toEqual(['list', 'list next', 'watch 7']);
    expect(stream.states).toEqual([
      { state: 'listing' },
      { state: 'watching' },
    ]);
  });

  it('keeps what an object is and leaves out what changes by itself', async () => {
    const { metadata, spec } = service('a');
    server.lists = [
      page(
        [
          {
            metadata: {
              ...metadata,
              managedFields: [{ manager: 'x' }],
              generation: 3,
              annotations: {
                'kubectl.kubernetes.io/last-applied-configuration': '{}',
                team: 'shop',
              },
            },
            spec,
            status: { loadBalancer: {} },
          },
        ],
        7,
      ),
    ];
    stream = follow(server);
    await eventually(stream.names, names => names.length === 1);
    expect(stream.object('a')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'a',
        namespace: 'shop',
        uid: 'uid-of-a',
        annotations: { team: 'shop' },
      },
      spec,
    });
  });

  it('resumes where it stood without listing again', async () => {
    server.watches = [holding(bookmark(43))];
    stream = follow(server, { resourceVersion: '42' });
    await eventually(stream.version, version => version === '43');
    expect(server.asked).toEqual(['watch 42']);
  });

  it('goes on at once and from the last bookmark when the server ends a stream in time', async () => {
    server.watches = [ending(bookmark(43)), holding()];
    stream = follow(server, { resourceVersion: '42', ageMs: 300_000 });
    await eventually(
      () => server.asked,
      asked => asked.length === 2,
    );
    expect(server.asked).toEqual(['watch 42', 'watch 43']);
    expect(stream.waits).toEqual([]);
  });

  it.each([
    ['breaks', breaking],
    ['ends', ending],
  ])(
    'takes nothing of an object in whose middle the stream %s',
    async (_, cut) => {
      server.watches = [
        cut(
          event('ADDED', service('a', 43)),
          event('ADDED', service('b', 44)).slice(0, 60),
        ),
        holding(event('ADDED', service('b', 44))),
      ];
      stream = follow(server, { resourceVersion: '42' });
      await eventually(stream.names, names => names.length === 2);
      expect(server.asked).toEqual(['watch 42', 'watch 43']);
      // One break is no news.
      expect(stream.states.map(({ state }) => state)).toEqual([
        'watching',
        'watching',
      ]);
    },
  );

  it.each([
    ['410 as status', refusing(410)],
    [
      '410 as event',
      ending(event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' })),
    ],
    ['what is no event', ending('<html>\n')],
    ['an event without a name', ending(event('ADDED', { metadata: {} }))],
    ['a bookmark of the past', holding(bookmark(41))],
  ])('lists again after %s, and deletes only then', async (_, first) => {
    server.watches = [first, holding()];
    server.lists = [page([service('a')], 90)];
    stream = follow(server, { resourceVersion: '42' });
    await eventually(
      () => server.asked,
      asked => asked.length === 3,
    );
    expect(server.asked).toEqual(['watch 42', 'list', 'watch 90']);
    expect(stream.replaced).toEqual([['a']]);
  });

  it.each([
    ['breaks', breaking('{"kind":"Serv')],
    ['is refused', refusing(500)],
    ['has expired', refusing(410)],
    ['is no list', ending('{}')],
    ['is a page of a proxy', ending('<html>')],
    [
      'is another list',
      ending('{"kind":"PodList","metadata":{"resourceVersion":"7"}}'),
    ],
    ['has no version', ending('{"kind":"ServiceList","items":[]}')],
    ['has an object without a name', page([{ metadata: {} }], 7)],
  ])('replaces nothing when a page of the list %s', async (_, bad) => {
    server.lists = [
      page([service('a')], 7, 'next'),
      bad,
      page([service('b')], 8),
    ];
    stream = follow(server);
    await eventually(stream.names, names => names.length > 0);
    expect(stream.replaced).toEqual([['b']]);
    expect(server.asked.slice(0, 3)).toEqual(['list', 'list next', 'list']);
  });

  it('waits longer each time for a server that ends every stream at once, and never gives up', async () => {
    server.watches = [ending()];
    stream = follow(server, { resourceVersion: '42' });
    await eventually(stream.waits.slice.bind(stream.waits), w => w.length > 12);
    const [first, second] = stream.waits;
    expect(first).toBe(1_000);
    expect(second).toBe(1_750);
    expect(Math.max(...stream.waits)).toBeLessThanOrEqual(30_000);
    expect(stream.waits[11]).toBe(30_000);
    expect(stream.states.at(-1)).toMatchObject({
      state: expect.stringMatching(/failed|watching/),
    });
    expect(stream.states).toContainEqual({
      state: 'failed',
      failure: { code: 'server', message: 'it ends its answers at once' },
    });
  });

  it('waits as long as the server asks', async () => {
    server.lists = [refusing(429, 45), page([], 7)];
    server.watches = [holding()];
    stream = follow(server);
    await eventually(
      stream.replaced.slice.bind(stream.replaced),
      r => r.length > 0,
    );
    expect(stream.waits).toEqual([45_000]);
  });

  it.each<[string, number, 'list' | 'watch', string]>([
    ['unauthorised', 401, 'list', 'does not know the portal'],
    ['forbidden', 403, 'list', 'list services'],
    ['forbidden', 403, 'watch', 'watch services'],
  ])(
    'says at once when it is %s (%p, %s)',
    async (code, status, verb, word) => {
      server.lists = [verb === 'list' ? refusing(status) : page([], 7)];
      server.watches = [refusing(status)];
      stream = follow(server, { hold: true });
      const failed = await eventually(
        () => stream.states.at(-1),
        last => last?.state === 'failed',
      );
      expect(failed?.failure).toEqual({
        code,
        message: expect.stringContaining(word),
        ...(code === 'forbidden' && { verb, resource: 'services' }),
      });
    },
  );

  it.each([
    ['while it waits for the first page', [silent], []],
    ['in the middle of a list', [page([], 7, 'next'), silent], []],
    ['while a watch opens', [page([], 7)], [silent]],
    ['while it watches', [page([], 7)], [holding(bookmark(8))]],
    ['while it waits to try again', [refusing(500)], []],
  ])('leaves nothing open when it stops %s', async (_, lists, watches) => {
    server.lists = lists;
    server.watches = watches;
    const requests = lists.length + watches.length;
    stream = follow(server, { hold: true });
    await eventually(
      () => server.asked,
      asked => asked.length >= requests,
    );
    await stream.stop();
    await eventually(
      () => server.open,
      open => open === 0,
    );
    expect(server.asked).toHaveLength(requests);
    expect(server.mostOpen).toBe(1);
  });
});
