import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';

const POSTGRES = /^BACKSTAGE_TEST_DATABASE_POSTGRES(\d+)_CONNECTION_STRING$/;

const postgres = Object.keys(process.env).flatMap(key => {
  const version = POSTGRES.exec(key)?.[1];
  return version ? [`POSTGRES_${version}` as TestDatabaseId] : [];
});

/** SQLite, and PostgreSQL where a server is at hand. */
export const databaseIds: TestDatabaseId[] = ['SQLITE_3', ...postgres];

/**
 * Runs tests on each database. Without a PostgreSQL server those tests are
 * reported as skipped, with what is missing.
 */
export function onEachDatabase(
  define: (open: () => ReturnType<TestDatabases['init']>) => void,
) {
  const databases = TestDatabases.create({
    ids: databaseIds,
    disableDocker: true,
  });
  describe.each(databaseIds)('on %s', id => define(() => databases.init(id)));
  if (postgres.length === 0) {
    // eslint-disable-next-line jest/no-disabled-tests -- a skip must be seen in the summary
    it.skip('on PostgreSQL: set BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING', () => {});
  }
}
