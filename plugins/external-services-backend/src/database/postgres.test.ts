import { postgresIds } from '../__testUtils__/testDatabases';

// All tests of the store run on SQLite, and on the PostgreSQL servers that the
// environment names. This one makes their absence visible as a skip.
const whenAtHand = postgresIds.length > 0 ? describe : describe.skip;

whenAtHand('PostgreSQL', () => {
  it('is at hand in BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING, so that all tests run on it', () => {
    expect(postgresIds.length).toBeGreaterThan(0);
  });
});
