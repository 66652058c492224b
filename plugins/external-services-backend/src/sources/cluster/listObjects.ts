import { setImmediate } from 'node:timers/promises';
import { answerError } from './answerError';
import type { ClusterConnection } from './ClusterConnection';
import { ClusterError } from './ClusterError';
import { ListSplitter } from './ListSplitter';
import { projectObject, recordOf } from './projectObject';
import { readText } from './readLines';
import type { LiveManifest, WatchedResource } from './WatchedResource';

const PAGE_OBJECTS = 500;
/** A million objects; a server that goes on for ever is no server. */
const MAX_PAGES = 2_000;
const MAX_PAGE_BYTES = 64_000_000;
const MAX_ERROR_BYTES = 100_000;
const IDLE_MS = 30_000;
/** API servers themselves give up after a minute. */
const PAGE_MS = 90_000;

/**
 * Lists a resource to its last page. Only what `keep` wants is held in memory.
 *
 * @returns everything, never a part of it
 * @throws ClusterError when a page cannot be had, or is not a page
 * @internal
 */
export async function listObjects(options: {
  connection: ClusterConnection;
  resource: WatchedResource;
  keep(manifest: LiveManifest): boolean;
  signal: AbortSignal;
}): Promise<{ objects: LiveManifest[]; resourceVersion: string }> {
  const { connection, resource, keep, signal } = options;
  const objects: LiveManifest[] = [];
  let token = '';
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const query = new URLSearchParams({
      limit: String(PAGE_OBJECTS),
      ...(resource.labelSelector && { labelSelector: resource.labelSelector }),
      ...(token && { continue: token }),
    });
    const response = await connection.request(`${resource.path}?${query}`, {
      signal,
      idleMs: IDLE_MS,
      totalMs: PAGE_MS,
    });
    if (response.status !== 200) {
      await readText(response.body, MAX_ERROR_BYTES);
      throw answerError(
        response.status,
        { verb: 'list', resource: resource.resource },
        response.retryAfterMs,
      );
    }
    const page = await readPage(response.body, resource, item => {
      const manifest = projectObject(item, resource);
      if (keep(manifest)) {
        objects.push(manifest);
      }
    });
    token = page.token;
    if (!token) {
      return { objects, resourceVersion: page.resourceVersion };
    }
  }
  throw new ClusterError('server', 'its list has no end');
}

/**
 * Parses one object after the other, with time for others in between. What is
 * not surely a page must not be taken for an empty one.
 */
async function readPage(
  chunks: AsyncIterable<Buffer>,
  { kind }: WatchedResource,
  take: (item: unknown) => void,
) {
  const splitter = new ListSplitter();
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_PAGE_BYTES) {
      throw new ClusterError(
        'server',
        `it sent an answer of more than ${MAX_PAGE_BYTES} bytes`,
      );
    }
    splitter.push(chunk).forEach(item => take(parse(item)));
    await setImmediate();
  }
  const page = recordOf(parse(splitter.rest));
  const metadata = recordOf(page.metadata);
  const items = page.items ?? [];
  if (
    page.kind !== `${kind}List` ||
    !Array.isArray(items) ||
    items.length !== splitter.count ||
    typeof metadata.resourceVersion !== 'string' ||
    !metadata.resourceVersion
  ) {
    throw new ClusterError('server', 'it answered with something else');
  }
  return {
    resourceVersion: metadata.resourceVersion,
    token: typeof metadata.continue === 'string' ? metadata.continue : '',
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
