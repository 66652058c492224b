import { stringifyManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { renderManifests } from '@external-services/backstage-plugin-external-services-common';
import { loadAll } from 'js-yaml';
import type { Figure } from '../Figure';
import { measure, type Rounds } from '../measure';
import { checkFile } from './checkFile';
import { sampleServices } from './sampleServices';

/** A file for each service. */
export function sampleFiles(services: number): string[] {
  return sampleServices(services).map(service =>
    stringifyManifests(renderManifests(service)),
  );
}

/** Parse, validate and lint, against `js-yaml` loading the same files. */
export function readingFigure(files: string[], rounds: Rounds): Figure {
  const [value, load] = measure(
    [
      () => files.forEach(checkFile),
      () => files.forEach(file => loadAll(file)),
    ],
    rounds,
  );
  return {
    name: 'parse, validate and lint',
    value,
    baseline: { name: 'js-yaml load', value: load },
    goal: { ratio: 1.5 },
  };
}
