import { once } from 'node:events';
import { createServer, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

const MAX_HEADER_PATH = 100;

interface Repository {
  commit: number;
  files: Record<string, string>;
}

/**
 * A real HTTP server that speaks the part of GitHub's API that the URL reader
 * of the portal uses to read a tree.
 */
export class TestGitHost {
  /** Requests for archives, by repository: what reading without an etag costs. */
  readonly archives: string[] = [];
  readonly requests: string[] = [];
  readonly #repositories = new Map<string, Repository>();
  readonly #server: Server;
  #failure: number | 'silent' | undefined;

  static async start(): Promise<TestGitHost> {
    const host = new TestGitHost();
    host.#server.listen(0, '127.0.0.1');
    await once(host.#server, 'listening');
    return host;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      this.requests.push(request.url ?? '');
      if (this.#failure === undefined) {
        this.#answer(request.url ?? '', response);
      } else if (this.#failure !== 'silent') {
        response.writeHead(this.#failure).end('secret detail');
      }
    });
  }

  /** Host with port, as in the configuration of the integration. */
  get host() {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get integration() {
    const apiBaseUrl = `http://${this.host}/api/v3`;
    return { host: this.host, apiBaseUrl, token: 'secret' };
  }

  /** URL of a file on the main branch. */
  fileUrl(repository: string, path: string) {
    return `http://${this.host}/${repository}/blob/main/${path}`;
  }

  /** Makes one commit: the files of the repository are these now. */
  commit(repository: string, files: Record<string, string>) {
    const commit = (this.#repositories.get(repository)?.commit ?? 0) + 1;
    this.#repositories.set(repository, { commit, files });
  }

  /** From now on every request is answered with this status, or not at all. */
  fail(failure: number | 'silent' | undefined) {
    this.#failure = failure;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(url: string, response: ServerResponse) {
    const [, name, rest] =
      /^\/api\/v3\/repos\/([^/]+\/[^/]+)\/(.*)$/.exec(url) ?? [];
    const repository = this.#repositories.get(name);
    if (!repository) {
      response.writeHead(404).end('{}');
    } else if (rest.startsWith('commits/main/status')) {
      const archive_url = `http://${this.host}/api/v3/repos/${name}/{archive_format}{/ref}`;
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          sha: `c${repository.commit}`,
          repository: { archive_url },
        }),
      );
    } else if (rest.startsWith('tarball/')) {
      this.archives.push(name);
      response.end(gzipSync(tarball(repository.files)));
    } else {
      response.writeHead(404).end('{}');
    }
  }
}

/** Files as a tar archive in one folder, as GitHub packs them. */
function tarball(files: Record<string, string>): Buffer {
  const parts = Object.entries(files).flatMap(([path, text]) => [
    ...longName(`repository/${path}`),
    ...tarEntry(`repository/${path}`, text),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

/** What comes before a file whose path a header has no room for. */
function longName(path: string): Buffer[] {
  const record = ` path=${path}\n`;
  let length = record.length + 1;
  while (`${length}${record}`.length !== length) {
    length += 1;
  }
  return path.length > MAX_HEADER_PATH
    ? tarEntry('long-name', `${length}${record}`, 'x')
    : [];
}

function tarEntry(path: string, text: string, type = '0'): Buffer[] {
  const content = Buffer.from(text);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return [tarHeader(path, content.length, type), content, padding];
}

function tarHeader(path: string, size: number, type: string): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number) =>
    `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(path.slice(0, MAX_HEADER_PATH), 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(0, 12), 136);
  header.write(`        ${type}`, 148);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
