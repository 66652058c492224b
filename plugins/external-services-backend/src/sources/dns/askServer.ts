import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import { randomInt } from 'node:crypto';
import {
  DecodedPacket,
  decode,
  encode,
  Packet,
  RECURSION_DESIRED,
  streamEncode,
} from 'dns-packet';
import { CustomErrorBase } from '@backstage/errors';
import type { ServerAddress } from '../../config/ExternalServicesConfig';

/** What fits into one packet on practically every path (DNS flag day 2020). */
const UDP_PAYLOAD_BYTES = 1232;
/** The most that DNS over TCP can carry: its length has two bytes. */
const TCP_MESSAGE_BYTES = 65_535;

/**
 * The record types that hold addresses.
 *
 * @internal
 */
export type AddressFamily = 'A' | 'AAAA';

/**
 * A decoded answer; the library's types leave the response code out.
 *
 * @internal
 */
export type DnsAnswer = DecodedPacket & { rcode: string };

/**
 * The server answered, but not with something that can be read.
 *
 * @internal
 */
export class MalformedAnswerError extends CustomErrorBase {
  override readonly name = 'MalformedAnswerError' as const;
}

/**
 * Asks one server once for one family: by UDP with a fresh port and a random
 * id, and again by TCP when the answer was cut. What does not answer this very
 * question is not taken for an answer.
 *
 * @throws the reason of the signal when it aborts; an Error when the server
 * refuses the connection; MalformedAnswerError when the answer cannot be read
 * @internal
 */
export async function askServer(
  server: ServerAddress,
  question: { name: string; type: AddressFamily },
  signal: AbortSignal,
): Promise<DnsAnswer> {
  signal.throwIfAborted();
  const query: Packet = {
    type: 'query',
    id: randomInt(0, 65_536),
    flags: RECURSION_DESIRED,
    questions: [{ ...question, class: 'IN' }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: UDP_PAYLOAD_BYTES,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  };
  const answer = await overUdp(server, query, signal);
  return answer.flag_tc ? overTcp(server, query, signal) : answer;
}

function overUdp(
  { host, port }: ServerAddress,
  query: Packet,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    const end = closing(signal, () => socket.close(), reject);
    socket.on('error', end.fail);
    socket.on('message', message => {
      const answer = tryDecode(message);
      if (answer && answers(answer, query)) {
        end.succeed(() => resolve(answer));
      } else if (!answer && hasId(message, query)) {
        end.fail(new MalformedAnswerError('The answer cannot be read'));
      }
      // Anything else is a guess or late, and the answer may still come.
    });
    // A connected socket hears only the server it asked. Node hands an error of
    // connecting to this callback, though its types know of none.
    const connected = (error?: Error) =>
      error ? end.fail(error) : socket.send(encode(query));
    socket.connect(port, host, connected);
  });
}

function overTcp(
  { host, port }: ServerAddress,
  query: Packet,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const end = closing(signal, () => socket.destroy(), reject);
    let received = Buffer.alloc(0);
    socket.on('error', end.fail);
    socket.on('close', () =>
      end.fail(new Error('The server closed the connection')),
    );
    socket.on('connect', () => socket.write(streamEncode(query)));
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk]);
      const length = received.length < 2 ? Infinity : received.readUInt16BE(0);
      if (received.length >= length + 2) {
        const answer = tryDecode(received.subarray(2, length + 2));
        if (answer && answers(answer, query)) {
          end.succeed(() => resolve(answer));
        } else {
          end.fail(new MalformedAnswerError('It answers something else'));
        }
      } else if (received.length > TCP_MESSAGE_BYTES + 2) {
        end.fail(new MalformedAnswerError('The answer is too long'));
      }
    });
  });
}

/** Closes once, however it ends. */
function closing(
  signal: AbortSignal,
  close: () => void,
  reject: (error: unknown) => void,
) {
  let open = true;
  const finish = (then: () => void) => {
    if (open) {
      open = false;
      signal.removeEventListener('abort', onAbort);
      close();
      then();
    }
  };
  const fail = (error: unknown) => finish(() => reject(error));
  function onAbort() {
    fail(signal.reason);
  }
  signal.addEventListener('abort', onAbort, { once: true });
  return { succeed: finish, fail };
}

function answers(answer: DnsAnswer, query: Packet): boolean {
  const [asked] = query.questions ?? [];
  const [echoed] = answer.questions ?? [];
  return (
    answer.type === 'response' &&
    answer.id === query.id &&
    answer.questions?.length === 1 &&
    echoed.type === asked.type &&
    echoed.name.toLowerCase() === asked.name.toLowerCase()
  );
}

function hasId(message: Buffer, { id }: Packet): boolean {
  return message.length >= 2 && message.readUInt16BE(0) === id;
}

function tryDecode(message: Buffer): DnsAnswer | undefined {
  try {
    return decode(message) as DnsAnswer;
  } catch {
    return undefined;
  }
}
