import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BINARY_NAMES, findBinaries, requireBinaries } from './findBinaries';
import { pinnedVersions, sourcesVersion } from './goSources';

describe('findBinaries', () => {
  let directory: string;
  const put = (...segments: string[]) => {
    const file = path.join(directory, ...segments);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    return file;
  };
  const cached = (name: string) =>
    put('cache', 'external-services', 'cluster', sourcesVersion(), name);

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'find-binaries-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('finds what was built in the cache, by version', () => {
    const built = BINARY_NAMES.map(name => [name, cached(name)]);
    const found = findBinaries({
      XDG_CACHE_HOME: path.join(directory, 'cache'),
    });
    expect(found.paths).toEqual(Object.fromEntries(built));
    expect(found).toMatchObject({ missing: [], advice: '' });
    expect(path.basename(found.cacheDirectory)).toMatch(
      new RegExp(`^${pinnedVersions().kubernetes}-[0-9a-f]{8}$`),
    );
  });

  it('prefers KUBEBUILDER_ASSETS, which need not hold everything', () => {
    BINARY_NAMES.forEach(cached);
    const etcd = put('assets', 'etcd');
    const { paths, missing } = findBinaries({
      KUBEBUILDER_ASSETS: path.join(directory, 'assets'),
      XDG_CACHE_HOME: path.join(directory, 'cache'),
    });
    expect(missing).toEqual([]);
    expect(paths.etcd).toBe(etcd);
    expect(paths.coredns).toContain(path.join(directory, 'cache'));
  });

  it('says what is missing and the one command that builds it', () => {
    put('assets', 'etcd');
    chmodSync(put('assets', 'kubectl'), 0o644);
    const environment = {
      KUBEBUILDER_ASSETS: path.join(directory, 'assets'),
      XDG_CACHE_HOME: path.join(directory, 'cache'),
    };
    const advice =
      /lacks kube-apiserver, kube-controller-manager, kubectl, coredns\..*yarn cluster build/;
    expect(findBinaries(environment).advice).toMatch(advice);
    expect(() => requireBinaries(environment)).toThrow(advice);
  });
});
