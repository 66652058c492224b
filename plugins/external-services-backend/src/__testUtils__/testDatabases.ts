import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';

const POSTGRES = /^BACKSTAGE_TEST_DATABASE_POSTGRES(\d+)_CONNECTION_STRING$/;

/** PostgreSQL servers at hand: those that the environment names. */
export const postgresIds = Object.keys(process.env).flatMap(key => {
  const version = POSTGRES.exec(key)?.[1];
  return version ? [`POSTGRES_${version}` as TestDatabaseId] : [];
});

/** SQLite, and PostgreSQL where a server is at hand; `postgres.test.ts` tells. */
export const databaseIds: TestDatabaseId[] = ['SQLITE_3', ...postgresIds];

/** Opens fresh databases, and removes them after the tests. */
export function testDatabases(): TestDatabases {
  return TestDatabases.create({ ids: databaseIds, disableDocker: true });
}
