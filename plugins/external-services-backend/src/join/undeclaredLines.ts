import {
  deriveChecks,
  deriveState,
  renderManifests,
  type Resolution,
  withoutTools,
} from '@external-services/backstage-plugin-external-services-common';
import type { ObservedEntity } from '../sources/catalog/ObservedEntity';
import type { JoinContext } from './JoinContext';
import type { UndeclaredService } from './joinLive';
import { clusterFields, type NamedLine, shapeOf, yamlOf } from './mappingLine';
import { isoTime } from './sourceStatus';

/** Only names that stand in a repository are looked up. */
const NOT_RESOLVED: Resolution = {
  status: 'notApplicable',
  chain: [],
  addresses: [],
};

/**
 * Lines of what clusters run for an entity and no file declares. The YAML is what
 * would declare it.
 *
 * @internal
 */
export function undeclaredLines(
  undeclared: UndeclaredService[],
  { entityRef, kubernetesId }: ObservedEntity,
  { config, now }: JoinContext,
): NamedLine[] {
  return undeclared.map(({ environment, found }) => {
    const service = { ...found[0].live.service, environment };
    const evidence = {
      service,
      findings: [],
      clusters: found.map(({ cluster }) => cluster),
      resolution: NOT_RESOLVED,
    };
    const { labels, annotations } = service;
    const manifests = renderManifests(
      {
        ...service,
        labels: withoutTools(labels),
        annotations: withoutTools(annotations),
      },
      { entityRef, kubernetesId },
    );
    return {
      name: service.name,
      line: {
        ...shapeOf(service, config),
        ...deriveState(evidence, isoTime(now)),
        ...clusterFields(found),
        resolution: NOT_RESOLVED,
        findings: [],
        checks: deriveChecks(evidence),
        yaml: yamlOf(manifests.map(manifest => ({ ...manifest }))),
      },
    };
  });
}
