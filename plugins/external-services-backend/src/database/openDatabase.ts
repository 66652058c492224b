import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  '@external-services/backstage-plugin-external-services-backend',
  'migrations',
);

/**
 * Opens the plugin's database with its tables in place.
 *
 * @internal
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory });
  }
  return knex;
}
