import { ClusterError } from './ClusterError';

const NEW_LINE = 0x0a;

/**
 * The lines of a stream of bytes. What comes after the last new line was cut
 * off and is left out.
 *
 * @throws ClusterError when a line is longer than `maxBytes`
 * @internal
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEW_LINE, start);
      const part = chunk.subarray(start, end < 0 ? undefined : end);
      length += part.length;
      if (length > maxBytes) {
        throw new ClusterError(
          'server',
          `it sent an object of more than ${maxBytes} bytes`,
        );
      }
      pending.push(part);
      if (end < 0) {
        break;
      }
      yield Buffer.concat(pending).toString('utf8');
      pending = [];
      length = 0;
      start = end + 1;
    }
  }
}

/**
 * All bytes of an answer as text.
 *
 * @throws ClusterError when they are more than `maxBytes`
 * @internal
 */
export async function readText(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new ClusterError(
        'server',
        `it sent an answer of more than ${maxBytes} bytes`,
      );
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}
