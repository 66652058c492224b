import { createServer, IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesPlugin } from './KubernetesPlugin';
import { readText } from './readLines';

const backstageError = (name: string) => ({ error: { name, message: 'x' } });

describe('KubernetesPlugin', () => {
  let answer: { status: number; body?: unknown };
  let asked: { url?: string; headers: IncomingHttpHeaders }[];
  let tokens: number;
  const server = createServer((request, response) => {
    asked.push(request);
    response.statusCode = answer.status;
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
  beforeAll(
    () => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)),
  );
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    tokens = 0;
  });

  const { signal } = new AbortController();
  const plugin = () =>
    KubernetesPlugin.create({
      auth: mockServices.auth.mock({
        getPluginRequestToken: async ({ targetPluginId }) => {
          tokens += 1;
          return { token: `${targetPluginId}-${tokens}` };
        },
      }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async id =>
          `http://127.0.0.1:${
            (server.address() as AddressInfo).port
          }/api/${id}`,
      }),
    });
  const ask = async () => {
    const { status, body } = await plugin()
      .connect('eu')
      .request('/api/v1/services?limit=1', { signal, idleMs: 1_000 });
    return { status, text: await readText(body, 1_000) };
  };

  it('tells which clusters it knows', async () => {
    answer = {
      status: 200,
      body: {
        items: [
          { name: 'eu', title: 'Europe', authProvider: 'aws', more: true },
          { name: 'us', authProvider: 'oidc' },
          { name: 7 },
          null,
        ],
      },
    };
    expect(await plugin().clusters(signal)).toEqual([
      { name: 'eu', title: 'Europe', authProvider: 'aws' },
      { name: 'us', authProvider: 'oidc' },
    ]);
    expect(asked[0]).toMatchObject({ url: '/api/kubernetes/clusters' });
  });

  it('is asked for a cluster by name, uncompressed, with a token for each request', async () => {
    answer = { status: 200, body: {} };
    const connection = plugin().connect('eu');
    for (const path of ['/a', '/b']) {
      await connection.request(path, { signal, idleMs: 1_000 });
    }
    expect(
      asked.map(({ url, headers }) => [
        url,
        headers['backstage-kubernetes-cluster'],
        headers['accept-encoding'],
        headers.authorization,
      ]),
    ).toEqual([
      ['/api/kubernetes/proxy/a', 'eu', 'identity', 'Bearer kubernetes-1'],
      ['/api/kubernetes/proxy/b', 'eu', 'identity', 'Bearer kubernetes-2'],
    ]);
  });

  it('passes on what the API server refuses', async () => {
    answer = { status: 403, body: { kind: 'Status', code: 403 } };
    expect(await ask()).toEqual({
      status: 403,
      text: '{"kind":"Status","code":403}',
    });
  });

  it.each<[string, typeof answer, string, string]>([
    [
      'it is not installed',
      { status: 404 },
      'not-collectable',
      'is not installed',
    ],
    [
      'it has no such cluster',
      { status: 404, body: backstageError('NotFoundError') },
      'not-collectable',
      'does not know it',
    ],
    [
      'its permission is denied',
      { status: 403, body: backstageError('NotAllowedError') },
      'not-collectable',
      'kubernetes.proxy',
    ],
    [
      'it refuses our token',
      { status: 401, body: backstageError('AuthenticationError') },
      'unauthorised',
      'token of the portal',
    ],
    [
      'it cannot reach the cluster',
      { status: 500, body: backstageError('ForwardedError') },
      'unreachable',
      'cannot reach it',
    ],
    [
      'it has no credentials',
      { status: 500, body: backstageError('Error') },
      'server',
      'its log says why',
    ],
    ['it is starting', { status: 503 }, 'server', 'not ready'],
    [
      'the cluster refuses its credentials',
      { status: 401, body: { kind: 'Status' } },
      'unauthorised',
      'credentials that the plugin has for it',
    ],
  ])('says so when %s', async (_, given, code, words) => {
    answer = given;
    await expect(ask()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(new RegExp(`^it .*${words}`)),
    });
  });

  it('does not take an answer without clusters for none', async () => {
    answer = { status: 200, body: { hello: 'world' } };
    await expect(plugin().clusters(signal)).rejects.toThrow(
      'the Kubernetes plugin answered with something else',
    );
  });
});
