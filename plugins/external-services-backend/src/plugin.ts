import { randomUUID } from 'node:crypto';
import { getServers } from 'node:dns';
import { hostname } from 'node:os';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { externalServicesPermissions } from '@external-services/backstage-plugin-external-services-common';
import { registerGetExternalServices } from './actions/registerGetExternalServices';
import { CATALOG_KEY, CatalogHandler } from './sources/catalog/CatalogHandler';
import { ClusterHandler } from './sources/cluster/ClusterHandler';
import { collectableClusters } from './sources/cluster/collectableClusters';
import { KnownClusters } from './sources/cluster/KnownClusters';
import { KubernetesPlugin } from './sources/cluster/KubernetesPlugin';
import { KubernetesPluginHandler } from './sources/cluster/KubernetesPluginHandler';
import { readExternalServicesConfig } from './config/readExternalServicesConfig';
import { ClusterStore } from './sources/cluster/ClusterStore';
import { InterestStore } from './sources/catalog/InterestStore';
import { ManifestStore } from './sources/repository/ManifestStore';
import { openDatabase } from './database/openDatabase';
import { SourceStore } from './database/SourceStore';
import { RepositoryHandler } from './sources/repository/RepositoryHandler';
import { DnsHandler } from './sources/dns/DnsHandler';
import { createRouter } from './router';
import { AnswerReader } from './service/AnswerReader';
import { ChangeNotifier } from './service/ChangeNotifier';
import { ClusterReader } from './service/ClusterReader';
import { EntityAccess } from './service/EntityAccess';
import { ExternalServicesService } from './service/ExternalServicesService';
import { FleetReader } from './service/FleetReader';
import { SealedTexts } from './service/SealedTexts';
import { ChangeListeners } from './lines/ChangeListeners';
import { EntityHandler } from './lines/EntityHandler';
import { FRESHNESS_KEY, FreshnessHandler } from './lines/FreshnessHandler';
import { LineHistory } from './lines/LineHistory';
import { LineSearch } from './lines/LineSearch';
import { LineStore } from './lines/LineStore';
import { Observations } from './lines/Observations';
import { Replicas } from './work/Replicas';
import { Settling } from './work/Settling';
import { Worker } from './work/Worker';

/**
 * The backend of external services: reads what repositories declare, resolves
 * the names, and answers for each catalog entity what it connects to.
 *
 * @public
 */
export const externalServicesPlugin = createBackendPlugin({
  pluginId: 'external-services',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auth, catalog, logger, permissions, urlReader } = deps;
        const config = readExternalServicesConfig(
          deps.rootConfig,
          getServers(),
        );
        const integrations = ScmIntegrations.fromConfig(deps.rootConfig);

        const knex = await openDatabase(deps.database);
        const sources = SourceStore.create(knex);
        const interests = InterestStore.create(knex, sources);
        const manifests = ManifestStore.create(knex, sources);
        const clusters = ClusterStore.create(knex);
        await sources.ensure('catalog', [CATALOG_KEY]);
        await sources.ensure('freshness', [FRESHNESS_KEY]);

        const notifier = ChangeNotifier.create(deps);
        const known = await KnownClusters.load(config, sources);
        const plugin = KubernetesPlugin.create(deps);
        await sources.purge('cluster', collectableClusters(known.config));
        const observations = Observations.create({
          interests,
          known,
          live: clusters,
          manifests,
          sources,
        });
        const history = LineHistory.create(config.history);
        const lines = LineStore.create(knex, history);
        const worker: Worker = Worker.create({
          sources,
          logger,
          replicas: Replicas.create(knex, { clock: sources.now }),
          holder: `${hostname()}:${process.pid}:${randomUUID()}`,
          handlers: [
            CatalogHandler.create({
              auth,
              catalog,
              config,
              integrations,
              interests,
              logger,
              sources,
            }),
            RepositoryHandler.create({
              config,
              urlReader,
              interests,
              manifests,
              sources,
            }),
            DnsHandler.create({ config, sources }),
            EntityHandler.create({
              integrations,
              known,
              lines,
              listeners: ChangeListeners.create({
                logger,
                listeners: [change => notifier.changed(change)],
              }),
              logger,
              observations,
              sources,
            }),
            FreshnessHandler.create({ history, known, sources }),
            ...(known.asksPlugin
              ? [KubernetesPluginHandler.create({ config, plugin, sources })]
              : []),
            ...(known.asksPlugin || known.config.clusters.length > 0
              ? [
                  ClusterHandler.create({
                    clusters,
                    known,
                    logger,
                    plugin,
                    sources,
                    wake: () => worker.wake(),
                  }),
                ]
              : []),
          ],
        });
        deps.lifecycle.addStartupHook(() => worker.start());
        deps.lifecycle.addShutdownHook(() => worker.stop());

        const access = EntityAccess.create({ catalog, permissions });
        const service = ExternalServicesService.create({
          access,
          answers: AnswerReader.create({ known, lines, sources }),
          clusters: ClusterReader.create({ known, sources }),
          known,
          fleet: FleetReader.create({
            access,
            cursors: await SealedTexts.load(knex),
            search: LineSearch.create(knex),
          }),
          integrations,
          interests,
          settling: Settling.create({ sources, wake: () => worker.wake() }),
          sources,
        });

        deps.permissionsRegistry.addPermissions(externalServicesPermissions);
        registerGetExternalServices(deps.actionsRegistry, service);
        deps.httpRouter.use(createRouter({ ...deps, service }));
      },
    });
  },
});
