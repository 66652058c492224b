import { spawn } from 'node:child_process';

/** How a command ended. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Options of {@link runCommand}. */
export interface CommandOptions {
  /** Text for its standard input. Default: none. */
  stdin?: string;
  /** Default: 60 000. */
  timeoutMs?: number;
}

/**
 * Runs a command to its end; a code other than 0 is an answer, not an error.
 *
 * @throws Error when the command cannot be started or does not end in time.
 */
export function runCommand(
  command: string,
  args: string[],
  { stdin, timeoutMs = 60_000 }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', text => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', text => (stderr += text));
    // A command that does not read its input closes it early; its exit code tells the rest.
    child.stdin.on('error', () => {}).end(stdin ?? '');

    child.on('error', reject);
    child.on('close', code =>
      code === null
        ? reject(
            new Error(
              `${command} ${args[0]} did not end within ${timeoutMs / 1000} s`,
            ),
          )
        : resolve({ code, stdout, stderr }),
    );
  });
}
