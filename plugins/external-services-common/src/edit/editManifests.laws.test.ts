import fc from 'fast-check';
import {
  arbitraryFiles,
  flatServices,
  type WrittenFiles,
} from '../__testUtils__/arbitraryFiles';
import { collectExternalServices } from '../manifests/collectExternalServices';
import { renderManifests } from '../manifests/renderManifests';
import {
  type AddressTarget,
  type FlatExternalService,
  isDnsTarget,
} from '../model/ExternalService';
import { normalise } from '../model/normalise';
import { parseManifests } from '../yaml/parseManifests';
import { stringifyManifests } from '../yaml/stringifyManifests';
import { editManifests } from './editManifests';
import type { EditFile, EditResult } from './EditResult';
import type { ManifestChange } from './ManifestChange';

const RUNS = Number(process.env.EDIT_RUNS ?? 100);

/** The files after an edit. */
function applied(files: EditFile[], result: EditResult): EditFile[] {
  if (result.status === 'unchanged') {
    return files;
  }
  if (result.status !== 'edited') {
    throw new Error(`not edited: ${JSON.stringify(result)}`);
  }
  const { changed, deleted } = result;
  const known = files.map(({ path }) => path);
  return [
    ...files
      .filter(({ path }) => !deleted.includes(path))
      .map(file => changed.find(({ path }) => path === file.path) ?? file),
    ...changed.filter(({ path }) => !known.includes(path)),
  ];
}

/** The files after an edit and its inverse. */
function restored(
  files: EditFile[],
  there: EditResult,
  inverse: ManifestChange,
): EditFile[] {
  const after = applied(files, there);
  return applied(after, editManifests(after, inverse));
}

