import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { ExternalServicesConfig } from '../../config/ExternalServicesConfig';
import type { RepositoryStatus } from './RepositoryStatus';

/**
 * Files of a repository at one commit.
 *
 * @internal
 */
export interface FetchedTree {
  etag: string;
  /** By path, in order of path. */
  files: { path: string; text: string }[];
  capped?: RepositoryStatus['capped'];
  /** Paths of files that pass the filter and were not read because of a cap. */
  unread: Set<string>;
}

/**
 * Fetches the files of a repository that pass a filter, within the caps.
 *
 * @throws what the reader throws, `NotModifiedError` among it when the etag is
 * still right, and the signal's reason when it aborts
 * @internal
 */
export async function fetchTree(options: {
  urlReader: UrlReaderService;
  root: string;
  etag?: string;
  filter(path: string): boolean;
  caps: Pick<ExternalServicesConfig['repositories'], 'maxFiles' | 'maxBytes'>;
  signal: AbortSignal;
}): Promise<FetchedTree> {
  const { urlReader, root, etag, caps, signal } = options;
  let count = 0;
  let bytes = 0;
  let capped: RepositoryStatus['capped'];
  const unread = new Set<string>();
  const filter = (path: string, info?: { size: number }) => {
    if (!options.filter(path)) {
      return false;
    }
    if (count + 1 > caps.maxFiles) {
      capped = 'files';
    } else if (bytes + (info?.size ?? 0) > caps.maxBytes) {
      capped = 'bytes';
    } else {
      count += 1;
      bytes += info?.size ?? 0;
      return true;
    }
    unread.add(path);
    return false;
  };
  return unlessAborted(signal, async () => {
    const tree = await urlReader.readTree(root, { etag, filter, signal });
    const files: FetchedTree['files'] = [];
    for (const file of await tree.files()) {
      const content = await file.content();
      files.push({ path: file.path, text: content.toString('utf8') });
    }
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { etag: tree.etag, files, capped, unread };
  });
}

/** Readers may take no notice of the signal. */
async function unlessAborted<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let onAbort: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
