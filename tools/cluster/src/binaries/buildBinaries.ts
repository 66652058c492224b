import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import { BinaryName, findBinaries } from './findBinaries';
import { goSourcesDirectory, pinnedVersions } from './goSources';

const REPORT_INTERVAL_MS = 15_000;

/** Where `go` is after its usual installation, which does not put it on PATH. */
const USUAL_GO_DIRECTORY = '/usr/local/go/bin';

/** A program that was built. */
export interface BuiltBinary {
  name: BinaryName;
  path: string;
  seconds: number;
  bytes: number;
}

/** Options of {@link buildBinaries}. */
export interface BuildOptions {
  /** Told what is happening, a line each time. Default: nobody. */
  onProgress?: (line: string) => void;
  /** Ends the build. Default: never. */
  signal?: AbortSignal;
}

/**
 * Builds the programs that {@link findBinaries} misses from the pinned Go modules, into the cache,
 * at the lowest priority so that the machine stays usable. What is there is not built again.
 *
 * @throws Error when Go is missing or a build fails, with the compiler's last words.
 */
export async function buildBinaries(
  options: BuildOptions = {},
): Promise<BuiltBinary[]> {
  const { missing, cacheDirectory } = findBinaries();
  if (missing.length === 0) return [];

  mkdirSync(cacheDirectory, { recursive: true });
  const built: BuiltBinary[] = [];
  for (const name of missing) {
    built.push(await buildBinary(name, cacheDirectory, options));
  }
  return built;
}

async function buildBinary(
  name: BinaryName,
  cacheDirectory: string,
  { onProgress = () => {}, signal }: BuildOptions,
): Promise<BuiltBinary> {
  const target = path.join(cacheDirectory, name);
  const unfinished = `${target}.${process.pid}`;
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);

  onProgress(`${name}: building`);
  let packages = 0;
  const report = setInterval(
    () => onProgress(`${name}: ${packages} packages after ${seconds()} s`),
    REPORT_INTERVAL_MS,
  );
  try {
    await runGo(name, unfinished, signal, () => (packages += 1));
    // Renamed when complete, so that a build that was stopped leaves no half program.
    renameSync(unfinished, target);
  } finally {
    clearInterval(report);
    rmSync(unfinished, { force: true });
  }
  const { size } = statSync(target);
  onProgress(`${name}: ${seconds()} s, ${Math.round(size / 1e6)} MB`);
  return { name, path: target, seconds: seconds(), bytes: size };
}

function runGo(
  name: BinaryName,
  output: string,
  signal: AbortSignal | undefined,
  onPackage: () => void,
): Promise<void> {
  const isModuleOfItsOwn = name === 'coredns';
  const child = spawn(
    'go',
    [
      'build',
      '-v',
      '-buildvcs=false',
      '-trimpath',
      `-ldflags=${linkerFlags()}`,
      `-o=${output}`,
      isModuleOfItsOwn ? '.' : `./${name}`,
    ],
    {
      cwd: path.join(goSourcesDirectory(), isModuleOfItsOwn ? name : ''),
      env: {
        ...process.env,
        PATH: [process.env.PATH, USUAL_GO_DIRECTORY].join(path.delimiter),
        CGO_ENABLED: '0',
        GOWORK: 'off',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    },
  );
  if (child.pid) setPriority(child.pid, 19);

  const lastLines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) {
      onPackage();
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Error(goIsMissing()) : error),
    );
    child.on('close', code =>
      code === 0
        ? resolve()
        : reject(
            new Error(`go could not build ${name}:\n${lastLines.join('\n')}`),
          ),
    );
  });
}

/** Strips symbols, and tells Kubernetes its version, which its own release scripts do the same way. */
function linkerFlags(): string {
  const { kubernetes } = pinnedVersions();
  const [major, minor] = kubernetes.split('.');
  const values = {
    gitVersion: `v${kubernetes}`,
    gitMajor: major,
    gitMinor: minor,
  };
  const flags = [
    'k8s.io/component-base/version',
    'k8s.io/client-go/pkg/version',
  ].flatMap(pkg =>
    Object.entries(values).map(([key, value]) => `-X ${pkg}.${key}=${value}`),
  );
  return ['-s', '-w', ...flags].join(' ');
}

function goIsMissing(): string {
  return (
    `Go is not on PATH. Install Go ${
      pinnedVersions().go
    } or newer (https://go.dev/dl), ` +
    'or set KUBEBUILDER_ASSETS to a directory that holds the programs.'
  );
}
