import { editManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { loadAll } from 'js-yaml';
import type { Figure } from '../Figure';
import { measure, type Rounds } from '../measure';
import { sampleFiles } from './reading';

/** Leading one mapping somewhere else, in a file of many documents. */
export function editingFigure(documents: number, rounds: Rounds): Figure {
  // The sample services have two documents each.
  const services = documents / 2;
  const content = sampleFiles(services).join('---\n');
  // A DNS name, as every third of them has.
  const name = `service-${3 * Math.floor(services / 6)}`;
  const edit = () =>
    editManifests([{ path: 'external-services.yaml', content }], {
      action: 'retarget',
      mapping: { name },
      target: { dnsName: 'elsewhere.example.com' },
    });
  const { status } = edit();
  if (status !== 'edited') {
    throw new Error(`The edit that is measured was ${status}`);
  }
  const [value, load] = measure([edit, () => loadAll(content)], rounds);
  return {
    name: `edit one mapping of ${documents} documents`,
    value,
    baseline: { name: 'js-yaml load', value: load },
    goal: { value: 5 },
  };
}
