import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pinnedVersions, sourcesVersion } from './goSources';

/** The programs that a control plane and its tests need. */
export const BINARY_NAMES = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kubectl',
  'coredns',
] as const;

/** One of {@link BINARY_NAMES}. */
export type BinaryName = (typeof BINARY_NAMES)[number];

/** What {@link findBinaries} found. */
export interface FoundBinaries {
  /** Path of each program that is there. */
  paths: Partial<Record<BinaryName, string>>;
  missing: BinaryName[];
  /** Where `yarn cluster build` puts what it builds. */
  cacheDirectory: string;
  /** What is missing and the one command that gets it; empty when nothing is. */
  advice: string;
}

/**
 * Looks for the programs in `KUBEBUILDER_ASSETS`, then in the cache outside the repository,
 * `$XDG_CACHE_HOME/external-services/cluster/<version>` (default `~/.cache/…`). Builds nothing.
 */
export function findBinaries(
  environment: NodeJS.ProcessEnv = process.env,
): FoundBinaries {
  const cacheDirectory = path.join(
    environment.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
    'external-services',
    'cluster',
    sourcesVersion(),
  );
  const directories = [environment.KUBEBUILDER_ASSETS, cacheDirectory];

  const paths: FoundBinaries['paths'] = {};
  for (const name of BINARY_NAMES) {
    paths[name] = directories
      .filter(directory => directory !== undefined && directory !== '')
      .map(directory => path.join(directory!, name))
      .find(isExecutable);
  }
  const missing = BINARY_NAMES.filter(name => !paths[name]);
  return { paths, missing, cacheDirectory, advice: adviceFor(missing) };
}

/**
 * Like {@link findBinaries}, for those who cannot go on without.
 *
 * @throws Error naming what is missing and the command that builds it.
 */
export function requireBinaries(
  environment?: NodeJS.ProcessEnv,
): Record<BinaryName, string> {
  const { paths, advice } = findBinaries(environment);
  if (advice) throw new Error(advice);
  return paths as Record<BinaryName, string>;
}

function adviceFor(missing: BinaryName[]): string {
  if (missing.length === 0) return '';
  return (
    `The control plane lacks ${missing.join(', ')}. Build once with: ` +
    `yarn cluster build (needs Go ${pinnedVersions().go} or newer)`
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
