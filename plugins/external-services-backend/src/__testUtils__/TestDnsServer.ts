import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import { AddressInfo, createServer, Server } from 'node:net';
import {
  Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  Packet,
  Question,
  RECURSION_AVAILABLE,
  TRUNCATED_RESPONSE,
} from 'dns-packet';

const RESPONSE_CODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };

/** What the server says to a question; nothing at all when it is undefined. */
export interface TestAnswer {
  answers?: Answer[];
  code?: keyof typeof RESPONSE_CODES;
  truncated?: boolean;
  /** Whether the server resolves for others. Default: false. */
  recursive?: boolean;
  /** Bytes to send instead, after the id. */
  garbage?: Buffer;
  /** Sent before the true answer: with another id, and to another question. */
  forgedFirst?: boolean;
}

export type TestZone = (
  question: Question,
  transport: 'udp' | 'tcp',
) => TestAnswer | undefined;

/** A real DNS server on loopback, by UDP and TCP on one port. */
export class TestDnsServer {
  readonly asked: string[] = [];
  #udp: Socket = createSocket('udp4');
  #tcp: Server = createServer();
  #zone: TestZone;

  static async start(zone: TestZone): Promise<TestDnsServer> {
    const server = new TestDnsServer(zone);
    await server.#listen();
    return server;
  }

  private constructor(zone: TestZone) {
    this.#zone = zone;
  }

  get address() {
    return { host: '127.0.0.1', port: this.#udp.address().port };
  }

  /** Changes what the server says from now on. */
  serve(zone: TestZone) {
    this.#zone = zone;
  }

  async stop() {
    this.#udp.close();
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }

  async #listen() {
    this.#tcp.listen(0, '127.0.0.1');
    await once(this.#tcp, 'listening');
    const { port } = this.#tcp.address() as AddressInfo;
    this.#udp.bind(port, '127.0.0.1');
    await once(this.#udp, 'listening');
    this.#udp.on('message', (message, client) => {
      for (const packet of this.#reply(decode(message), 'udp')) {
        this.#udp.send(packet, client.port, client.address);
      }
    });
    this.#tcp.on('connection', socket => {
      socket.on('error', () => socket.destroy());
      socket.once('data', data => {
        for (const packet of this.#reply(decode(data.subarray(2)), 'tcp')) {
          const length = Buffer.alloc(2);
          length.writeUInt16BE(packet.length);
          // In two parts, as a network may deliver it.
          socket.write(length);
          socket.write(packet);
        }
        socket.end();
      });
    });
  }

  #reply(query: Packet, transport: 'udp' | 'tcp'): Buffer[] {
    const [question] = query.questions ?? [];
    this.asked.push(`${transport} ${question.type} ${question.name}`);
    const answer = this.#zone(question, transport);
    if (!answer) {
      return [];
    }
    if (answer.garbage) {
      const id = Buffer.alloc(2);
      id.writeUInt16BE(query.id ?? 0);
      return [Buffer.concat([id, answer.garbage])];
    }
    const packet: Packet = {
      type: 'response',
      id: query.id,
      flags:
        AUTHORITATIVE_ANSWER +
        (answer.truncated ? TRUNCATED_RESPONSE : 0) +
        (answer.recursive ? RECURSION_AVAILABLE : 0) +
        RESPONSE_CODES[answer.code ?? 'NOERROR'],
      questions: [question],
      answers: answer.answers ?? [],
    };
    const forged: Packet = {
      ...packet,
      answers: [
        { type: 'A', name: question.name, ttl: 60, data: '198.51.100.66' },
      ],
    };
    return answer.forgedFirst
      ? [
          encode({ ...forged, id: ((query.id ?? 0) + 1) % 65_536 }),
          encode({
            ...forged,
            questions: [{ ...question, name: 'other.example' }],
          }),
          encode(packet),
        ]
      : [encode(packet)];
  }
}

/** An address record. */
export function address(name: string, data: string, ttl = 60): Answer {
  return { type: data.includes(':') ? 'AAAA' : 'A', name, ttl, data };
}

/** An alias record. */
export function alias(name: string, data: string, ttl = 300): Answer {
  return { type: 'CNAME', name, ttl, data };
}

/** A recursive server with fixed records: whole chains, NXDOMAIN for names without any. */
export function zoneOf(records: Answer[]): TestZone {
  const aliasOf = (name: string) =>
    records.find(record => record.type === 'CNAME' && record.name === name);
  return ({ name, type }) => {
    const answers: Answer[] = [];
    let current = name;
    for (
      let next = aliasOf(current);
      next && answers.length < 20;
      next = aliasOf(current)
    ) {
      answers.push(next);
      current = (next as { data: string }).data;
    }
    const known = records.filter(record => record.name === current);
    answers.push(...known.filter(record => record.type === type));
    return {
      answers,
      recursive: true,
      code: known.length > 0 ? 'NOERROR' : 'NXDOMAIN',
    };
  };
}
