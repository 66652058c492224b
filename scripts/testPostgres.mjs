import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './lib/postgres.mjs';

/**
 * A PostgreSQL for one test: `node testPostgres <folder of the programs>`. Tells
 * whoever forked it the address, restarts the server on every message, says when it
 * is back, and ends with whoever forked it.
 */
const logs = mkdtempSync(join(tmpdir(), 'test-postgres-logs-'));
const [directory] = process.argv.slice(2);
const server = await startPostgres({ directory, env: process.env, logs });
process.on('message', async () => {
  await server.restart();
  process.send('restarted');
});
process.on('disconnect', async () => {
  await server.stop();
  rmSync(logs, { recursive: true });
  process.exit();
});
process.send(server.url);
