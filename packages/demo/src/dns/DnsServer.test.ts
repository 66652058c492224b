import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import {
  decode,
  encode,
  Packet,
  RecordType,
  streamDecode,
  streamEncode,
} from 'dns-packet';
import { DnsServer } from './DnsServer';
import { ZoneRecord } from './Zone';

describe('DnsServer', () => {
  let server: DnsServer;

  const start = async (zone: Record<string, ZoneRecord>) => {
    server = new DnsServer({ zone });
    await server.start();
  };
  afterEach(() => server.stop());

  const resolver = () => {
    const asked = new Resolver({ timeout: 200, tries: 1 });
    asked.setServers([server.address]);
    return asked;
  };
  const queryFor = (name: string, type: RecordType = 'A'): Packet => ({
    type: 'query',
    id: 7,
    questions: [{ type, name }],
  });
  const askUdp = async (query: Packet): Promise<Packet> => {
    const socket = createSocket('udp4');
    try {
      return await new Promise(resolve => {
        socket.on('message', message => resolve(decode(message)));
        socket.send(encode(query), server.port, '127.0.0.1');
      });
    } finally {
      socket.close();
    }
  };
  const askTcp = async (query: Packet): Promise<Packet> =>
    new Promise((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1');
      let received = Buffer.alloc(0);
      socket.on('error', reject);
      socket.on('data', chunk => {
        received = Buffer.concat([received, chunk]);
        const answer = streamDecode(received);
        if (answer) {
          socket.destroy();
          resolve(answer);
        }
      });
      const message = streamEncode(query);
      // In two pieces, as TCP may deliver it.
      socket.write(message.subarray(0, 5));
      socket.write(message.subarray(5));
    });

  it('answers addresses of both families with their time to live', async () => {
    await start({
      'db.example.com': {
        a: ['203.0.113.1', '203.0.113.2'],
        aaaa: ['2001:db8::1'],
        ttl: 5,
      },
    });
    expect(await resolver().resolve4('db.example.com', { ttl: true })).toEqual([
      { address: '203.0.113.1', ttl: 5 },
      { address: '203.0.113.2', ttl: 5 },
    ]);
    expect(await resolver().resolve6('DB.Example.com')).toEqual([
      '2001:db8::1',
    ]);
  });

  it('gives the whole chain of aliases, each with its time to live', async () => {
    await start({
      'db.example.com': { cname: 'one.example.net', ttl: 300 },
      'one.example.net': { cname: 'two.example.net', ttl: 60 },
      'two.example.net': { a: ['203.0.113.7'], ttl: 30 },
    });
    const { answers } = await askUdp(queryFor('db.example.com'));
    expect(answers).toMatchObject([
      { type: 'CNAME', data: 'one.example.net', ttl: 300 },
      { type: 'CNAME', data: 'two.example.net', ttl: 60 },
      { type: 'A', name: 'two.example.net', data: '203.0.113.7', ttl: 30 },
    ]);
  });

  it('says that a name does not exist, also at the end of a chain', async () => {
    await start({ 'api.example.com': { cname: 'gone.example.com' } });
    await expect(resolver().resolve4('nowhere.example.com')).rejects.toThrow(
      'ENOTFOUND',
    );
    const { answers, rcode } = (await askUdp(
      queryFor('api.example.com'),
    )) as Packet & { rcode: string };
    expect(rcode).toBe('NXDOMAIN');
    expect(answers).toMatchObject([{ data: 'gone.example.com' }]);
  });

  it('answers empty where a name has no address of that family', async () => {
    await start({ 'v4.example.com': { a: ['203.0.113.1'] } });
    await expect(resolver().resolve6('v4.example.com')).rejects.toThrow(
      'ENODATA',
    );
  });

  it.each([
    ['silence', 'ETIMEOUT'],
    ['servfail', 'ESERVFAIL'],
    ['refused', 'EREFUSED'],
  ] as const)('fails by %s', async (fails, code) => {
    await start({
      'bad.example.com': { fails },
      'alias.example.com': { cname: 'bad.example.com' },
    });
    await expect(resolver().resolve4('bad.example.com')).rejects.toThrow(code);
    await expect(resolver().resolve4('alias.example.com')).rejects.toThrow(
      code,
    );
  });

  it('ends an alias that leads to itself', async () => {
    await start({
      'a.example.com': { cname: 'b.example.com' },
      'b.example.com': { cname: 'a.example.com' },
    });
    const { answers } = await askUdp(queryFor('a.example.com'));
    expect(answers).toMatchObject([
      { data: 'b.example.com' },
      { data: 'a.example.com' },
    ]);
  });

  it('asks to come again over TCP when UDP is too small', async () => {
    const a = Array.from({ length: 60 }, (_, index) => `203.0.113.${index}`);
    await start({ 'many.example.com': { a } });

    const truncated = await askUdp(queryFor('many.example.com'));
    expect(truncated).toMatchObject({ flag_tc: true, answers: [] });
    const whole = await askTcp(queryFor('many.example.com'));
    expect(whole.answers).toHaveLength(60);
    expect(await resolver().resolve4('many.example.com')).toHaveLength(60);
  });

  it('gives more over UDP to who can take it', async () => {
    const a = Array.from({ length: 30 }, (_, index) => `203.0.113.${index}`);
    await start({ 'many.example.com': { a } });
    const { answers } = await askUdp({
      ...queryFor('many.example.com'),
      additionals: [
        {
          type: 'OPT',
          name: '.',
          udpPayloadSize: 1232,
          extendedRcode: 0,
          ednsVersion: 0,
          flags: 0,
          flag_do: false,
          options: [],
        },
      ],
    });
    expect(answers).toHaveLength(30);
  });

  it('can be changed while it runs', async () => {
    await start({ 'db.example.com': { a: ['203.0.113.1'] } });
    server.set('db.example.com', { a: ['203.0.113.2'] });
    expect(await resolver().resolve4('db.example.com')).toEqual([
      '203.0.113.2',
    ]);
    server.remove('db.example.com');
    await expect(resolver().resolve4('db.example.com')).rejects.toThrow(
      'ENOTFOUND',
    );
    server.replace({ 'new.example.com': { a: ['203.0.113.3'] } });
    expect(await resolver().resolve4('new.example.com')).toEqual([
      '203.0.113.3',
    ]);
  });

  it('answers nothing after a stop and again after a start, on the same port', async () => {
    await start({ 'db.example.com': { a: ['203.0.113.1'] } });
    const { port } = server;
    await server.stop();
    await expect(resolver().resolve4('db.example.com')).rejects.toThrow(
      /ECONNREFUSED|ETIMEOUT/,
    );
    await server.start();
    expect(server.port).toBe(port);
    expect(await resolver().resolve4('db.example.com')).toEqual([
      '203.0.113.1',
    ]);
  });

  it('survives what is not a DNS message', async () => {
    await start({ 'db.example.com': { a: ['203.0.113.1'] } });
    const socket = createSocket('udp4');
    await new Promise(resolve =>
      socket.send('hello', server.port, '127.0.0.1', resolve),
    );
    socket.close();
    expect(await resolver().resolve4('db.example.com')).toEqual([
      '203.0.113.1',
    ]);
  });
});
