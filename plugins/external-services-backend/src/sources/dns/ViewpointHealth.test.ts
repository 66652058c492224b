import {
  address,
  TestAnswer,
  TestDnsServer,
  zoneOf,
} from '../../__testUtils__/TestDnsServer';
import { ViewpointHealth } from './ViewpointHealth';

const never = new AbortController().signal;

describe('ViewpointHealth', () => {
  let server: TestDnsServer;
  let clock: number;
  let health: ViewpointHealth;

  beforeAll(async () => {
    server = await TestDnsServer.start(() => undefined);
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    clock = 0;
    // Time goes on with every look, so that one thing is before another.
    health = ViewpointHealth.create({ now: () => ++clock });
    server.asked.length = 0;
  });

  const known = zoneOf([
    address('a.example.com', '203.0.113.1'),
    address('b.example.com', '203.0.113.2'),
  ]);
  const failing = (name: string, how?: TestAnswer) =>
    server.serve((question, transport) =>
      question.name === name ? how : known(question, transport),
    );
  const all = (how?: TestAnswer) => server.serve(() => how);
  const ask = (name: string) =>
    health.resolve(
      name,
      {
        name: 'portal',
        title: 'the portal',
        servers: [server.address],
        timeoutMs: 20,
      },
      never,
    );

  it.each<[string, TestAnswer | undefined, string]>([
    ['is not answered', undefined, 'no-answer'],
    ['fails', { code: 'SERVFAIL' }, 'server-failed'],
    ['is refused', { code: 'REFUSED' }, 'refused'],
  ])(
    'blames a name that %s while others are answered',
    async (_, how, failure) => {
      failing('c.example.com', how);
      await ask('a.example.com');

      const answer = await ask('c.example.com');
      expect(answer).toMatchObject({ failure });
      expect(answer).not.toHaveProperty('unanswered');
    },
  );

  it.each<[string, TestAnswer | undefined]>([
    ['is silent', undefined],
    ['fails', { code: 'SERVFAIL' }],
    ['refuses', { code: 'REFUSED' }],
  ])('blames a viewpoint that %s at every name', async (_, how) => {
    server.serve(known);
    await ask('a.example.com');
    await ask('b.example.com');
    all(how);

    expect(await ask('a.example.com')).toMatchObject({ unanswered: true });
    expect(await ask('b.example.com')).toMatchObject({ unanswered: true });
  });

  it('compares with another name when the last one that was answered fails', async () => {
    server.serve(known);
    await ask('b.example.com');
    await ask('a.example.com');
    failing('a.example.com');

    expect(await ask('a.example.com')).not.toHaveProperty('unanswered');
    expect(server.asked.at(-1)).toContain('b.example.com');
  });

  it('takes a name that does not exist for an answer', async () => {
    server.serve(known);
    expect(await ask('none.example.com')).toMatchObject({
      failure: 'no-such-name',
    });
    failing('c.example.com');
    expect(await ask('c.example.com')).not.toHaveProperty('unanswered');
  });

  describe('of a viewpoint that never answered anything', () => {
    it('blames the viewpoint for silence', async () => {
      all(undefined);
      expect(await ask('a.example.com')).toMatchObject({ unanswered: true });
    });

    it('blames the only name for a failure, and the viewpoint when a second fails', async () => {
      all({ code: 'SERVFAIL' });
      expect(await ask('a.example.com')).not.toHaveProperty('unanswered');
      expect(await ask('b.example.com')).toMatchObject({ unanswered: true });
      expect(await ask('a.example.com')).toMatchObject({ unanswered: true });
    });
  });

  it('does not ask again at once whether a silent viewpoint is silent', async () => {
    server.serve(known);
    await ask('a.example.com');
    all({ code: 'SERVFAIL' });
    await ask('b.example.com');
    server.asked.length = 0;

    expect(await ask('c.example.com')).toMatchObject({ unanswered: true });
    expect(server.asked.join()).not.toContain('a.example.com');

    clock += 10_000;
    await ask('d.example.com');
    expect(server.asked.join()).toContain('a.example.com');
  });
});
