import { ENVIRONMENT_LABEL } from '../../catalog/annotations';
import type { CollectedExternalService } from '../../manifests/collectExternalServices';
import { intendedKind } from '../../manifests/kinds';
import { objectAt, textAt, type UntypedObject } from '../../manifests/reading';
import {
  renderManifests,
  type RenderOptions,
} from '../../manifests/renderManifests';
import type { FlatExternalService, Target } from '../../model/ExternalService';
import { KUBERNETES_ID_LABEL, MANAGED_BY_LABEL } from '../../model/ownMetadata';
import { withoutFields } from './fields';

/** What a mapping cannot say itself. */
export interface RenderLikeOptions {
  /** Kind for the addresses of what was an alias. */
  endpoints?: 'EndpointSlice' | 'Endpoints';
}

/**
 * What holds the addresses of a mapping, as `renderManifests` would write it,
 * with the identity and labels that the Service has. Objects are marked as the
 * product's only where the Service is.
 */
export function renderLike(
  mapping: CollectedExternalService,
  target: Target,
  ports: FlatExternalService['ports'],
  options: RenderLikeOptions,
): UntypedObject[] {
  const metadata = objectAt(mapping.objects[0].manifest, 'metadata');
  const isOurs = textAt(metadata.labels, MANAGED_BY_LABEL) !== undefined;
  const [, ...holders] = renderManifests(
    {
      ...mapping.service,
      target,
      ports,
      // A directory that says the environment says it for what is added, too.
      environment: textAt(metadata.labels, ENVIRONMENT_LABEL),
    },
    { ...renderOptionsOf(mapping), ...options },
  );
  return holders.map(holder => {
    const labels = withoutFields(
      { ...holder.metadata.labels },
      isOurs ? [] : [MANAGED_BY_LABEL],
    );
    const hasLabels = Object.keys(labels).length > 0;
    return {
      ...holder,
      metadata: hasLabels
        ? { ...holder.metadata, labels }
        : withoutFields({ ...holder.metadata }, ['labels']),
    };
  });
}

/** The options with which a mapping would be rendered as it is. */
export function renderOptionsOf({
  objects: [service, ...holders],
  id,
}: CollectedExternalService): RenderOptions {
  const metadata = objectAt(service.manifest, 'metadata');
  const entityRef = id?.slice(0, id.lastIndexOf('#'));
  const kubernetesId = textAt(metadata.labels, KUBERNETES_ID_LABEL);
  const hasEndpoints = holders.some(
    ({ manifest }) => intendedKind(manifest) === 'Endpoints',
  );
  return {
    ...(hasEndpoints && { endpoints: 'Endpoints' as const }),
    ...(entityRef && { entityRef }),
    ...(kubernetesId && { kubernetesId }),
  };
}
