import {
  lintManifests,
  type ManifestObject,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { Figure } from '../Figure';
import { measure, type Rounds } from '../measure';
import { sampleFiles } from './reading';

/** Documents of a file; the sample services have two each. */
const DOCUMENTS_A_FILE = 100;

/** Time a document in a repository of many, against one of few: 1 is linear. */
export function growthFigure(
  few: number,
  many: number,
  rounds: Rounds,
): Figure {
  const [perDocument, before] = [many, few].map(documents => {
    const files = inFiles(sampleFiles(documents / 2));
    // Small ones are read again and again, so that both take about as long.
    const times = Math.max(1, Math.round(many / documents / 10));
    const [time] = measure(
      [() => Array.from({ length: times }, () => checkRepository(files))],
      rounds,
    );
    return (time * 1000) / times / documents;
  });
  return {
    name: `a document of ${many}`,
    value: perDocument,
    unit: 'µs',
    baseline: { name: `a document of ${few}`, value: before },
    goal: { ratio: 1.5 },
  };
}

function inFiles(texts: string[]): string[] {
  const perFile = DOCUMENTS_A_FILE / 2;
  return Array.from({ length: Math.ceil(texts.length / perFile) }, (_, index) =>
    texts.slice(index * perFile, (index + 1) * perFile).join('---\n'),
  );
}

/** All files of a repository, whose objects are looked at together. */
function checkRepository(files: string[]): number {
  const objects: ManifestObject[] = [];
  for (const [index, text] of files.entries()) {
    objects.push(...parseManifests(text, `${index}.yaml`).objects);
  }
  return validateManifests(objects).length + lintManifests(objects).length;
}
