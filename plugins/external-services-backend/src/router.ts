import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import express, { Request } from 'express';
import Router from 'express-promise-router';
import { audited } from './audited';
import { contentTag } from './contentTag';
import {
  entitySchema,
  fleetSchema,
  mappingsSchema,
  pageSchema,
  parseInput,
  targetSchema,
  validateSchema,
} from './requests';
import type { ExternalServicesService } from './service/ExternalServicesService';

/** Several times the longest text that is read; the rest is refused unread. */
const MAX_BODY = '2mb';

/**
 * The HTTP API, described in `schema/openapi.yaml`.
 *
 * @internal
 */
export function createRouter(options: {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  service: ExternalServicesService;
}): express.Router {
  const { httpAuth, service } = options;
  const router = Router();
  router.use(express.json({ limit: MAX_BODY }));

  const credentialsOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });
  const entityRefOf = (request: Request) =>
    stringifyEntityRef(parseInput(entitySchema, request.params));

  router.get('/entities/:kind/:namespace/:name/mappings', async (req, res) => {
    const credentials = await credentialsOf(req);
    const entityRef = entityRefOf(req);
    const { cursor = 0, limit } = parseInput(mappingsSchema, req.query);
    const answer = await audited(
      options,
      {
        eventId: 'mapping-fetch',
        request: req,
        meta: { queryType: 'by-entity', entityRef },
      },
      () => service.mappingsOf(entityRef, { from: cursor, limit }, credentials),
    );
    // Not kept by browsers: they would answer with old ages where only ages changed.
    res.set('Cache-Control', 'private, no-store');
    const text = JSON.stringify(answer);
    res.set('ETag', contentTag(text)).type('json').send(text);
  });

  router.post('/entities/:kind/:namespace/:name/refresh', async (req, res) => {
    const credentials = await credentialsOf(req);
    const entityRef = entityRefOf(req);
    const answer = await audited(
      options,
      {
        eventId: 'mapping-refresh',
        request: req,
        severityLevel: 'medium',
        meta: { entityRef },
      },
      () => service.refresh(entityRef, credentials),
    );
    res.json(answer);
  });

  router.get('/mappings', async (req, res) => {
    const credentials = await credentialsOf(req);
    const { q, env, state, owner, ...page } = parseInput(
      fleetSchema,
      req.query,
    );
    const query = {
      ...page,
      text: q,
      environments: env,
      states: state,
      owners: owner,
    };
    const answer = await audited(
      options,
      { eventId: 'mapping-fetch', request: req, meta: { queryType: 'fleet' } },
      () => service.fleet(query, credentials),
    );
    res.json(answer);
  });

  router.get('/targets/:target', async (req, res) => {
    const credentials = await credentialsOf(req);
    const { target } = parseInput(targetSchema, req.params);
    const page = parseInput(pageSchema, req.query);
    const answer = await audited(
      options,
      {
        eventId: 'mapping-fetch',
        request: req,
        meta: { queryType: 'by-target', target },
      },
      () => service.fleet({ ...page, target }, credentials),
    );
    res.json(answer);
  });

  router.post('/validate', async (req, res) => {
    await credentialsOf(req);
    const { text, path } = parseInput(validateSchema, req.body);
    res.json({ findings: service.validate(text, path) });
  });

  router.get('/clusters', async (req, res) => {
    const credentials = await credentialsOf(req);
    const answer = await audited(
      options,
      { eventId: 'cluster-fetch', request: req },
      () => service.clusters(credentials),
    );
    res.json(answer);
  });

  return router;
}
