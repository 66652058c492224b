import { readFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { resolve } from 'node:path';
import { wrapServer } from '@backstage/backend-openapi-utils/testUtils';
import express from 'express';
import { load } from 'js-yaml';

const PREFIX = '/api/external-services';

interface OpenApiDocument {
  paths: Record<string, unknown>;
}

/**
 * Puts a check before a server: every request and every answer must be as
 * `openapi.yaml` describes it.
 *
 * @returns the URL to send requests to
 */
export async function describedByOpenApi(server: Server): Promise<string> {
  const file = resolve(__dirname, '../schema/openapi.yaml');
  const document = load(readFileSync(file, 'utf8')) as OpenApiDocument;
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    `${PREFIX}${path}`,
    operations,
  ]);
  const app = express();
  app.get('/openapi.json', (_request, response) => {
    response.json({ ...document, paths: Object.fromEntries(paths) });
  });
  app.use((request, response) => {
    server.emit('request', request, response);
  });
  // The checking proxy would prefer ::1, which not every machine calls localhost.
  const onIPv4 = Object.assign(app, {
    listen: (port: number) => createServer(app).listen(port, '127.0.0.1'),
  });
  const checking = await wrapServer(onIPv4);
  return String(checking.address()).replace(/\/$/, '');
}
