import { ID_ANNOTATION } from '../../catalog/annotations';
import type { CollectedExternalService } from '../../manifests/collectExternalServices';
import { intendedKind } from '../../manifests/kinds';
import {
  isObject,
  objectAt,
  textAt,
  type UntypedObject,
} from '../../manifests/reading';
import { SERVICE_NAME_LABEL } from '../../model/ownMetadata';
import { type EditPlan, emptyPlan } from './EditPlan';

/**
 * Another name: of the Service, of its Endpoints and of slices that are named
 * after it; in the label that ties a slice to it; and in our identity. Other
 * texts that happen to hold the name are somebody's own and stay.
 */
export function planRename(
  { service, objects }: CollectedExternalService,
  name: string,
): EditPlan {
  const plan = emptyPlan();
  for (const object of objects) {
    const { manifest } = object;
    plan.changed.set(object, {
      ...manifest,
      metadata: renamed(
        objectAt(manifest, 'metadata'),
        service.name,
        name,
        intendedKind(manifest) === 'EndpointSlice',
      ),
    });
  }
  return plan;
}

function renamed(
  metadata: UntypedObject,
  before: string,
  after: string,
  isSlice: boolean,
): UntypedObject {
  const own = textAt(metadata, 'name') ?? '';
  const follows = own === before || (isSlice && own.startsWith(`${before}-`));
  const { labels, annotations } = metadata;
  const id = textAt(annotations, ID_ANNOTATION);
  return {
    ...metadata,
    ...(follows && { name: after + own.slice(before.length) }),
    ...(isSlice &&
      isObject(labels) && {
        labels: { ...labels, [SERVICE_NAME_LABEL]: after },
      }),
    ...(isObject(annotations) &&
      id?.endsWith(`#${before}`) && {
        annotations: {
          ...annotations,
          [ID_ANNOTATION]: id.slice(0, -before.length) + after,
        },
      }),
  };
}
