import {
  type BackendFeature,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import plugin from '../index';
import { describedByOpenApi } from './describedByOpenApi';
import type { TestDnsServer } from './TestDnsServer';
import type { TestGitHost } from './TestGitHost';

const PREFIX = '/api/external-services';

/** A component whose file is at the root of a repository of the Git host. */
export function component(
  name: string,
  git: TestGitHost,
  over: { annotations?: Record<string, string>; owner?: string } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-of-${name}`,
      annotations: {
        'backstage.io/managed-by-location': `url:${git.fileUrl(
          `shop/${name}`,
          'catalog-info.yaml',
        )}`,
        ...over.annotations,
      },
    },
    ...(over.owner && {
      relations: [{ type: 'ownedBy', targetRef: over.owner }],
    }),
  };
}

/** What a portal of a test is made of. */
export interface PortalOptions {
  knex: Knex;
  git: TestGitHost;
  dns: TestDnsServer;
  entities: Entity[];
  /** `externalServices`, over that of the test. */
  config?: JsonObject;
  /** The rest of the configuration, over that of the test. */
  rootConfig?: JsonObject;
  /** Besides the plugin. */
  features?: BackendFeature[];
  /** Names of entities that users may not read. */
  hidden?: string[];
  /** Permissions that users do not have, `name` or `name entityRef`. */
  denied?: string[];
}

/** A real backend with our plugin over a real database, Git host and DNS server. */
export async function startPortal(options: PortalOptions) {
  const { knex, git, dns, entities } = options;
  const hidden = new Set(options.hidden);
  const denied = new Set(options.denied);
  const entitiesNow = [...entities];
  const audited: { event: string; meta?: JsonObject; failed: boolean }[] = [];
  const actions = actionsRegistryServiceMock();
  const signals = recordSignals();

  const catalog = () => catalogServiceMock({ entities: entitiesNow });
  const mayRead = (entity: Entity | undefined, principal: string) =>
    principal === 'service' || !hidden.has(entity?.metadata.name ?? '');

  const backend = await startTestBackend({
    features: [
      plugin,
      ...(options.features ?? []),
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      signals.factory,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          ...options.rootConfig,
          integrations: { github: [git.integration] },
          externalServices: {
            environments: [
              { name: 'dev', namespace: 'shop', resolver: 'portal' },
              { name: 'staging', namespace: 'shop' },
              { name: 'prod', namespace: 'shop', resolver: 'portal' },
            ],
            resolvers: [
              {
                name: 'portal',
                title: 'the portal',
                servers: [`${dns.address.host}:${dns.address.port}`],
                timeout: { milliseconds: 200 },
              },
            ],
            ...options.config,
          },
        },
      }),
      mockServices.permissions.mock({
        authorize: async questions =>
          questions.map(question => {
            const { name } = question.permission;
            const about = `${name} ${
              'resourceRef' in question ? question.resourceRef : ''
            }`;
            return {
              result:
                denied.has(name) || denied.has(about)
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            };
          }),
        authorizeConditional: async questions =>
          questions.map(({ permission }) =>
            permission.name === 'catalog.entity.read' && hidden.size > 0
              ? {
                  result: AuthorizeResult.CONDITIONAL,
                  pluginId: 'catalog',
                  resourceType: 'catalog-entity',
                  conditions: { rule: 'TEST', resourceType: 'catalog-entity' },
                }
              : { result: AuthorizeResult.ALLOW },
          ),
      }).factory,
      mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => {
          const record = { event: eventId, meta, failed: false };
          audited.push(record);
          return {
            success: async () => {},
            fail: async () => {
              record.failed = true;
            },
          };
        },
      }).factory,
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => ({
          ...catalog(),
          streamEntities: query => catalog().streamEntities(query),
          queryEntities: async (query, { credentials }) => {
            const { type } = credentials.principal as { type: string };
            const { items } = await catalog().getEntities();
            const all = items.filter(item => mayRead(item, type));
            const { limit = 500 } = query as { limit?: number };
            return {
              items: all.slice(0, limit),
              totalItems: all.length,
              pageInfo: all.length > limit ? { nextCursor: 'next' } : {},
            };
          },
          getEntityByRef: async (ref, { credentials }) => {
            const { type } = credentials.principal as { type: string };
            const entity = await catalog().getEntityByRef(ref);
            return mayRead(entity, type) ? entity : undefined;
          },
          getEntitiesByRefs: async (query, { credentials }) => {
            const { type } = credentials.principal as { type: string };
            const { items } = await catalog().getEntitiesByRefs(query);
            return {
              items: items.map(item =>
                mayRead(item, type) ? item : undefined,
              ),
            };
          },
        }),
      }),
    ],
  });
  const http = request(await describedByOpenApi(backend.server));
  return {
    actions,
    audited,
    denied,
    entities: entitiesNow,
    signalled: signals.channels,
    stop: () => backend.stop(),
    get: (path: string) => http.get(`${PREFIX}${path}`),
    post: (path: string) => http.post(`${PREFIX}${path}`),
    mappings: (name: string) =>
      http.get(`${PREFIX}/entities/component/default/${name}/mappings`),
  };
}

function recordSignals() {
  const channels: string[] = [];
  return {
    channels,
    factory: createServiceFactory({
      service: signalsServiceRef,
      deps: {},
      factory: () => ({
        publish: async ({ channel }) => {
          channels.push(channel);
        },
      }),
    }),
  };
}
