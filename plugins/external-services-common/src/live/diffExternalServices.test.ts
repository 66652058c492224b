import fc from 'fast-check';
import { arbitraryService } from '../__testUtils__/arbitraryService';
import { asClusterKeeps } from '../__testUtils__/asClusterKeeps';
import { collectExternalServices } from '../manifests/collectExternalServices';
import { renderManifests } from '../manifests/renderManifests';
import { toManifestObject } from '../manifests/toManifestObject';
import type {
  ExternalService,
  FlatExternalService,
} from '../model/ExternalService';
import { resolve } from '../model/resolve';
import { diffExternalServices } from './diffExternalServices';

const alias = (
  over: Partial<FlatExternalService> = {},
): FlatExternalService => ({
  name: 'external-db',
  namespace: 'shop',
  target: { dnsName: 'db.example.com' },
  ports: [{ port: 5432, protocol: 'TCP' }],
  ...over,
});

const fixed = (
  over: Partial<FlatExternalService> = {},
): FlatExternalService => ({
  ...alias(),
  target: { addresses: ['203.0.113.1', '203.0.113.2'] },
  ...over,
});

const direct = (over: object = {}): FlatExternalService =>
  fixed({
    target: {
      addresses: ['203.0.113.1', '203.0.113.2'],
      headless: true,
      ...over,
    },
  });

const flatServices = fc
  .tuple(arbitraryService, fc.nat())
  .map(([service, index]) => flat(service, index));

function flat(service: ExternalService, index: number): FlatExternalService {
  const names = Object.keys(service.environments ?? {});
  return resolve(service, names[index % Math.max(names.length, 1)])!;
}

function collect(manifests: Record<string, unknown>[]): FlatExternalService[] {
  return collectExternalServices(
    manifests.map(manifest => toManifestObject(manifest)),
  ).map(({ service }) => service);
}

