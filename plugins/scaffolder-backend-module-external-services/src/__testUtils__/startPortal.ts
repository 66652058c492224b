import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  type CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { commitFiles, GitHost } from 'demo';
import type { JsonObject } from '@backstage/types';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import externalServicesModule from '..';
import { readTemplate, TEMPLATES } from './readTemplate';

/** A step's log line or the end of a task. */
interface TaskEvent {
  type: string;
  body: {
    message: string;
    status?: string;
    output?: TaskOutput;
    error?: { message: string };
  };
}

/** What a template hands to the result page. */
export interface TaskOutput {
  links?: { title: string; url?: string; entityRef?: string }[];
  text?: { title: string; content: string; default?: boolean }[];
}

/**
 * The real scaffolder with our module, the stock GitHub actions and a Git host
 * on loopback that has the repositories of `shop`. `annotations` are those of
 * every component; `externalServices` is our part of the configuration.
 */
export async function startPortal(
  repositories: Record<string, Record<string, string>>,
  annotations: Record<string, string> = {},
  externalServices: JsonObject = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'external-services-portal-'));
  const host = new GitHost({ folder: join(folder, 'git') });
  await host.start();
  for (const [name, files] of Object.entries(repositories)) {
    const repository = await host.store.repositories.create('shop', name);
    await commitFiles(repository, {
      branch: 'main',
      files: { 'README.md': `# ${name}\n`, ...files },
      message: 'Start',
      author: { name: 'Test', email: 'test@example.com' },
    });
  }

  const entities: Entity[] = [
    ...Object.keys(repositories).map(name => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        annotations: {
          'backstage.io/managed-by-location': `url:${host.url}/shop/${name}/blob/main/catalog-info.yaml`,
          'backstage.io/source-location': `url:${host.url}/shop/${name}/tree/main/`,
          ...annotations,
        },
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'team-shop' },
    })),
    ...TEMPLATES.map(readTemplate),
  ].map(entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      namespace: 'default',
      uid: entity.metadata.name,
      annotations: {
        'backstage.io/managed-by-location':
          'url:http://localhost/template.yaml',
        ...entity.metadata.annotations,
      },
    },
  }));
  const registered: string[] = [];
  const catalog = Object.assign(catalogServiceMock({ entities }), {
    async addLocation(location: { target: string; dryRun?: boolean }) {
      const { target, dryRun } = location;
      if (!dryRun) {
        registered.push(target);
      }
      return { location: { id: 'new', type: 'url', target }, entities: [] };
    },
  });

  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      githubModule,
      externalServicesModule,
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog as CatalogService,
      }),
      mockServices.rootConfig.factory({
        data: {
          externalServices,
          integrations: {
            github: [
              {
                host: new URL(host.url).host,
                apiBaseUrl: `${host.url}/api/v3`,
                token: 'demo',
              },
            ],
          },
        },
      }),
    ],
  });

  return {
    host,
    server: backend.server,
    /** Locations that were registered in the catalog. */
    registered,
    /** Runs a template, with files beside it, without writing anywhere. */
    async dryRun(
      template: TemplateEntityV1beta3,
      values: object,
      beside: Record<string, string> = {},
    ) {
      const response = await request(backend.server)
        .post('/api/scaffolder/v2/dry-run')
        .send({
          template,
          values,
          directoryContents: Object.entries(beside).map(([path, text]) => ({
            path,
            base64Content: Buffer.from(text).toString('base64'),
          })),
        });
      return response;
    },
    /** Runs a template and waits for its end. */
    async run(name: string, values: object) {
      const started = await request(backend.server)
        .post('/api/scaffolder/v2/tasks')
        .send({ templateRef: `template:default/${name}`, values });
      if (started.status !== 201) {
        return { status: 'refused', message: JSON.stringify(started.body) };
      }
      // The stream ends with the task.
      const { text } = await request(backend.server).get(
        `/api/scaffolder/v2/tasks/${started.body.id}/eventstream`,
      );
      const events = text
        .split('\n')
        .filter(line => line.startsWith('data: '))
        .map(line => JSON.parse(line.slice('data: '.length)) as TaskEvent);
      const end = events.find(({ type }) => type === 'completion');
      return {
        status: end?.body.error ? 'failed' : 'completed',
        message: events.map(event => event.body.message).join('\n'),
        output: end?.body.output,
      };
    },
    async stop() {
      await backend.stop();
      await host.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
