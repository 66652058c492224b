import fc from 'fast-check';
import type { EditFile } from '../edit/EditResult';
import { renderManifests } from '../manifests/renderManifests';
import type { FlatExternalService } from '../model/ExternalService';
import { resolve } from '../model/resolve';
import { arbitraryService } from './arbitraryService';
import { type Handwriting, PersonWriter, randomNumbers } from './PersonWriter';

/** Files of an entity that people wrote, and what they declare. */
export interface WrittenFiles {
  files: EditFile[];
  services: FlatExternalService[];
}

const OTHER = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data: { a: 'b' },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'own' },
    spec: { selector: { app: 'own' }, ports: [{ port: 80 }] },
  },
];

const handwriting: fc.Arbitrary<Handwriting> = fc.record({
  newline: fc.constantFrom(
    '\n' as const,
    '\n' as const,
    '\r\n' as const,
    'mixed' as const,
  ),
  comments: fc.constantFrom(0, 0.1, 0.3),
  brackets: fc.constantFrom(0, 0.2, 0.6),
  quotes: fc.constantFrom(0, 0.2, 1),
});

/** Services of different names, each in one form. */
export const flatServices: fc.Arbitrary<FlatExternalService[]> = fc
  .uniqueArray(arbitraryService, {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: 4,
  })
  .map(services =>
    services.map(service => {
      const [environment] = Object.keys(service.environments ?? {});
      return resolve(service, environment)!;
    }),
  );

/** Files with some services, in any handwriting, spread over documents, files and lists. */
export function arbitraryFiles(
  services: fc.Arbitrary<FlatExternalService[]> = flatServices,
  hand: Partial<Handwriting> = {},
): fc.Arbitrary<WrittenFiles> {
  return fc
    .record({ services, hand: handwriting, seed: fc.nat() })
    .map(({ services: declared, hand: own, seed }) => ({
      services: declared,
      files: writeFiles(declared, { ...own, ...hand }, randomNumbers(seed)),
    }));
}

function writeFiles(
  services: FlatExternalService[],
  hand: Handwriting,
  random: () => number,
): EditFile[] {
  const person = new PersonWriter(random, hand);
  const documents: object[] = services.flatMap(service => {
    const endpoints = person.pick(['EndpointSlice', 'Endpoints'] as const);
    const options = person.chance(0.3)
      ? {
          endpoints,
          entityRef: 'component:default/orders',
          kubernetesId: 'orders',
        }
      : { endpoints };
    return renderManifests(service, options).map(manifest =>
      asPeopleWrite(manifest, person, hand.quiet ?? []),
    );
  });
  const all = shuffled(
    [...documents, ...OTHER.filter(() => person.chance(0.3))],
    person,
  );
  const count = person.pick([1, 1, 2, 3]);
  const files = Array.from({ length: count }, (_, index) => ({
    path: `external-services/${index}.yaml`,
    content: writeFile(
      all.filter((_document, i) => i % count === index),
      person,
    ),
  }));
  return files.filter(({ content }) => content !== '');
}

function writeFile(documents: object[], person: PersonWriter): string {
  if (documents.length === 0) {
    return '';
  }
  const pieces =
    documents.length > 1 && person.chance(0.1)
      ? [{ apiVersion: 'v1', kind: 'List', items: documents }]
      : documents;
  const text = pieces
    .map((document, index) => {
      const marked = index > 0 || person.chance(0.3);
      const separator = marked
        ? person.lines([person.pick(['---', '---', '--- # next'])])
        : '';
      const end = person.chance(0.1) ? person.lines(['...']) : '';
      return separator + person.document(document) + end;
    })
    .join('');
  const head = person.chance(0.1) ? '\ufeff' : '';
  const comments = person.lines(person.filler(0));
  const tail = person.lines(person.filler(person.pick([0, 2])));
  const whole = head + comments + text + tail;
  return person.chance(0.2) ? whole.replace(/(\r?\n)+$/, '') : whole;
}

/** Leaves out what is the default anyway, and orders fields by taste. */
function asPeopleWrite(
  value: unknown,
  person: PersonWriter,
  together: string[],
): object {
  return rewritten(value) as object;

  function rewritten(item: unknown): unknown {
    if (Array.isArray(item)) {
      return item.map(rewritten);
    }
    if (typeof item !== 'object' || item === null) {
      return item;
    }
    const fields = Object.entries(item).filter(
      ([key, field]) =>
        !(key === 'protocol' && field === 'TCP' && person.chance(0.5)) &&
        !(key === 'targetPort' && person.chance(0.5)) &&
        !(key.endsWith('managed-by') && person.chance(0.5)),
    );
    const kept = fields.filter(([key]) => together.includes(key));
    const others = fields.filter(([key]) => !together.includes(key));
    const ordered = person.chance(0.3) ? shuffled(others, person) : others;
    return Object.fromEntries(
      [...kept, ...ordered].map(([key, field]) => [key, rewritten(field)]),
    );
  }
}

function shuffled<T>(values: T[], person: PersonWriter): T[] {
  return values
    .map(value => ({ value, rank: person.pick([0, 1, 2, 3, 4, 5]) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}
