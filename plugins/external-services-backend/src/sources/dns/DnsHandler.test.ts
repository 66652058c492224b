import { mockServices } from '@backstage/backend-test-utils';
import {
  address,
  alias,
  TestDnsServer,
  zoneOf,
} from '../../__testUtils__/TestDnsServer';
import { readExternalServicesConfig } from '../../config/readExternalServicesConfig';
import { DnsHandler } from './DnsHandler';
import type { DnsStatus } from './DnsStatus';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

describe('DnsHandler', () => {
  let dns: TestDnsServer;
  beforeAll(async () => {
    dns = await TestDnsServer.start(
      zoneOf([
        address('db.example.com', '203.0.113.7'),
        alias('spy.example.com', 'vault.corp.internal'),
        address('vault.corp.internal', '10.0.0.9'),
      ]),
    );
  });
  afterAll(() => dns.stop());

  async function ask(name: string, status?: DnsStatus) {
    const config = readExternalServicesConfig(
      mockServices.rootConfig({
        data: {
          externalServices: {
            resolution: { deny: ['corp.internal'] },
            resolvers: [
              {
                name: 'portal',
                servers: [`${dns.address.host}:${dns.address.port}`],
              },
            ],
          },
        },
      }),
      [],
    );
    const sources = { now: async () => NOW };
    const handler = DnsHandler.create({ config, sources });
    return handler.handle(
      {
        id: 'dns:1',
        kind: 'dns',
        key: `${name} portal`,
        generation: 1,
        nextDue: 0,
        failures: 0,
        status,
      },
      new AbortController().signal,
    );
  }

  it.each([
    ['a moment', 0, 0.5],
    ['a minute', MINUTE, 0.5],
    ['ten minutes', 10 * MINUTE, 2.5],
    ['a day', 24 * 60 * MINUTE, 10],
  ])(
    'asks less and less often for a name that has failed for %s',
    async (_, failingForMs, minutes) => {
      const { status } = await ask('gone.example.com', {
        shown: { chain: [], addresses: [], failure: 'no-such-name' },
        since: NOW - failingForMs,
        refreshMs: 30_000,
      });
      expect((status as DnsStatus).refreshMs).toBe(minutes * MINUTE);
    },
  );

  it('asks for one that answers again as often as its answer says', async () => {
    const { status } = await ask('db.example.com', {
      shown: { chain: [], addresses: [], failure: 'no-such-name' },
      since: NOW - 24 * 60 * MINUTE,
      refreshMs: 10 * MINUTE,
    });
    expect((status as DnsStatus).refreshMs).toBeLessThanOrEqual(5 * MINUTE);
  });

  it('does not tell what an alias makes of a name that is not looked up', async () => {
    const outcome = await ask('spy.example.com');
    expect(outcome.status).toMatchObject({
      shown: { addresses: [], failure: 'refused' },
    });
    expect(JSON.stringify(outcome.status)).not.toContain('10.0.0.9');
  });
});
