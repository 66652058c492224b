import type { ExternalService } from '../model/ExternalService';
import { validateManifests } from '../validation/validateManifests';
import { parseManifests } from './parseManifests';
import { renderFiles } from './renderFiles';

const ports = [{ name: 'postgres', port: 5432, protocol: 'TCP' as const }];

const alias: ExternalService = {
  name: 'external-db',
  namespace: 'shop',
  target: { dnsName: 'db.example.com' },
  ports,
};

const perEnvironment: ExternalService = {
  ...alias,
  environments: {
    dev: { target: { dnsName: 'db.dev.example.com' } },
    prod: {},
  },
};

const paths = (
  service: ExternalService,
  options: Parameters<typeof renderFiles>[1],
) => renderFiles(service, options).map(({ path }) => path);

describe('renderFiles', () => {
  it('writes an alias', () => {
    expect(
      renderFiles(alias, {
        layout: 'file-per-service',
        entityRef: 'component:default/orders',
        kubernetesId: 'orders',
      }),
    ).toEqual([
      {
        path: 'external-services/external-db.yaml',
        content: `apiVersion: v1
kind: Service
metadata:
  name: external-db
  namespace: shop
  labels:
    app.kubernetes.io/managed-by: backstage-external-services
    backstage.io/kubernetes-id: orders
  annotations:
    external-services/id: component:default/orders#external-db
spec:
  type: ExternalName
  externalName: db.example.com
  ports:
    - name: postgres
      port: 5432
      protocol: TCP
`,
      },
    ]);
  });

  it('writes fixed addresses as a Service and a slice for each family', () => {
    const [{ content }] = renderFiles(
      {
        name: 'api',
        target: { addresses: ['203.0.113.1', '2001:db8::1'] },
        ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }],
      },
      { layout: 'single-file' },
    );
    expect(content).toBe(`apiVersion: v1
kind: Service
metadata:
  name: api
  labels:
    app.kubernetes.io/managed-by: backstage-external-services
spec:
  ipFamilyPolicy: PreferDualStack
  ports:
    - port: 80
      targetPort: 8080
      protocol: TCP
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: api-ipv4
  labels:
    kubernetes.io/service-name: api
    endpointslice.kubernetes.io/managed-by: backstage-external-services
    app.kubernetes.io/managed-by: backstage-external-services
addressType: IPv4
ports:
  - port: 8080
    protocol: TCP
endpoints:
  - addresses:
      - 203.0.113.1
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: api-ipv6
  labels:
    kubernetes.io/service-name: api
    endpointslice.kubernetes.io/managed-by: backstage-external-services
    app.kubernetes.io/managed-by: backstage-external-services
addressType: IPv6
ports:
  - port: 8080
    protocol: TCP
endpoints:
  - addresses:
      - 2001:db8::1
`);
  });

  it('writes names of single addresses, and what keeps a client on one of them', () => {
    const [direct] = renderFiles(
      {
        name: 'db',
        target: {
          addresses: ['203.0.113.1', '203.0.113.2'],
          headless: true,
          hostnames: { '203.0.113.2': 'on' },
        },
        ports: [],
        publishNotReadyAddresses: true,
      },
      { layout: 'single-file' },
    );
    expect(direct.content).toContain('publishNotReadyAddresses: true\n');
    expect(direct.content).toContain(
      "endpoints:\n  - addresses:\n      - 203.0.113.1\n  - addresses:\n      - 203.0.113.2\n    hostname: 'on'\n",
    );
    const [balanced] = renderFiles(
      {
        name: 'api',
        target: { addresses: ['203.0.113.1'] },
        ports,
        sessionAffinity: {},
      },
      { layout: 'single-file' },
    );
    expect(balanced.content).toContain(
      '  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 10800\n',
    );
  });

  it('tells linters on request that no Pods are behind a Service, beside its own annotations', () => {
    const written = (target: ExternalService['target']) =>
      renderFiles(
        {
          ...alias,
          target,
          annotations: { 'kube-score/ignore': 'service-type' },
        },
        { layout: 'single-file', linterAnnotations: true },
      )[0].content;
    expect(written({ addresses: ['203.0.113.1'] })).toContain(
      '  annotations:\n    ignore-check.kube-linter.io/dangling-service: Leads out of the cluster, so no Pods are behind it\n    kube-score/ignore: service-type\n',
    );
    expect(written(alias.target)).not.toContain('kube-linter');
  });

  it('writes Endpoints on request, and a headless Service', () => {
    const [{ content }] = renderFiles(
      {
        name: 'api',
        target: { addresses: ['203.0.113.1'], headless: true },
        ports: [],
      },
      { layout: 'single-file', endpoints: 'Endpoints' },
    );
    expect(content).toContain('clusterIP: None');
    expect(content).toContain('kind: Endpoints');
    expect(content).not.toContain('EndpointSlice');
  });

  it('changes one slice where one of 2500 addresses comes or goes', () => {
    const addresses = Array.from(
      { length: 2500 },
      (_, i) => `10.1.${Math.floor(i / 250)}.${i % 250}`,
    );
    const documents = (list: string[]) =>
      renderFiles(
        { name: 'api', target: { addresses: list }, ports },
        { layout: 'single-file' },
      )[0].content.split('---\n');
    const before = documents(addresses);
    const after = documents(addresses.filter(a => a !== '10.1.5.1'));
    expect(before).toHaveLength(1 + 4);
    expect(after).toHaveLength(1 + 4);
    expect(before.filter((text, i) => text !== after[i])).toHaveLength(1);
    const { objects } = parseManifests(before.join('---\n'));
    expect(validateManifests(objects)).toEqual([]);
  });

  it('refuses a file that is longer than what is read', () => {
    const addresses = Array.from(
      { length: 3000 },
      (_, i) => `2001:db8:1111:2222:3333:4444:5555:${(i + 4096).toString(16)}`,
    );
    const hostnames = Object.fromEntries(
      addresses.map((address, i) => [address, `${'a'.repeat(50)}${i}`]),
    );
    expect(() =>
      renderFiles(
        {
          name: 'api',
          target: { addresses, headless: true, hostnames },
          ports,
        },
        { layout: 'file-per-service' },
      ),
    ).toThrow(
      /^external-services\/api\.yaml would have \d+ characters, and files of more than 262144 are not read/,
    );
  });

  it.each([
    ['single-file', alias, ['external-services/external-services.yaml']],
    ['file-per-service', alias, ['external-services/external-db.yaml']],
    ['per-environment', alias, ['external-services/external-db.yaml']],
    [
      'per-environment',
      perEnvironment,
      [
        'external-services/dev/external-db.yaml',
        'external-services/prod/external-db.yaml',
      ],
    ],
  ] as const)('lays out %s', (layout, service, expected) => {
    expect(paths(service, { layout })).toEqual(expected);
  });

  it('marks what is for one environment', () => {
    const [dev] = renderFiles(perEnvironment, { layout: 'per-environment' });
    expect(dev.content).toContain('external-services/environment: dev');
  });

  it('writes a kustomization on request, which the reader passes over', () => {
    const files = renderFiles(alias, {
      layout: 'file-per-service',
      kustomization: true,
    });
    expect(files[0]).toEqual({
      path: 'external-services/kustomization.yaml',
      content:
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - external-db.yaml\n',
    });
    expect(parseManifests(files[0].content).findings).toEqual([]);
  });

  it.each([
    ['', 'external-db.yaml'],
    ['.', 'external-db.yaml'],
    ['k8s', 'k8s/external-db.yaml'],
    ['./deploy//ext/', 'deploy/ext/external-db.yaml'],
  ])('takes the folder %j', (folder, path) => {
    expect(paths(alias, { layout: 'file-per-service', folder })).toEqual([
      path,
    ]);
  });

  it.each(['..', '../x', 'a/../../b', '/etc', 'a\\b', 'a\0b'])(
    'refuses the folder %j',
    folder => {
      expect(() =>
        renderFiles(alias, { layout: 'file-per-service', folder }),
      ).toThrow(/leads out of the repository/);
    },
  );

  it('refuses names that are not names of files', () => {
    expect(() =>
      renderFiles({ ...alias, name: '../x' }, { layout: 'file-per-service' }),
    ).toThrow(/cannot be the name of a file/);
  });

  it.each(['single-file', 'file-per-service'] as const)(
    'refuses two environments of one namespace in %s',
    layout => {
      expect(() => renderFiles(perEnvironment, { layout })).toThrow(
        /cannot hold external-db for dev, prod in the same namespace/,
      );
    },
  );

  it('takes two environments of different namespaces in one file', () => {
    const service = {
      ...alias,
      environments: { dev: { namespace: 'dev' }, prod: { namespace: 'prod' } },
    };
    expect(renderFiles(service, { layout: 'single-file' })).toHaveLength(1);
  });
});
