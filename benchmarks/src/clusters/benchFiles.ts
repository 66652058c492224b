import { stringifyManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { renderManifests } from '@external-services/backstage-plugin-external-services-common';
import {
  addressOf,
  ALIASES_OF,
  LABELLED_WITH,
  labelledPlaces,
  serviceName,
} from './loadObjects';

/** Component that declares some of the Services with addresses. */
export const DECLARING = LABELLED_WITH;
/** Component that declares nothing and that every alias says it belongs to. */
export const ALIASES = ALIASES_OF.split('/')[1];

/** A repository with both components and what the first one declares. */
export function benchFiles(objects: number): Record<string, string> {
  const manifests = labelledPlaces(objects).map(place => [
    `external-services/${serviceName(place)}.yaml`,
    stringifyManifests(
      renderManifests({
        name: serviceName(place),
        target: { addresses: [addressOf(place)] },
        ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      }),
    ),
  ]);
  return {
    'catalog-info.yaml': [
      component(DECLARING, '/external-services/*.yaml'),
      component(ALIASES, '/none/*.yaml'),
    ].join('---\n'),
    ...Object.fromEntries(manifests),
  };
}

function component(name: string, manifests: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations:
    external-services/manifests: ${manifests}
spec:
  type: service
  lifecycle: production
  owner: guests
`;
}
