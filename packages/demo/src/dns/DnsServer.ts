import { createSocket, Socket } from 'node:dgram';
import {
  AddressInfo,
  createServer,
  Server,
  Socket as TcpSocket,
} from 'node:net';
import {
  decode,
  encode,
  Packet,
  streamDecode,
  streamEncode,
  TRUNCATED_RESPONSE,
} from 'dns-packet';
import { answerQuery } from './answerQuery';
import { Zone, ZoneRecord } from './Zone';

/** RFC 1035, 4.2.1: the size of a UDP answer when the asker says nothing. */
const UDP_BYTES = 512;
const IDLE_MS = 10_000;
const PORT_ATTEMPTS = 5;

/**
 * A DNS server on loopback, over UDP and TCP on the same port. Its records can
 * be changed while it runs.
 *
 * @public
 */
export class DnsServer {
  #zone: Zone;
  #requestedPort: number;
  #udp?: Socket;
  #tcp?: Server;
  readonly #connections = new Set<TcpSocket>();

  /**
   * @param options - `port` defaults to 0: any free one, kept over a stop and start
   */
  constructor(options: { zone?: Zone; port?: number } = {}) {
    this.#zone = { ...options.zone };
    this.#requestedPort = options.port ?? 0;
  }

  /** @throws Error before the first `start`. */
  get port(): number {
    if (!this.#requestedPort) {
      throw new Error('The DNS server has not been started');
    }
    return this.#requestedPort;
  }

  /** `127.0.0.1:<port>`, as a resolver's settings want it. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Adds a name or replaces its records. */
  set(name: string, record: ZoneRecord): void {
    this.#zone[name.toLowerCase()] = record;
  }

  /** Lets a name no longer exist. */
  remove(name: string): void {
    delete this.#zone[name.toLowerCase()];
  }

  /** Replaces all records. */
  replace(zone: Zone): void {
    this.#zone = { ...zone };
  }

  async start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const tcp = await this.#listenTcp();
      const { port } = tcp.address() as AddressInfo;
      try {
        this.#udp = await this.#listenUdp(port);
        this.#tcp = tcp;
        this.#requestedPort = port;
        return;
      } catch (error) {
        await new Promise(resolve => tcp.close(resolve));
        // A port chosen by the system is free for TCP, not always for UDP.
        if (this.#requestedPort || attempt === PORT_ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  /** Answers nothing from now on, as a server that died. */
  async stop(): Promise<void> {
    const [udp, tcp] = [this.#udp, this.#tcp];
    this.#udp = undefined;
    this.#tcp = undefined;
    this.#connections.forEach(connection => connection.destroy());
    await Promise.all([
      udp && new Promise<void>(resolve => udp.close(() => resolve())),
      tcp && new Promise(resolve => tcp.close(resolve)),
    ]);
  }

  async #listenTcp(): Promise<Server> {
    const server = createServer(connection => this.#serve(connection));
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#requestedPort, '127.0.0.1', () => resolve(server));
    });
  }

  async #listenUdp(port: number): Promise<Socket> {
    const socket = createSocket('udp4');
    socket.on('message', (message, from) => {
      const query = read(() => decode(message));
      const answer = query && answerQuery(this.#zone, query);
      if (answer) {
        socket.send(fitting(query, answer), from.port, from.address);
      }
    });
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, '127.0.0.1', () => resolve(socket));
    });
  }

  #serve(connection: TcpSocket): void {
    let received = Buffer.alloc(0);
    this.#connections.add(connection);
    connection.setTimeout(IDLE_MS, () => connection.destroy());
    connection.on('error', () => connection.destroy());
    connection.on('close', () => this.#connections.delete(connection));
    connection.on('data', chunk => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2) {
        const size = 2 + received.readUInt16BE(0);
        if (received.length < size) {
          return;
        }
        const message = received.subarray(0, size);
        received = received.subarray(size);
        const query = read(() => streamDecode(message) ?? undefined);
        const answer = query && answerQuery(this.#zone, query);
        if (answer) {
          connection.write(streamEncode(answer));
        }
      }
    });
  }
}

/** A message that cannot be read is not answered. */
function read(decodeMessage: () => Packet | undefined): Packet | undefined {
  try {
    return decodeMessage();
  } catch {
    return undefined;
  }
}

/** Over UDP an answer that is too long says only that it is. */
function fitting(query: Packet, answer: Packet): Buffer {
  const edns = query.additionals?.find(({ type }) => type === 'OPT');
  const limit =
    edns && 'udpPayloadSize' in edns
      ? Math.max(edns.udpPayloadSize, UDP_BYTES)
      : UDP_BYTES;
  const message = encode(answer);
  return message.length <= limit
    ? message
    : encode({
        ...answer,
        flags: (answer.flags ?? 0) + TRUNCATED_RESPONSE,
        answers: [],
      });
}
