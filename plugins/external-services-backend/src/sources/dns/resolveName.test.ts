import {
  address,
  alias,
  TestDnsServer,
  TestZone,
  zoneOf,
} from '../../__testUtils__/TestDnsServer';
import { resolveName } from './resolveName';

const NAME = 'db.example.com';
const never = new AbortController().signal;

describe('resolveName', () => {
  let server: TestDnsServer;
  const silent: TestZone = () => undefined;

  beforeAll(async () => {
    server = await TestDnsServer.start(silent);
  });
  afterAll(() => server.stop());

  async function resolved(zone: TestZone, timeoutMs = 2_000) {
    server.asked.length = 0;
    server.serve(zone);
    return resolveName(NAME, { servers: [server.address], timeoutMs }, never);
  }

  it('answers the whole chain of aliases with each TTL, from one question a family', async () => {
    const answer = await resolved(
      zoneOf([
        alias(NAME, 'eu.db.example.com', 300),
        alias('eu.db.example.com', 'edge.example.net', 30),
        address('edge.example.net', '203.0.113.7', 60),
        address('edge.example.net', '203.0.113.8', 60),
      ]),
    );

    expect(answer).toEqual({
      chain: [
        { name: NAME, target: 'eu.db.example.com', ttl: 300 },
        { name: 'eu.db.example.com', target: 'edge.example.net', ttl: 30 },
      ],
      addresses: [
        { address: '203.0.113.7', ttl: 60 },
        { address: '203.0.113.8', ttl: 60 },
      ],
    });
    expect(server.asked.sort()).toEqual([`udp A ${NAME}`, `udp AAAA ${NAME}`]);
  });

  it('answers IPv4 and IPv6 together', async () => {
    const answer = await resolved(
      zoneOf([address(NAME, '2001:db8::7'), address(NAME, '203.0.113.7')]),
    );

    expect(answer.addresses.map(found => found.address)).toEqual([
      '203.0.113.7',
      '2001:db8::7',
    ]);
  });

  it('follows a chain that the server answers piece by piece', async () => {
    const answer = await resolved(({ name, type }) => {
      const records = [
        alias(NAME, 'a.example.com'),
        alias('a.example.com', 'b.example.com'),
        address('b.example.com', '203.0.113.7'),
      ];
      return {
        answers: records.filter(
          record =>
            record.name === name &&
            (record.type === type || record.type === 'CNAME'),
        ),
      };
    });

    expect(answer.chain.map(({ target }) => target)).toEqual([
      'a.example.com',
      'b.example.com',
    ]);
    expect(answer.addresses).toHaveLength(1);
  });

  it('asks again by TCP when the answer was cut', async () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      address(NAME, `203.0.113.${index}`),
    );
    const answer = await resolved(({ type }, transport) =>
      transport === 'udp'
        ? { truncated: true }
        : { answers: many.filter(record => record.type === type) },
    );

    expect(answer.failure).toBeUndefined();
    // At most 64 are kept.
    expect(answer.addresses).toHaveLength(64);
    expect(server.asked).toContain(`tcp A ${NAME}`);
  });

  it('takes no notice of answers with another id or to another question', async () => {
    const answer = await resolved(({ type }) => ({
      forgedFirst: true,
      answers: type === 'A' ? [address(NAME, '203.0.113.7')] : [],
    }));

    expect(answer.addresses).toEqual([{ address: '203.0.113.7', ttl: 60 }]);
  });

  it.each<[string, TestZone, object]>([
    [
      'no-such-name for a name that does not exist',
      zoneOf([]),
      { failure: 'no-such-name', failingName: NAME },
    ],
    [
      'no-such-name with the end of the chain as the failing name',
      zoneOf([alias(NAME, 'gone.example.net')]),
      {
        failure: 'no-such-name',
        failingName: 'gone.example.net',
        chain: [{ name: NAME, target: 'gone.example.net', ttl: 300 }],
      },
    ],
    [
      'no-address for a name without addresses',
      () => ({ answers: [] }),
      { failure: 'no-address', failingName: NAME },
    ],
    [
      'server-failed for SERVFAIL',
      () => ({ code: 'SERVFAIL' }),
      { failure: 'server-failed' },
    ],
    [
      'refused for REFUSED',
      () => ({ code: 'REFUSED' }),
      { failure: 'refused' },
    ],
    [
      'malformed-answer for what cannot be read',
      () => ({ garbage: Buffer.from([0x80, 0, 0, 9]) }),
      { failure: 'malformed-answer' },
    ],
    [
      'alias-loop for a chain that leads back',
      zoneOf([alias(NAME, 'a.example.com'), alias('a.example.com', NAME)]),
      { failure: 'alias-loop' },
    ],
    [
      'alias-loop for a chain that does not end',
      ({ name }) => ({ answers: [alias(name, `x.${name}`)] }),
      { failure: 'alias-loop' },
    ],
  ])('tells %s', async (_name, zone, expected) => {
    expect(await resolved(zone)).toMatchObject({ addresses: [], ...expected });
  });

  it('asks a silent server twice and then tells no-answer', async () => {
    expect(await resolved(silent, 50)).toMatchObject({ failure: 'no-answer' });
    expect(server.asked.filter(asked => asked.includes(' A '))).toHaveLength(2);
  });

  it('is content with one family when the other one fails', async () => {
    const answer = await resolved(({ type }) =>
      type === 'A'
        ? { answers: [address(NAME, '203.0.113.7')] }
        : { code: 'SERVFAIL' },
    );

    expect(answer.failure).toBeUndefined();
    expect(answer.addresses).toHaveLength(1);
  });

  it('asks the next server when one fails', async () => {
    server.serve(() => ({ code: 'SERVFAIL' }));
    const second = await TestDnsServer.start(
      zoneOf([address(NAME, '203.0.113.7')]),
    );
    try {
      const answer = await resolveName(
        NAME,
        { servers: [server.address, second.address], timeoutMs: 2_000 },
        never,
      );
      expect(answer.addresses).toHaveLength(1);
    } finally {
      await second.stop();
    }
  });

  it('ends at once when it is aborted', async () => {
    server.serve(silent);
    const stop = new AbortController();
    const resolving = resolveName(
      NAME,
      { servers: [server.address], timeoutMs: 60_000 },
      stop.signal,
    );
    stop.abort(new Error('stopped'));
    await expect(resolving).rejects.toThrow('stopped');
  });
});
