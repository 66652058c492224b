import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the Go modules of this package are. */
export function goSourcesDirectory(): string {
  return path.join(path.dirname(require.resolve('cluster/package.json')), 'go');
}

/** Versions that the Go modules pin, without the leading `v`. */
export interface PinnedVersions {
  kubernetes: string;
  etcd: string;
  coredns: string;
  /** Oldest Go that builds them. */
  go: string;
}

/**
 * Reads the pinned versions: the `go.mod` files are the one place that states them.
 *
 * @throws Error when a `go.mod` does not pin what it should.
 */
export function pinnedVersions(): PinnedVersions {
  const read = (file: string, pattern: RegExp) => {
    const found = readFileSync(path.join(goSourcesDirectory(), file), 'utf8');
    const version = pattern.exec(found)?.[1];
    if (!version) throw new Error(`tools/cluster/go/${file} lacks ${pattern}`);
    return version;
  };
  return {
    kubernetes: read('go.mod', /^\tk8s\.io\/kubernetes v(\S+)$/m),
    etcd: read('go.mod', /^\tgo\.etcd\.io\/etcd\/server\/v3 v(\S+)$/m),
    coredns: read('coredns/go.mod', /github\.com\/coredns\/coredns v(\S+)$/m),
    go: read('go.mod', /^go (\d+\.\d+)/m),
  };
}

/**
 * Names what the sources build: the Kubernetes version, then a digest of the sources,
 * so that a changed pin never runs binaries of the old one.
 */
export function sourcesVersion(): string {
  const digest = createHash('sha256');
  const directory = goSourcesDirectory();
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(go|mod|sum)$/.test(file))
    .sort();
  for (const file of files) {
    digest.update(`${file}\0`);
    digest.update(readFileSync(path.join(directory, file)));
  }
  const { kubernetes } = pinnedVersions();
  return `${kubernetes}-${digest.digest('hex').slice(0, 8)}`;
}
