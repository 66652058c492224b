import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import dump from '../__fixtures__/databaseBeforeLines.json';
import { component } from '../__testUtils__/startPortal';
import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { TestWorld } from '../__testUtils__/TestWorld';
import { SourceStore } from './SourceStore';
import type { SourceKind } from './SourceRow';

const DIRECTORY = resolvePackagePath(
  '@external-services/backstage-plugin-external-services-backend',
  'migrations',
);
const BEFORE_LINES = 4;

describe('A portal on the database of a version without stored lines', () => {
  const databases = testDatabases();
  describe.each(databaseIds)('on %s', id => {
    const world = TestWorld.forEachTest(() => databases.init(id));

    const repositories = () =>
      world.knex('sources').where('kind', 'repository');

    it('keeps what was read and when, though no repository can be read now', async () => {
      world.git.fail(503);
      await restore(world.knex, world.git.host);
      const [before] = await repositories();

      await world.start([component('orders', world.git)]);
      const answer = await world.settled('orders');

      expect(answer.items.map(({ name }) => name).sort()).toEqual([
        'db',
        'external-api',
      ]);
      const [after] = await repositories();
      expect(after).toMatchObject({ id: before.id, seen_at: before.seen_at });
      expect(await world.knex('removed_names').pluck('name')).toEqual(['old']);
    });
  });
});

/** Makes the tables of that time and fills them. */
async function restore(knex: Knex, host: string) {
  for (let step = 0; step < BEFORE_LINES; step += 1) {
    await knex.migrate.up({ directory: DIRECTORY });
  }
  let text = JSON.stringify(dump).replaceAll('{host}', host);
  const { sources } = JSON.parse(text) as {
    sources: { id: string; kind: SourceKind; key: string }[];
  };
  for (const { id, kind, key } of sources) {
    text = text.replaceAll(id, SourceStore.idOf(kind, key));
  }
  for (const [table, rows] of Object.entries(JSON.parse(text))) {
    await knex(table).insert(rows);
  }
}