function declared(files: EditFile[]): FlatExternalService[] {
  const parsed = files.map(({ path, content }) =>
    parseManifests(content, path),
  );
  expect(parsed.flatMap(({ findings }) => findings)).toEqual([]);
  return collectExternalServices(parsed.flatMap(({ objects }) => objects))
    .map(({ service }) => service)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const sorted = (services: FlatExternalService[]) =>
  services.map(normalise).sort((a, b) => (a.name < b.name ? -1 : 1));

/** A mapping of the files, and another service that none of them declares. */
const written: fc.Arbitrary<WrittenFiles & { other: FlatExternalService }> = fc
  .record({ written: arbitraryFiles(), others: flatServices })
  .map(({ written: files, others: [other] }) => ({ ...files, other }))
  .filter(({ services, other }) =>
    services.every(({ name }) => name !== other.name),
  );

/** Addresses in normal form begin with IPv4, the first family where there is one. */
function firstFamily({ addresses }: AddressTarget): boolean {
  return addresses.some(address => !address.includes(':'));
}

/** What Kubernetes takes: no switch of a running service, and a port where one is needed. */
function canLeadTo(
  { target: before, ports }: FlatExternalService,
  after: FlatExternalService['target'],
): boolean {
  if (isDnsTarget(after)) {
    return true;
  }
  const keepsForm =
    isDnsTarget(before) ||
    (before.headless === after.headless &&
      (after.headless || firstFamily(before) === firstFamily(after)));
  return keepsForm && (after.headless || ports.length > 0);
}

/** The order of addresses means nothing, and those that stand already stay. */
function withoutOrder(target: FlatExternalService['target']) {
  return isDnsTarget(target)
    ? target
    : { ...target, addresses: [...target.addresses].sort() };
}

describe('laws of editing manifests', () => {
  it('generates files that declare what was meant', () => {
    fc.assert(
      fc.property(arbitraryFiles(), ({ files, services }) => {
        expect(declared(files).map(({ name }) => name)).toEqual(
          sorted(services).map(({ name }) => name),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('removes a mapping and nothing else', () => {
    fc.assert(
      fc.property(written, ({ files, services }) => {
        const before = declared(files);
        const [{ name }] = services;
        const change: ManifestChange = { action: 'remove', mapping: { name } };
        const after = applied(files, editManifests(files, change));
        expect(declared(after)).toEqual(
          before.filter(service => service.name !== name),
        );
        expect(editManifests(after, change)).toEqual({ status: 'unchanged' });
      }),
      { numRuns: RUNS },
    );
  });

  it('adds a mapping, and removing it gives the original bytes', () => {
    fc.assert(
      fc.property(written, fc.boolean(), ({ files, other }, isNew) => {
        const before = declared(files);
        const change: ManifestChange = {
          action: 'add',
          path: isNew ? 'new.yaml' : files[0].path,
          manifests: renderManifests(other),
        };
        const after = applied(files, editManifests(files, change));
        expect(declared(after)).toEqual(sorted([...before, other]));
        expect(editManifests(after, change)).toEqual({ status: 'unchanged' });
        const back = editManifests(after, {
          action: 'remove',
          mapping: { name: other.name },
        });
        expect(applied(after, back)).toEqual(files);
      }),
      { numRuns: RUNS },
    );
  });

  it('renames a mapping and nothing else', () => {
    fc.assert(
      fc.property(written, ({ files, services, other }) => {
        const before = declared(files);
        const [{ name }] = services;
        const change: ManifestChange = {
          action: 'rename',
          mapping: { name },
          name: other.name,
        };
        const after = applied(files, editManifests(files, change));
        expect(declared(after)).toEqual(
          sorted(
            before.map(service =>
              service.name === name
                ? { ...service, name: other.name }
                : service,
            ),
          ),
        );
        expect(editManifests(after, change)).toEqual({ status: 'unchanged' });
      }),
      { numRuns: RUNS },
    );
  });

  it('gives a mapping another target', () => {
    fc.assert(
      fc.property(written, ({ files, services, other }) => {
        const before = declared(files);
        const [{ name }] = services;
        const mapping = before.find(service => service.name === name)!;
        const change: ManifestChange = {
          action: 'retarget',
          mapping: { name },
          target: other.target,
        };
        fc.pre(canLeadTo(mapping, other.target));
        const after = applied(files, editManifests(files, change));
        const wanted = normalise({ ...mapping, target: other.target });
        const shown = (list: FlatExternalService[]) =>
          list.map(service =>
            service.name === name
              ? {
                  ...service,
                  target: withoutOrder(service.target),
                  sessionAffinity: undefined,
                  publishNotReadyAddresses: undefined,
                  ports: service.ports.map(
                    ({ targetPort: _, ...port }) => port,
                  ),
                }
              : service,
          );
        expect(shown(declared(after))).toEqual(
          shown(
            before.map(service => (service.name === name ? wanted : service)),
          ),
        );
        expect(editManifests(after, change)).toEqual({ status: 'unchanged' });
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('gives a mapping other ports', () => {
    fc.assert(
      fc.property(written, ({ files, services, other }) => {
        const before = declared(files);
        const [{ name }] = services;
        const mapping = before.find(service => service.name === name)!;
        const change: ManifestChange = {
          action: 'ports',
          mapping: { name },
          ports: other.ports,
        };
        const wanted = normalise({ ...mapping, ports: other.ports });
        fc.pre(canLeadTo(wanted, wanted.target));
        const after = applied(files, editManifests(files, change));
        expect(declared(after)).toEqual(
          before.map(service => (service.name === name ? wanted : service)),
        );
        expect(editManifests(after, change)).toEqual({ status: 'unchanged' });
      }),
      { numRuns: RUNS * 2 },
    );
  });
});

/** Written over and over, so that what takes the place of another looks alike. */
const plainName = fc.stringMatching(/^[a-z]{3,8}-[a-z]{1,8}$/);
const hostName = plainName.map(name => `${name}.example.com`);

/** A change of a target that takes nothing out: some addresses become others, some come. */
const grown = (target: FlatExternalService['target'], seed: number) => {
  if (isDnsTarget(target)) {
    return { dnsName: `db-${seed}.example.com` };
  }
  const addresses = target.addresses.flatMap((address, index) => {
    const isV6 = address.includes(':');
    const fresh = (n: number) =>
      isV6
        ? `2001:db8:ffff::${(((seed + index) % 1000) + 1).toString(16)}:${n}`
        : `198.51.100.${((seed + index * 3) % 80) * 3 + n}`;
    const replaced = (seed + index) % 3 === 0 ? fresh(1) : address;
    return (seed + index) % 5 === 0 ? [replaced, fresh(2)] : [replaced];
  });
  return { ...target, addresses: [...new Set(addresses)] };
};

describe('the inverse of an edit', () => {
  it('gives the original bytes after another name', () => {
    const names = fc.uniqueArray(plainName, { minLength: 5, maxLength: 5 });
    const services = fc
      .tuple(flatServices, names)
      .map(([list, [, ...chosen]]) =>
        list.map((service, index) => ({ ...service, name: chosen[index] })),
      );
    fc.assert(
      fc.property(arbitraryFiles(services), people => {
        const [{ name }] = people.services;
        const there = editManifests(people.files, {
          action: 'rename',
          mapping: { name },
          name: `other-${name}`,
        });
        expect(
          restored(people.files, there, {
            action: 'rename',
            mapping: { name: `other-${name}` },
            name,
          }),
        ).toEqual(people.files);
      }),
      { numRuns: RUNS },
    );
  });

  it('gives the original bytes after another target of the same form', () => {
    fc.assert(
      fc.property(arbitraryFiles(), fc.nat(), ({ files, services }, seed) => {
        const [{ name }] = services;
        const { target } = declared(files).find(
          service => service.name === name,
        )!;
        // A name of a single address goes with it, and is written anew.
        fc.pre(isDnsTarget(target) || !target.hostnames);
        const there = editManifests(files, {
          action: 'retarget',
          mapping: { name },
          target: grown(target, seed),
        });
        fc.pre(there.status === 'edited');
        expect(
          restored(files, there, {
            action: 'retarget',
            mapping: { name },
            target,
          }),
        ).toEqual(files);
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('gives the original bytes after more ports and other numbers', () => {
    fc.assert(
      fc.property(arbitraryFiles(), fc.nat(), ({ files, services }, seed) => {
        const [{ name }] = services;
        const { ports } = declared(files).find(
          service => service.name === name,
        )!;
        const changed = ports.map((port, index) =>
          (seed + index) % 2 === 0
            ? { ...port, port: 20_000 + ((seed + index * 7) % 9_000) }
            : port,
        );
        // A port that happens to get the number it leads to would say less than before.
        fc.pre(changed.every(({ port, targetPort }) => port !== targetPort));
        const added = { name: 'added', port: 31_000, protocol: 'UDP' as const };
        const there = editManifests(files, {
          action: 'ports',
          mapping: { name },
          ports: seed % 3 === 0 ? [...changed, added] : changed,
        });
        fc.pre(there.status === 'edited');
        expect(
          restored(files, there, {
            action: 'ports',
            mapping: { name },
            ports,
          }),
        ).toEqual(files);
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('gives the original bytes from a DNS name to addresses and back', () => {
    const aliases = fc
      .record({ services: flatServices, dnsName: hostName, name: plainName })
      .map(({ services, dnsName, name }) => [
        { ...services[0], target: { dnsName }, name },
        ...services.slice(1),
      ]);
    const files = fc
      .constantFrom('\n' as const, '\r\n' as const)
      .chain(newline =>
        arbitraryFiles(aliases, {
          newline,
          quiet: ['type', 'externalName'],
          quotes: 0,
        }),
      );
    fc.assert(
      fc.property(files, fc.boolean(), (people, headless) => {
        const [{ name, target }] = people.services;
        const there = editManifests(people.files, {
          action: 'retarget',
          mapping: { name },
          target: { addresses: ['203.0.113.1', '2001:db8::1'], headless },
        });
        fc.pre(there.status === 'edited');
        expect(
          restored(people.files, there, {
            action: 'retarget',
            mapping: { name },
            target,
          }),
        ).toEqual(people.files);
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('gives the original bytes from addresses to a DNS name and back, where they stand as rendered', () => {
    fc.assert(
      fc.property(flatServices, fc.boolean(), (services, isOne) => {
        const content = (list: FlatExternalService[]) =>
          stringifyManifests(list.flatMap(item => renderManifests(item)));
        const files = isOne
          ? [{ path: 'a.yaml', content: content(services) }]
          : services.map(service => ({
              path: `${service.name}.yaml`,
              content: content([service]),
            }));
        const [{ name, target }] = services;
        fc.pre(!isDnsTarget(target));
        const there = editManifests(files, {
          action: 'retarget',
          mapping: { name },
          target: { dnsName: 'db.example.com' },
        });
        expect(
          restored(files, there, {
            action: 'retarget',
            mapping: { name },
            target,
          }),
        ).toEqual(files);
      }),
      { numRuns: RUNS * 2 },
    );
  });
});
