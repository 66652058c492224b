import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { readZoneFile } from './dns/readZoneFile';

const root = resolve(__dirname, '../../..');
const shop = join(root, 'examples/repositories/shop');

interface KubernetesObject {
  kind?: string;
  spec?: { type?: string; externalName?: string };
}

async function manifests(): Promise<KubernetesObject[]> {
  const entries = await readdir(shop, { recursive: true });
  const files = entries.filter(entry => entry.endsWith('.yaml'));
  const objects = await Promise.all(
    files.map(async file => loadAll(await readFile(join(shop, file), 'utf8'))),
  );
  return objects.flat() as KubernetesObject[];
}

describe('the examples', () => {
  it('are all registered in the catalog', async () => {
    const config = await readFile(join(root, 'app-config.yaml'), 'utf8');
    const registered = [
      ...config.matchAll(/\/shop\/([\w-]+)\/blob\/main\/catalog-info\.yaml/g),
    ].map(([, name]) => name);
    expect(registered.sort()).toEqual((await readdir(shop)).sort());
  });

  it('lead to names that the DNS server knows, but for those meant to fail', async () => {
    const zone = await readZoneFile(join(root, 'examples/dns.yaml'));
    const names = (await manifests()).flatMap(
      ({ spec }) => spec?.externalName ?? [],
    );
    expect(names).toContain('db.example.com');
    expect(names.filter(name => !(name in zone))).toEqual([
      'https://billing.example.com',
    ]);
  });
});
