import { spawn } from 'node:child_process';
import { devNull } from 'node:os';

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT_BYTES = 50_000_000;

/**
 * Settings for every git process: no settings of this machine or its user, no questions.
 *
 * @internal
 */
export const GIT_ENVIRONMENT: Record<string, string> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/**
 * What a git process needs beside its arguments.
 *
 * @internal
 */
export interface GitOptions {
  /** The repository or work tree to run in. */
  cwd: string;
  /** Written to standard input. Default: nothing. */
  input?: string | Buffer;
  /** Added to the environment. Default: nothing. */
  env?: Record<string, string>;
}

/**
 * A git process that ended with an error.
 *
 * @internal
 */
export class GitError extends Error {
  readonly exitCode: number | null;
  readonly stdout: string;

  constructor(
    args: string[],
    exitCode: number | null,
    out: string,
    err: string,
  ) {
    super(`git ${args[0]} failed: ${err.trim() || `exit code ${exitCode}`}`);
    this.name = 'GitError';
    this.exitCode = exitCode;
    this.stdout = out;
  }
}

/**
 * Runs git and returns what it wrote to standard output.
 *
 * @throws GitError when git fails, takes over 20 s or writes over 50 MB.
 * @internal
 */
export async function runGit(
  args: string[],
  options: GitOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: options.cwd,
      env: { ...process.env, ...GIT_ENVIRONMENT, ...options.env },
      timeout: TIMEOUT_MS,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_OUTPUT_BYTES) {
        child.kill();
      } else {
        out.push(chunk);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', exitCode => {
      const stdout = Buffer.concat(out);
      if (exitCode === 0) {
        resolve(stdout);
        return;
      }
      const stderr = Buffer.concat(err).toString();
      reject(new GitError(args, exitCode, stdout.toString(), stderr));
    });
    // A process that ends before it has read everything reports through its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}
