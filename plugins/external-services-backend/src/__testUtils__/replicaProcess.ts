import knexFactory from 'knex';
import { TestReplica } from './TestReplica';

/** A replica in a process of its own: `node replicaProcess <connection> <clusters> <holder>`. */
async function main([connection, clusters, holder]: string[]) {
  const knex = knexFactory({ client: 'pg', connection });
  await TestReplica.start(knex, JSON.parse(clusters), holder);
  // Only a signal ends it.
  setInterval(() => {}, 60_000);
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
