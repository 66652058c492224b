import { watchFile } from 'node:fs';
import { resolve } from 'node:path';
import { DnsServer } from './dns/DnsServer';
import { readZoneFile } from './dns/readZoneFile';
import { GitHost } from './GitHost';

const ZONE_POLL_MS = 1_000;

// Run at the root of the repository.
const root = process.cwd();
const zoneFile = resolve(root, 'examples/dns.yaml');
const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const gitHost = new GitHost({
    folder: resolve(root, '.demo/git'),
    seed: resolve(root, 'examples/repositories'),
    port: Number(process.env.DEMO_GIT_PORT ?? 7017),
  });
  const dns = new DnsServer({
    zone: await readZoneFile(zoneFile),
    port: Number(process.env.DEMO_DNS_PORT ?? 7053),
  });
  await Promise.all([gitHost.start(), dns.start()]);
  say(`Git host ${gitHost.url}`);
  say(`DNS server ${dns.address}`);

  // Whoever edits the zone sees the card follow.
  watchFile(zoneFile, { interval: ZONE_POLL_MS }, async () => {
    try {
      dns.replace(await readZoneFile(zoneFile));
      say('DNS server: read examples/dns.yaml again');
    } catch (error) {
      say(`DNS server: kept its records, ${(error as Error).message}`);
    }
  });

  const stop = async () => {
    await Promise.all([gitHost.stop(), dns.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
