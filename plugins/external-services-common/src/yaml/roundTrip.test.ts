import fc from 'fast-check';
import { arbitraryService } from '../__testUtils__/arbitraryService';
import { manyAddresses } from '../__testUtils__/manyAddresses';
import { collectExternalServices } from '../manifests/collectExternalServices';
import { renderManifests } from '../manifests/renderManifests';
import type { ExternalService } from '../model/ExternalService';
import { externalServiceSchema } from '../model/externalServiceSchema';
import { normalise } from '../model/normalise';
import { resolve } from '../model/resolve';
import { validateManifests } from '../validation/validateManifests';
import { parseManifests } from './parseManifests';
import { renderFiles } from './renderFiles';
import { stringifyManifests } from './stringifyManifests';

const kinds = fc.constantFrom('EndpointSlice' as const, 'Endpoints' as const);
const options = fc.record({
  endpoints: kinds,
  linterAnnotations: fc.boolean(),
});

function environmentsOf(service: ExternalService): (string | undefined)[] {
  return service.environments ? Object.keys(service.environments) : [undefined];
}

describe('round trip', () => {
  it('generates services that the schema accepts', () => {
    fc.assert(
      fc.property(arbitraryService, service => {
        expect(externalServiceSchema.safeParse(service).error).toBeUndefined();
      }),
    );
  });

  it('collects from rendered YAML what was resolved', () => {
    fc.assert(
      fc.property(arbitraryService, options, (service, rendering) => {
        for (const environment of environmentsOf(service)) {
          const flat = resolve(service, environment)!;
          const text = stringifyManifests(renderManifests(flat, rendering));
          const { objects, findings } = parseManifests(text);
          expect(findings).toEqual([]);
          expect(collectExternalServices(objects)).toEqual([
            expect.objectContaining({ service: normalise(flat) }),
          ]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('collects what fills several slices', () => {
    fc.assert(
      fc.property(manyAddresses(), fc.boolean(), (addresses, headless) => {
        const hostnames = headless ? { [addresses[7]]: 'db-7' } : undefined;
        const flat = {
          name: 'api',
          target: { addresses, headless, hostnames },
          ports: [{ port: 80, protocol: 'TCP' as const }],
        };
        const text = stringifyManifests(renderManifests(flat));
        const { objects } = parseManifests(text);
        expect(validateManifests(objects)).toEqual([]);
        expect(collectExternalServices(objects)[0].service).toEqual(
          normalise(flat),
        );
      }),
      { numRuns: 10 },
    );
  });

  it('collects from the rendered files each environment as it was resolved', () => {
    fc.assert(
      fc.property(arbitraryService, kinds, (service, endpoints) => {
        const files = renderFiles(service, {
          layout: 'per-environment',
          endpoints,
          entityRef: 'component:default/orders',
          kubernetesId: 'orders',
          kustomization: true,
        });
        const parsed = files.map(file =>
          parseManifests(file.content, file.path),
        );
        expect(parsed.flatMap(({ findings }) => findings)).toEqual([]);
        const collected = collectExternalServices(
          parsed.flatMap(({ objects }) => objects),
        );
        expect(collected.map(item => item.service)).toEqual(
          environmentsOf(service).map(name =>
            normalise(resolve(service, name)!),
          ),
        );
        expect(new Set(collected.map(item => item.id))).toEqual(
          new Set([`component:default/orders#${service.name}`]),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('collects the same whatever the order of the objects', () => {
    fc.assert(
      fc.property(arbitraryService, service => {
        const flat = resolve(service, environmentsOf(service)[0])!;
        const { objects } = parseManifests(
          stringifyManifests(renderManifests(flat)),
        );
        expect(
          collectExternalServices([...objects].reverse())[0].service,
        ).toEqual(normalise(flat));
      }),
    );
  });

  it('normalises once and for all', () => {
    fc.assert(
      fc.property(arbitraryService, service => {
        const once = normalise(resolve(service, environmentsOf(service)[0])!);
        expect(normalise(once)).toEqual(once);
      }),
    );
  });

  it('renders the same bytes from the same meaning', () => {
    fc.assert(
      fc.property(arbitraryService, service => {
        const flat = resolve(service, environmentsOf(service)[0])!;
        expect(stringifyManifests(renderManifests(normalise(flat)))).toBe(
          stringifyManifests(renderManifests(flat)),
        );
      }),
    );
  });
});
