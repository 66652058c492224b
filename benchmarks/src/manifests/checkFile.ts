import {
  type Finding,
  lintManifests,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';

/** All that happens to a file whose manifests are looked at, in one go. */
export function checkFile(text: string): Finding[] {
  const { objects, findings } = parseManifests(text, 'external-services.yaml');
  return [
    ...findings,
    ...validateManifests(objects),
    ...lintManifests(objects),
  ];
}
