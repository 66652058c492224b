import { renderManifests } from '@external-services/backstage-plugin-external-services-common';
import { stringifyManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { dump } from 'js-yaml';
import type { Figure } from '../Figure';
import { measure, type Rounds } from '../measure';
import { sampleServices } from './sampleServices';

/** Rendering, with the reading back that it includes, against `js-yaml` writing the same. */
export function renderingFigure(count: number, rounds: Rounds): Figure {
  const services = sampleServices(count);
  const rendered = services.map(service => renderManifests(service));
  const [value, written] = measure(
    [
      () =>
        services.forEach(service =>
          stringifyManifests(renderManifests(service)),
        ),
      () =>
        rendered.forEach(manifests =>
          manifests.map(manifest => dump(manifest)).join('---\n'),
        ),
    ],
    rounds,
  );
  return {
    name: `render ${count} services`,
    value,
    baseline: { name: 'js-yaml dump', value: written },
  };
}
