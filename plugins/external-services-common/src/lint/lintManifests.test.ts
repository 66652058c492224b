import fc from 'fast-check';
import { arbitraryService } from '../__testUtils__/arbitraryService';
import { renderManifests } from '../manifests/renderManifests';
import { toManifestObject } from '../manifests/toManifestObject';
import { resolve } from '../model/resolve';
import { parseManifests } from '../yaml/parseManifests';
import type { LintContext } from './LintContext';
import { lintManifests } from './lintManifests';

const ALIAS = 'apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec:';

function alias(spec: string): string {
  return `${ALIAS} {type: ExternalName, ${spec}}`;
}

function service(
  spec: string,
  metadata = 'name: api, namespace: shop',
): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {${metadata}}\nspec: {${spec}}`;
}

function slice(
  fields: string,
  labels = 'kubernetes.io/service-name: api',
): string {
  return `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: api-1, namespace: shop, labels: {${labels}}}
${fields}`;
}

const API = service('ports: [{name: http, port: 80}]');
const GOOD_SLICE = slice(`addressType: IPv4
ports: [{name: http, port: 80}]
endpoints: [{addresses: [203.0.113.1]}]`);
const ENDPOINTS = `apiVersion: v1
kind: Endpoints
metadata: {name: api, namespace: shop}
subsets: [{addresses: [{ip: 203.0.113.1}], ports: [{name: http, port: 80}]}]`;

const manyEndpoints = (count: number) =>
  ENDPOINTS.replace(
    '{ip: 203.0.113.1}',
    Array.from(
      { length: count },
      (_, i) => `{ip: 10.0.${i >> 8}.${i % 256}}`,
    ).join(', '),
  );

function lint(text: string, context: LintContext = {}) {
  return lintManifests(parseManifests(text, 'prod/x.yaml').objects, context);
}

function found(text: string, context?: LintContext): string[] {
  return lint(text, context).map(
    ({ code, severity, path }) => `${severity} ${code} ${path}`,
  );
}

const join = (...documents: string[]) => documents.join('\n---\n');

describe('lintManifests', () => {
  it.each<[string, string, string, LintContext?]>([
    [
      'an address as alias',
      alias('externalName: 10.0.0.1'),
      'warning looks-like-ip spec.externalName',
    ],
    [
      'numbers as alias',
      alias('externalName: 999.1.1'),
      'warning looks-like-ip spec.externalName',
    ],
    [
      'localhost',
      alias('externalName: localhost'),
      'warning loopback-target spec.externalName',
    ],
    [
      'machine metadata by name',
      alias('externalName: metadata.google.internal'),
      'warning metadata-address spec.externalName',
    ],
    [
      'a single label',
      alias('externalName: db'),
      'warning single-label-name spec.externalName',
    ],
    [
      'an in-cluster name',
      alias('externalName: db.other.svc.cluster.local'),
      'warning in-cluster-target spec.externalName',
    ],
    [
      'an in-cluster name of another domain',
      alias('externalName: db.other.svc.corp.example'),
      'warning in-cluster-target spec.externalName',
      { clusterDomain: 'corp.example' },
    ],
    [
      'a name without its cluster domain',
      alias('externalName: db.other.svc'),
      'warning in-cluster-target spec.externalName',
    ],
    [
      'a label of 64 characters',
      alias(`externalName: ${'a'.repeat(64)}.example.com`),
      'warning unresolvable-name spec.externalName',
    ],
    [
      'ports of an alias',
      alias('externalName: db.example.com, ports: [{port: 5432}]'),
      'info ports-on-alias spec.ports',
    ],
    [
      'HTTPS through an alias',
      alias('externalName: db.example.com, ports: [{port: 443}]'),
      'info tls-name-mismatch spec.ports[0]',
    ],
    [
      'HTTPS by protocol',
      alias(
        'externalName: db.example.com, ports: [{port: 9000, appProtocol: https}]',
      ),
      'info tls-name-mismatch spec.ports[0]',
    ],
    [
      'an alias behind Envoy Gateway',
      alias('externalName: db.example.com'),
      'warning gateway-refuses-alias spec.type',
      { gateway: 'envoy-gateway' },
    ],
    [
      'a selector on an alias',
      alias('externalName: db.example.com, selector: {a: b}'),
      'warning ignored-field spec.selector',
    ],
    [
      'session affinity on a headless Service',
      join(service('clusterIP: None, sessionAffinity: ClientIP'), GOOD_SLICE),
      'warning ignored-field spec.sessionAffinity',
    ],
    [
      'an externalName without its type',
      join(
        service('externalName: db.example.com, ports: [{port: 1}]'),
        GOOD_SLICE,
      ),
      'warning ignored-field spec.externalName',
    ],
    ['no addresses', API, 'warning no-endpoints spec'],
    [
      'addresses that are not ready',
      join(
        API,
        slice(
          'addressType: IPv4\nports: [{name: http, port: 80}]\nendpoints: [{addresses: [203.0.113.1], conditions: {ready: false}}]',
        ),
      ),
      'warning no-endpoints spec',
    ],
    [
      'both forms at once',
      join(API, GOOD_SLICE, ENDPOINTS),
      'warning mixed-endpoints subsets',
    ],
    [
      'a port of another name',
      join(
        API,
        slice(
          'addressType: IPv4\nports: [{name: web, port: 80}]\nendpoints: [{addresses: [203.0.113.1]}]',
        ),
      ),
      'warning port-name-mismatch ports[0]',
    ],
    [
      'a port of another protocol',
      join(
        API,
        slice(
          'addressType: IPv4\nports: [{name: http, port: 80, protocol: UDP}]\nendpoints: [{addresses: [203.0.113.1]}]',
        ),
      ),
      'warning port-name-mismatch spec.ports[0]',
    ],
    [
      'a headless port that differs',
      join(
        service('clusterIP: None, ports: [{name: http, port: 8080}]'),
        GOOD_SLICE,
      ),
      'warning headless-port spec.ports[0].port',
    ],
    [
      'a targetPort that is not used',
      join(
        service('ports: [{name: http, port: 80, targetPort: 81}]'),
        GOOD_SLICE,
      ),
      'info target-port-mismatch spec.ports[0].targetPort',
    ],
    [
      'IPv6 behind an IPv4 Service',
      join(
        API,
        slice(
          'addressType: IPv6\nports: [{name: http, port: 80}]\nendpoints: [{addresses: ["2001:db8::1"]}]',
        ),
      ),
      'warning unused-ip-family addressType',
    ],
    [
      'local traffic',
      join(
        service(
          'internalTrafficPolicy: Local, ports: [{name: http, port: 80}]',
        ),
        GOOD_SLICE,
      ),
      'warning local-traffic spec.internalTrafficPolicy',
    ],
    [
      'traffic distribution',
      join(
        service(
          'trafficDistribution: PreferClose, ports: [{name: http, port: 80}]',
        ),
        GOOD_SLICE,
      ),
      'warning traffic-distribution spec.trafficDistribution',
    ],
    [
      'external IPs',
      join(
        service('externalIPs: [203.0.113.9], ports: [{name: http, port: 80}]'),
        GOOD_SLICE,
      ),
      'warning external-ips spec.externalIPs',
    ],
    [
      'a slice port without a number',
      join(
        API,
        slice(
          'addressType: IPv4\nports: [{name: http}]\nendpoints: [{addresses: [203.0.113.1]}]',
        ),
      ),
      'warning unusable-port ports[0].port',
    ],
    [
      'a slice port out of range',
      join(
        API,
        slice(
          'addressType: IPv4\nports: [{name: http, port: 70000}]\nendpoints: [{addresses: [203.0.113.1]}]',
        ),
      ),
      'warning unusable-port ports[0].port',
    ],
    [
      'a slice no Service owns',
      GOOD_SLICE,
      'warning orphan-slice metadata.labels',
    ],
    [
      'Endpoints that are not copied',
      join(
        API,
        ENDPOINTS.replace(
          'namespace: shop',
          'namespace: shop, labels: {endpointslice.kubernetes.io/skip-mirror: "true"}',
        ),
      ),
      'warning not-mirrored metadata.labels',
    ],
    [
      'Endpoints of a leader election',
      join(
        API,
        ENDPOINTS.replace(
          'namespace: shop',
          'namespace: shop, annotations: {control-plane.alpha.kubernetes.io/leader: "{}"}',
        ),
      ),
      'warning not-mirrored metadata.annotations',
    ],
    [
      'a slice without the label',
      join(API, slice('addressType: IPv4', 'a: b')),
      'warning orphan-slice metadata.labels',
    ],
    [
      'Endpoints no Service owns',
      ENDPOINTS,
      'warning orphan-slice metadata.name',
    ],
    [
      'a slice of names',
      join(
        API,
        slice(
          'addressType: FQDN\nports: [{name: http, port: 80}]\nendpoints: [{addresses: [db.example.com]}]',
        ),
      ),
      'warning fqdn-slice addressType',
    ],
    [
      'a slice with a controller’s label',
      join(
        API,
        slice(
          'addressType: IPv4\nports: []\nendpoints: []',
          'kubernetes.io/service-name: api, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io',
        ),
      ),
      'warning managed-by-controller metadata.labels',
    ],
    [
      'a slice that kube-proxy passes over',
      join(
        API,
        slice(
          'addressType: IPv4',
          'kubernetes.io/service-name: api, service.kubernetes.io/headless: ""',
        ),
      ),
      'warning hidden-slice metadata.labels',
    ],
    [
      'several addresses in one endpoint',
      join(
        API,
        slice(
          'addressType: IPv4\nports: [{name: http, port: 80}]\nendpoints: [{addresses: [203.0.113.1, 203.0.113.2]}]',
        ),
      ),
      'warning several-addresses endpoints[0].addresses',
    ],
    [
      'a metadata address the server accepts',
      join(
        API,
        slice(
          'addressType: IPv4\nports: [{name: http, port: 80}]\nendpoints: [{addresses: [168.63.129.16]}]',
        ),
      ),
      'warning metadata-address endpoints[0].addresses[0]',
    ],
    [
      'an address inside the cluster',
      join(API, GOOD_SLICE),
      'warning cluster-address endpoints[0].addresses[0]',
      { clusterRanges: ['203.0.113.0/24'] },
    ],
    [
      'Endpoints, deprecated',
      join(API, ENDPOINTS),
      'info deprecated-endpoints kind',
    ],
    [
      'more addresses than are mirrored',
      join(API, manyEndpoints(1001)),
      'warning mirroring-limit subsets[0].addresses',
    ],
    ['Argo CD, perhaps', join(API, GOOD_SLICE), 'info argo-cd-exclusion kind'],
    [
      'Argo CD, surely',
      join(API, GOOD_SLICE),
      'warning argo-cd-exclusion kind',
      { deployer: 'argo-cd' },
    ],
    [
      'rights of the deployer',
      join(API, GOOD_SLICE),
      'info deployer-rights kind',
    ],
    [
      'names changed by kustomize',
      join(API, GOOD_SLICE),
      'warning kustomize-link metadata.labels',
      { kustomize: { namePrefixOrSuffix: true } },
    ],
    [
      'a selector given by kustomize',
      join(API, GOOD_SLICE),
      'warning kustomize-selector spec',
      { kustomize: { commonLabels: true } },
    ],
    [
      'a target mapped twice',
      join(
        alias('externalName: db.example.com'),
        alias('externalName: DB.example.com.')
          .replace('name: db', 'name: db2')
          .replace('DB', 'db'),
      ),
      'info mapped-twice metadata.name',
    ],
    [
      'an object declared twice',
      join(
        alias('externalName: a.example.com'),
        alias('externalName: b.example.com'),
      ),
      'warning duplicate-object metadata.name',
    ],
    [
      'a change that Kubernetes ignores',
      join(API, GOOD_SLICE),
      'warning ignored-change spec.clusterIP',
      {
        existing: [
          toManifestObject({
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'api', namespace: 'shop' },
            spec: { clusterIP: 'None' },
          }),
        ],
      },
    ],
    [
      'a name that older versions refuse',
      alias('externalName: a.example.com').replace('name: db', 'name: 1db'),
      'info version-dependent metadata.name',
    ],
  ])('finds %s', (...row) => {
    const [, text, expected, context] = row;
    expect(found(text, context)).toContain(expected);
  });

  it('finds nothing but notes about what the product renders', () => {
    fc.assert(
      fc.property(arbitraryService, item => {
        const environment = Object.keys(item.environments ?? {})[0];
        const flat = resolve(item, environment)!;
        const objects = renderManifests(flat).map(manifest =>
          toManifestObject(manifest),
        );
        const warnings = lintManifests(objects).filter(
          ({ severity }) => severity === 'warning',
        );
        expect(warnings).toEqual([]);
      }),
    );
  });

  it('says of an ordinary alias nothing at all', () => {
    expect(found(alias('externalName: db.example.com'))).toEqual([]);
  });

  it('names object, file and position', () => {
    expect(lint(alias('externalName: 10.0.0.1'))[0]).toMatchObject({
      object: { apiVersion: 'v1', kind: 'Service', name: 'db' },
      file: 'prod/x.yaml',
      position: { line: 4, column: 28 },
    });
  });

  it('turns a warning that was accepted with a reason into a note', () => {
    const text = alias('externalName: db').replace(
      'name: db',
      'name: db, annotations: {external-services/accept: "single-label-name: resolved by a hosts file"}',
    );
    expect(lint(text)).toEqual([
      expect.objectContaining({
        code: 'single-label-name',
        severity: 'info',
        message: expect.stringMatching(/Accepted: resolved by a hosts file$/),
      }),
    ]);
  });

  it('keeps a warning that was accepted without a reason', () => {
    const text = alias('externalName: db').replace(
      'name: db',
      'name: db, annotations: {external-services/accept: "single-label-name"}',
    );
    expect(found(text)).toEqual([
      'warning single-label-name spec.externalName',
    ]);
  });

  it('keeps the variants of different environments apart', () => {
    const objects = ['dev', 'prod'].flatMap(
      environment =>
        parseManifests(
          alias(`externalName: db.${environment}.example.com`),
          `${environment}/db.yaml`,
        ).objects,
    );
    expect(lintManifests(objects, { environments: ['dev', 'prod'] })).toEqual(
      [],
    );
  });

  it('leaves objects that cannot be decoded to the validation', () => {
    expect(found(alias('externalName: 1.2'))).toEqual([]);
  });

  it('takes as many addresses in Endpoints as are mirrored', () => {
    expect(found(join(API, manyEndpoints(1000)))).toEqual(
      found(join(API, ENDPOINTS)),
    );
  });
});