describe('diffExternalServices', () => {
  it('finds no difference between a service and itself', () => {
    fc.assert(
      fc.property(flatServices, service => {
        expect(diffExternalServices(service, service)).toEqual([]);
      }),
    );
  });

  it.each(['EndpointSlice', 'Endpoints'] as const)(
    'finds none in what a cluster keeps of what was rendered with %s',
    endpoints => {
      fc.assert(
        fc.property(flatServices, service => {
          const live = collect(
            asClusterKeeps(
              renderManifests(service, {
                endpoints,
                entityRef: 'component:default/orders',
                kubernetesId: 'orders',
              }),
            ),
          );
          expect(live).toHaveLength(1);
          expect(diffExternalServices(service, live[0])).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each<[string, FlatExternalService, FlatExternalService]>([
    [
      'case and a trailing dot',
      alias(),
      alias({ target: { dnsName: 'DB.Example.com.' } }),
    ],
    [
      'the order of addresses',
      fixed(),
      fixed({ target: { addresses: ['203.0.113.2', '203.0.113.1'] } }),
    ],
    [
      'the spelling of an address',
      fixed({ target: { addresses: ['2001:db8::1'] } }),
      fixed({ target: { addresses: ['2001:0DB8:0:0::0001'] } }),
    ],
    [
      'a target port that is the port',
      fixed(),
      fixed({ ports: [{ port: 5432, targetPort: 5432, protocol: 'TCP' }] }),
    ],
    [
      'the order of ports',
      fixed({
        ports: [
          { name: 'a', port: 1, protocol: 'TCP' },
          { name: 'b', port: 2, protocol: 'UDP' },
        ],
      }),
      fixed({
        ports: [
          { name: 'b', port: 2, protocol: 'UDP' },
          { name: 'a', port: 1, protocol: 'TCP' },
        ],
      }),
    ],
    [
      'a namespace that the deployment chose',
      alias({ namespace: undefined }),
      alias(),
    ],
    [
      'labels and annotations that only the cluster has',
      alias({ labels: { team: 'shop' } }),
      alias({
        labels: { team: 'shop', 'app.kubernetes.io/instance': 'orders' },
        annotations: { 'example.com/seen': 'yes' },
      }),
    ],
    [
      'what is written for Argo CD',
      alias({ annotations: { 'argocd.argoproj.io/sync-wave': '-1' } }),
      alias(),
    ],
  ])('takes no notice of %s', (_, declared, live) => {
    expect(diffExternalServices(declared, live)).toEqual([]);
  });

  it.each<
    [string, FlatExternalService, FlatExternalService, [string, string][]]
  >([
    [
      'another name',
      alias(),
      alias({ name: 'dev-external-db' }),
      [['external-db', 'dev-external-db']],
    ],
    [
      'another namespace',
      alias(),
      alias({ namespace: 'other' }),
      [['shop', 'other']],
    ],
    [
      'another DNS name',
      alias(),
      alias({ target: { dnsName: 'old.example.com' } }),
      [['db.example.com', 'old.example.com']],
    ],
    [
      'addresses instead of a DNS name',
      alias(),
      fixed(),
      [
        ['dns-alias', 'fixed-addresses'],
        ['db.example.com', '203.0.113.1, 203.0.113.2'],
      ],
    ],
    [
      'another address',
      fixed(),
      fixed({ target: { addresses: ['203.0.113.9', '203.0.113.1'] } }),
      [['203.0.113.2', '203.0.113.9']],
    ],
    [
      'no address',
      fixed(),
      fixed({ target: { addresses: [] } }),
      [['203.0.113.1, 203.0.113.2', '']],
    ],
    ['an address that is shared', direct(), fixed(), [['true', 'false']]],
    [
      'another name of an address',
      direct({ hostnames: { '203.0.113.1': 'db-0' } }),
      direct({ hostnames: { '203.0.113.1': 'db-1' } }),
      [['203.0.113.1=db-0', '203.0.113.1=db-1']],
    ],
    [
      'another port',
      alias(),
      alias({ ports: [{ port: 5433, protocol: 'TCP' }] }),
      [['5432/TCP', '5433/TCP']],
    ],
    [
      'another protocol',
      fixed(),
      fixed({ ports: [{ port: 5432, protocol: 'UDP' }] }),
      [['5432/TCP', '5432/UDP']],
    ],
    [
      'another target port',
      fixed(),
      fixed({ ports: [{ port: 5432, targetPort: 6432, protocol: 'TCP' }] }),
      [['5432/TCP', '5432/TCP → 6432']],
    ],
    [
      'another application protocol',
      fixed(),
      fixed({ ports: [{ port: 5432, appProtocol: 'tls', protocol: 'TCP' }] }),
      [['5432/TCP', '5432/TCP (tls)']],
    ],
    [
      'a port that was given a name',
      fixed(),
      fixed({ ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }] }),
      [['5432/TCP', 'sql 5432/TCP']],
    ],
    ['a missing port', alias(), alias({ ports: [] }), [['5432/TCP', '']]],
    [
      'clients that are kept on one address',
      fixed(),
      fixed({ sessionAffinity: { timeoutSeconds: 60 } }),
      [['', 'ClientIP 60 s']],
    ],
    [
      'addresses that are used while not ready',
      fixed(),
      fixed({ publishNotReadyAddresses: true }),
      [['false', 'true']],
    ],
    [
      'another value of a label',
      alias({ labels: { team: 'shop', tier: 'a' } }),
      alias({ labels: { team: 'pay', tier: 'a' } }),
      [['team=shop', 'team=pay']],
    ],
    [
      'a missing annotation',
      alias({ annotations: { 'example.com/owner': 'x' } }),
      alias(),
      [['example.com/owner=x', '']],
    ],
  ])('sees %s', (_, declared, live, expected) => {
    expect(
      diffExternalServices(declared, live).map(difference => [
        difference.declared,
        difference.live,
      ]),
    ).toEqual(expected);
  });

  it('names only what differs of a thousand addresses, and bounds it', () => {
    const many = Array.from(
      { length: 1000 },
      (_, index) => `10.0.${Math.floor(index / 250)}.${index % 250}`,
    );
    const [one, ...more] = diffExternalServices(
      fixed({ target: { addresses: many } }),
      fixed({ target: { addresses: many.slice(0, 12) } }),
    );
    expect(more).toEqual([]);
    expect(one).toMatchObject({ field: 'addresses', live: '' });
    expect(one.declared).toMatch(/^10\.0\.0\.12, .*… \(\+978\)$/);
    expect(one.declared.length).toBeLessThanOrEqual(200);
  });

  it('sees every change of a single field of any service', () => {
    const change = fc.constantFrom<
      [string, (service: FlatExternalService) => FlatExternalService]
    >(
      ['name', service => ({ ...service, name: `${service.name}x` })],
      [
        'namespace',
        service => ({ ...service, namespace: `${service.namespace}x` }),
      ],
      [
        'ports',
        service => ({
          ...service,
          ports: [
            ...service.ports,
            { name: 'another', port: 65_000, protocol: 'SCTP' },
          ],
        }),
      ],
      [
        'target',
        service => ({ ...service, target: { dnsName: 'another.example.org' } }),
      ],
      [
        'addresses',
        service => ({
          ...service,
          target: {
            ...('addresses' in service.target && service.target),
            addresses: ['198.51.100.250'],
          },
        }),
      ],
      [
        'labels',
        service => ({
          ...service,
          labels: { ...service.labels, declared: 'only' },
        }),
      ],
    );
    fc.assert(
      fc.property(flatServices, change, (service, [, changed]) => {
        const base = { namespace: 'shop', ...service };
        expect(diffExternalServices(changed(base), base)).not.toEqual([]);
      }),
    );
  });
});
