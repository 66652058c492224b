import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAuthority, kubeconfig } from 'cluster/control-plane';
import type { ClusterAccess } from '../../config/ExternalServicesConfig';
import { HttpConnection } from './HttpConnection';
import { kubeAccess } from './KubeAccess';
import { readText } from './readLines';

const DAY_MS = 24 * 60 * 60_000;
const SOON = { connectMs: 200, answerMs: 200 };

describe('HttpConnection', () => {
  const ending: (() => unknown)[] = [];
  let authority: CertificateAuthority;
  beforeAll(async () => {
    authority = await CertificateAuthority.create('test');
  });
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) {
      await end();
    }
  });

  async function listen(server: Pick<Server, 'listen' | 'close' | 'address'>) {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  /** A server that tells what it was asked with. */
  async function tlsServer(
    certificate: Parameters<CertificateAuthority['issue']>[0],
  ) {
    const { certificate: cert, key } = await authority.issue(certificate);
    const server = createServer({ cert, key }, (request, response) =>
      response.end(
        `${request.url} ${request.headers.authorization} ${request.headers['accept-encoding']}`,
      ),
    );
    const port = await listen(server);
    ending.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `https://127.0.0.1:${port}`;
  }

  function connect(access: Partial<Extract<ClusterAccess, { kind: 'token' }>>) {
    return connectBy({
      kind: 'token',
      url: 'https://127.0.0.1:1',
      token: 'secret',
      caData: Buffer.from(authority.certificate).toString('base64'),
      skipTLSVerify: false,
      ...access,
    });
  }
  function connectBy(access: ClusterAccess) {
    const connection = HttpConnection.create('eu', kubeAccess(access), SOON);
    ending.push(() => connection.close());
    return connection;
  }
  const get = async (connection: HttpConnection, signal?: AbortSignal) => {
    const { body } = await connection.request('/x?y=1', {
      signal: signal ?? new AbortController().signal,
      idleMs: 200,
    });
    return readText(body, 1_000);
  };
  const here = { commonName: 'api', hosts: ['127.0.0.1'] };

  /** A server whose answers begin and never end. */
  async function holdingServer() {
    let open = 0;
    let closed = () => {};
    const allClosed = new Promise<void>(resolve => {
      closed = resolve;
    });
    const server = createPlainServer((_request, response) => {
      open += 1;
      response.on('close', () => {
        open -= 1;
        if (open === 0) {
          closed();
        }
      });
      response.writeHead(200);
      response.flushHeaders();
    });
    const port = await listen(server as unknown as Server);
    ending.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { port, allClosed: () => allClosed };
  }

  describe('where cutting an answer off does harm', () => {
    /** Gives a stream up in its middle and tells what the server sees of it. */
    async function giveUp(over: { runOutMs: number; endsAfterMs: number }) {
      let atServer = '';
      const seen = new Promise<string>(resolve => {
        const server = createPlainServer((_request, response) => {
          response.write('begun');
          response.once('close', () => resolve(atServer));
          setTimeout(() => {
            // More than the network holds: somebody has to read it.
            response.write(Buffer.alloc(20_000_000), () => {
              atServer = 'read to its end';
            });
            response.end();
          }, over.endsAfterMs).unref();
        });
        ending.push(() => {
          server.closeAllConnections();
          server.close();
        });
        server.listen(0, '127.0.0.1', () => {
          const { port } = server.address() as AddressInfo;
          const url = `http://127.0.0.1:${port}`;
          const access = {
            kind: 'token',
            url,
            token: 'x',
            skipTLSVerify: false,
          };
          const connection = HttpConnection.create(
            'eu',
            kubeAccess(access as ClusterAccess),
            { runOutMs: over.runOutMs },
          );
          stream(connection);
        });
      });
      const stopping = new AbortController();
      let rejected: unknown;
      async function stream(connection: HttpConnection) {
        try {
          const { body } = await connection.request('/', {
            signal: stopping.signal,
            idleMs: 10_000,
          });
          for await (const _chunk of body) {
            stopping.abort(new Error('stopped'));
          }
        } catch (error) {
          rejected = error;
        }
        connection.close();
      }
      const outcome = await seen;
      expect(rejected).toEqual(new Error('stopped'));
      return outcome;
    }

    it('reads on behind the back of whoever has given up', async () => {
      expect(await giveUp({ runOutMs: 10_000, endsAfterMs: 100 })).toBe(
        'read to its end',
      );
    });

    it('does so for the given time only', async () => {
      expect(await giveUp({ runOutMs: 50, endsAfterMs: 10_000 })).toBe('');
    });
  });

  it('asks with its token and without compression, over a certificate that it trusts', async () => {
    const url = await tlsServer(here);
    expect(await get(connect({ url }))).toBe('/x?y=1 Bearer secret identity');
    expect(await get(connect({ url: `${url}/k8s/clusters/c-1/` }))).toContain(
      '/k8s/clusters/c-1/x?y=1',
    );
  });

  it.each([
    [
      'has expired',
      {
        ...here,
        notBefore: new Date(Date.now() - 2 * DAY_MS),
        notAfter: new Date(Date.now() - DAY_MS),
      },
      {},
      'its certificate has expired',
    ],
    [
      'is for another name',
      { commonName: 'api', hosts: ['192.0.2.1'] },
      {},
      'another name',
    ],
    ['is of nobody it trusts', here, { caData: undefined }, 'does not trust'],
  ])('names a certificate that %s', async (_, certificate, access, words) => {
    const url = await tlsServer(certificate);
    await expect(get(connect({ url, ...access }))).rejects.toMatchObject({
      code: 'certificate',
      message: expect.stringContaining(words),
    });
    // Only who says so asks all the same.
    expect(
      await get(connect({ url, ...access, skipTLSVerify: true })),
    ).toContain('secret');
  });

  it('names a server that is not there', async () => {
    await expect(get(connect({}))).rejects.toMatchObject({
      code: 'unreachable',
      message: 'it cannot be reached: the connection was refused',
    });
    await expect(
      get(connect({ url: 'https://no-such-host.invalid' })),
    ).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('gives up on a server that takes connections and does no more', async () => {
    const server = createTcpServer(socket => {
      ending.push(() => socket.destroy());
    });
    const port = await listen(server as unknown as Server);
    ending.push(() => server.close());
    await expect(
      get(connect({ url: `https://127.0.0.1:${port}` })),
    ).rejects.toMatchObject({
      code: 'timeout',
      message: 'it cannot be reached in time',
    });
  });

  it.each([
    ['does not answer', undefined, 'it did not answer in time'],
    ['falls silent in the middle', 'some', 'it went silent'],
  ])('gives up on a server that %s', async (_, sent, message) => {
    const server = createPlainServer((_request, response) => {
      if (sent) {
        response.write(sent);
      }
    });
    const port = await listen(server as unknown as Server);
    ending.push(() => {
      server.closeAllConnections();
      server.close();
    });
    await expect(
      get(connect({ url: `http://127.0.0.1:${port}` })),
    ).rejects.toMatchObject({ code: 'timeout', message });
  });

  it('gives up on an answer that drips for longer than it may take', async () => {
    const server = createPlainServer((_request, response) => {
      const dripping = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(dripping));
    });
    const port = await listen(server as unknown as Server);
    ending.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { body } = await connect({
      url: `http://127.0.0.1:${port}`,
    }).request('/x', {
      signal: new AbortController().signal,
      idleMs: 200,
      totalMs: 400,
    });
    await expect(readText(body, 1_000)).rejects.toMatchObject({
      code: 'timeout',
      message: 'its answer did not end in time',
    });
  });

  it('ends with the reason it is aborted for', async () => {
    const url = await tlsServer(here);
    const stopping = new AbortController();
    const asked = get(connect({ url }), stopping.signal);
    stopping.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });

  it('ends at once when it is aborted before the answer is read', async () => {
    const { port } = await holdingServer();
    const stopping = new AbortController();
    const { body } = await connect({
      url: `http://127.0.0.1:${port}`,
    }).request('/watch', { signal: stopping.signal, idleMs: 60_000 });
    stopping.abort(new Error('enough'));
    await expect(readText(body, 1_000)).rejects.toThrow('enough');
  });

  it('keeps as many streams open as there are namespaces to watch', async () => {
    const server = await holdingServer();
    const connection = connect({ url: `http://127.0.0.1:${server.port}` });
    const { signal } = new AbortController();
    const streams = Array.from({ length: 100 }, () =>
      connection.request('/watch', { signal, idleMs: 60_000 }),
    );
    expect(await Promise.all(streams)).toHaveLength(100);
    connection.close();
    await server.allClosed();
  });

  it('refuses an answer without end', async () => {
    const server = createPlainServer((_request, response) =>
      response.end('x'.repeat(2_000)),
    );
    const port = await listen(server as unknown as Server);
    ending.push(() => server.close());
    await expect(
      get(connect({ url: `http://127.0.0.1:${port}` })),
    ).rejects.toThrow('more than 1000 bytes');
  });

  describe('by a kubeconfig', () => {
    let directory: string;
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
      ending.push(() => rmSync(directory, { recursive: true }));
    });
    const write = (server: string, token: string) => {
      const path = join(directory, 'config');
      writeFileSync(
        path,
        kubeconfig({
          name: 'eu',
          server,
          certificateAuthority: authority.certificate,
          credentials: { token },
        }),
      );
      return path;
    };

    it('asks the server of the context, and takes a file that is replaced', async () => {
      const url = await tlsServer(here);
      const path = write(url, 'old');
      const connection = connectBy({ kind: 'kubeconfig', path });
      expect(await connection.server()).toBe(url);
      expect(await get(connection)).toContain('Bearer old');
      // Not all file systems tell writes within one tick apart.
      await new Promise(resolve => setTimeout(resolve, 20));
      write(url, 'new');
      expect(await get(connection)).toContain('Bearer new');
    }, 60_000);

    it('does not wait for a program for credentials when it is aborted', async () => {
      const path = write('https://127.0.0.1:1', 'x');
      const exec = { command: 'sleep', args: ['3'] };
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(
          /"token": ?"x"/,
          `"exec": ${JSON.stringify(exec)}`,
        ),
      );
      const stopping = new AbortController();
      const asked = get(
        connectBy({ kind: 'kubeconfig', path }),
        stopping.signal,
      );
      const begun = performance.now();
      setTimeout(() => stopping.abort(new Error('stopped')), 50);
      await expect(asked).rejects.toThrow('stopped');
      expect(performance.now() - begun).toBeLessThan(2_000);
    });

    it('runs a program for credentials once for all streams that begin together', async () => {
      const url = await tlsServer(here);
      const path = write(url, 'x');
      const runs = join(directory, 'runs');
      const program = `echo run >> ${runs}; echo '${JSON.stringify({
        status: { token: 'fetched' },
      })}'`;
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(
          /"token": ?"x"/,
          `"exec": ${JSON.stringify({ command: 'sh', args: ['-c', program] })}`,
        ),
      );
      const connection = connectBy({ kind: 'kubeconfig', path });
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => get(connection)),
      );
      expect(answers).toEqual(
        Array(4).fill(expect.stringContaining('Bearer fetched')),
      );
      expect(readFileSync(runs, 'utf8')).toBe('run\n');
    }, 60_000);

    it.each<[string, () => ClusterAccess, string]>([
      [
        'a file that is not there',
        () => ({ kind: 'kubeconfig', path: join(directory, 'none') }),
        'cannot be read',
      ],
      [
        'a context that is not there',
        () => ({
          kind: 'kubeconfig',
          path: write('https://eu', 'x'),
          context: 'us',
        }),
        'Name another context',
      ],
      [
        'no cluster to be in',
        () => ({ kind: 'in-cluster' }),
        'does not run in a cluster',
      ],
    ])('names %s', async (_, access, words) => {
      await expect(get(connectBy(access()))).rejects.toMatchObject({
        code: 'not-collectable',
        message: expect.stringContaining(words),
      });
    });
  });
});
