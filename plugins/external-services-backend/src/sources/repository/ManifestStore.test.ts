import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { dnsAlias, fixedAddresses } from '../../__testUtils__/manifests';
import { databaseIds, testDatabases } from '../../__testUtils__/testDatabases';
import { readExternalServicesConfig } from '../../config/readExternalServicesConfig';
import { parseManifestFile } from './parseManifestFile';
import { InterestStore } from '../catalog/InterestStore';
import { ManifestFile, ManifestStore } from './ManifestStore';
import { openDatabase } from '../../database/openDatabase';
import { SourceStore } from '../../database/SourceStore';
import { DUE_NOW, markDue } from '../../work/markDue';

const ROOT = 'https://github.com/shop/orders/tree/main/';
const REPOSITORY = SourceStore.idOf('repository', ROOT);
const CONFIG = readExternalServicesConfig(mockServices.rootConfig(), [
  '127.0.0.1',
]);
const DAY_MS = 24 * 60 * 60_000;

describe('ManifestStore', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    let knex: Knex;
    let interests: InterestStore;
    let manifests: ManifestStore;

    beforeEach(async () => {
      knex = await openDatabase({ getClient: () => databases.init(id) });
      const sources = SourceStore.create(knex);
      interests = InterestStore.create(knex, sources);
      manifests = ManifestStore.create(knex, sources);
      await interests.replace([
        {
          entityRef: 'component:default/orders',
          entityUid: 'orders',
          annotations: {},
          interests: [
            {
              mode: 'conventional',
              root: ROOT,
              title: 't',
              host: 'h',
              patterns: [],
            },
          ],
        },
      ]);
    });

    /** Reads files, each with an alias of its name. */
    const read = (readAt: number | undefined, ...names: string[]) =>
      knex.transaction(transaction =>
        manifests.write(
          transaction,
          REPOSITORY,
          names.map(name =>
            parseManifestFile(
              `${name}.yaml`,
              name === 'external-api'
                ? fixedAddresses
                : dnsAlias(name, 'db.example.com'),
              CONFIG,
            ),
          ),
          { unread: new Set(), readAt, now: 1 },
        ),
      );
    /** Who is joined when Services of some names change. */
    const declaring = async (...names: string[]) => {
      const entities = () => knex('sources').where('kind', 'entity');
      await entities().update({ next_due: Number.MAX_SAFE_INTEGER });
      await knex.transaction(transaction =>
        markDue.ofObjects(transaction, {
          entityRefs: [],
          kubernetesIds: [],
          names,
        }),
      );
      return entities().where('next_due', DUE_NOW).pluck('key');
    };
    const removed = async () =>
      Object.fromEntries(
        (await manifests.removed([REPOSITORY])).get(REPOSITORY) ?? [],
      );

    it('knows who declares Services of a name, however many are asked for', async () => {
      await read(undefined, 'db', 'external-api');
      expect(await declaring('external-api')).toEqual([
        'component:default/orders',
      ]);
      expect(await declaring('d', 'api')).toEqual([]);
      const many = Array.from({ length: 500 }, (_, index) => `s${index}`);
      expect(await declaring(...many, 'db')).toEqual([
        'component:default/orders',
      ]);
      await read(1, 'external-api');
      expect(await declaring('db')).toEqual([]);
    });

    it('remembers for a day what was taken out, unless it comes back', async () => {
      await read(undefined, 'db', 'mail', 'web');
      expect(await removed()).toEqual({});
      await read(1_000, 'web');
      expect(await removed()).toEqual({ db: 1_000, mail: 1_000 });
      await read(2_000, 'web', 'db');
      expect(await removed()).toEqual({ mail: 1_000 });
      await read(1_001 + DAY_MS, 'db');
      expect(await removed()).toEqual({ web: 1_001 + DAY_MS });
    });

    it('gives new names their turns, so that those of others fit between them', async () => {
      const targets = Array.from(
        { length: 60 },
        (_, index) => `h${index + 10}.example.com portal`,
      );
      const file = { path: 'a.yaml', objects: [], findings: [], patterns: [] };
      await knex.transaction(transaction =>
        manifests.write(transaction, REPOSITORY, [{ ...file, targets }], {
          unread: new Set(),
          now: 1_000_000,
        }),
      );
      const due: (string | number)[] = await knex('sources')
        .where('kind', 'dns')
        .orderBy('key')
        .pluck('next_due');
      const turns = due.map(Number);
      expect(turns.slice(0, 50)).toEqual(Array(50).fill(0));
      expect(turns.slice(50, 53)).toEqual([1_000_000, 1_000_200, 1_000_400]);
    });

    it('takes nothing for removed that moved to another file', async () => {
      await read(undefined, 'db');
      await knex.transaction(transaction =>
        manifests.write(
          transaction,
          REPOSITORY,
          [
            parseManifestFile(
              'b.yaml',
              dnsAlias('db', 'db.example.com'),
              CONFIG,
            ),
          ],
          { unread: new Set(), readAt: 1_000, now: 1 },
        ),
      );
      expect(await removed()).toEqual({});
    });

    it('gives an unchanged file as the same object, and never that of another repository', async () => {
      const other = 'https://github.com/shop/other/tree/main/';
      const ids = [REPOSITORY, SourceStore.idOf('repository', other)];
      await SourceStore.create(knex).ensure('repository', [ROOT, other]);
      const file = (line: number): ManifestFile => ({
        path: 'a.yaml',
        objects: [{ manifest: { kind: 'Service' }, line, positions: {} }],
        findings: [],
        targets: [],
        patterns: [],
      });
      const write = (sourceId: string, files: ManifestFile[]) =>
        knex.transaction(transaction =>
          manifests.write(transaction, sourceId, files, {
            unread: new Set(),
            now: 1,
          }),
        );
      const stored = async () => {
        const files = await manifests.get(ids);
        return ids.map(one => files.get(one)![0]);
      };
      await write(ids[0], [file(1)]);
      await write(ids[1], [file(1)]);

      const [one, two] = await stored();
      expect(one).toEqual(file(1));
      expect(two).toEqual(one);
      // Mappings that are read from it are told apart by identity.
      expect(two).not.toBe(one);

      await write(ids[0], [file(2)]);
      const [changed, same] = await stored();
      expect(changed).toEqual(file(2));
      expect(same).toBe(two);
    });
  });
});
