import { parseManifests } from '../yaml/parseManifests';
import { collectExternalServices } from './collectExternalServices';

const service = (spec: string, metadata = 'name: api') =>
  `apiVersion: v1\nkind: Service\nmetadata: {${metadata}}\nspec: {${spec}}\n`;

const slice = (addresses: string, name = 'api-1') =>
  `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${name}, labels: {kubernetes.io/service-name: api}}
addressType: IPv4
ports: [{name: http, port: 8080}]
endpoints: [{addresses: [${addresses}]}]
`;

const collect = (files: Record<string, string>, environments?: string[]) =>
  collectExternalServices(
    Object.entries(files).flatMap(
      ([path, text]) => parseManifests(text, path).objects,
    ),
    { environments },
  );

const PORTS = 'ports: [{name: http, port: 80}]';

describe('collectExternalServices', () => {
  it('takes the real port from the slice', () => {
    const [{ service: found }] = collect({
      'a.yaml': `${service(PORTS)}---\n${slice('203.0.113.1')}`,
    });
    expect(found).toEqual({
      name: 'api',
      target: { addresses: ['203.0.113.1'] },
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
    });
  });

  it('joins slices in the order of their names, whatever the order of the files', () => {
    const files = {
      'a.yaml': slice('10.0.0.10', 'api-10'),
      'b.yaml': slice('10.0.0.2', 'api-2'),
      'c.yaml': service(PORTS),
    };
    const [{ service: found, objects }] = collect(files);
    expect(found.target).toEqual({ addresses: ['10.0.0.2', '10.0.0.10'] });
    expect(objects).toHaveLength(3);
    expect(objects[0].manifest.kind).toBe('Service');
  });

  it('reads Endpoints, addresses that are not ready included', () => {
    const [{ service: found }] = collect({
      'a.yaml': `${service(
        'clusterIP: None',
      )}---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: api}\nsubsets: [{addresses: [{ip: 10.0.0.1}], notReadyAddresses: [{ip: 10.0.0.2}]}]\n`,
    });
    expect(found.target).toEqual({
      addresses: ['10.0.0.1', '10.0.0.2'],
      headless: true,
    });
  });

  it('reads names of single addresses from slices and Endpoints, the first of two', () => {
    const [{ service: found }] = collect({
      'a.yaml': `${service('clusterIP: None')}---
apiVersion: v1
kind: Endpoints
metadata: {name: api}
subsets: [{addresses: [{ip: 10.0.0.1, hostname: a}], notReadyAddresses: [{ip: 10.0.0.2, hostname: b}]}]
---
${slice('10.0.0.2, 10.0.0.3').replace(/\}\]\n$/, ', hostname: c}]\n')}`,
    });
    expect(found.target).toEqual({
      addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
      headless: true,
      hostnames: { '10.0.0.1': 'a', '10.0.0.2': 'b', '10.0.0.3': 'c' },
    });
  });

  it.each([
    ['sessionAffinity: ClientIP', { timeoutSeconds: 10_800 }],
    [
      'sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}',
      { timeoutSeconds: 60 },
    ],
    ['sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}', undefined],
    ['sessionAffinity: None', undefined],
  ])('reads %s', (spec, sessionAffinity) => {
    const [item] = collect({ 'a.yaml': service(`${PORTS}, ${spec}`) });
    expect(item.service.sessionAffinity).toEqual(sessionAffinity);
  });

  it('knows the environment by label before directory', () => {
    const alias = 'type: ExternalName, externalName: db.example.com';
    const collected = collect(
      {
        'k8s/dev/db.yaml': service(alias),
        'k8s/prod/db.yaml': service(
          alias,
          'name: db, labels: {external-services/environment: live}',
        ),
        'k8s/base/db.yaml': service(alias),
        dev: service(alias),
      },
      ['dev', 'prod'],
    );
    expect(
      collected.map(({ service: { environment } }) => environment),
    ).toEqual(['dev', 'live', undefined, undefined]);
  });

  it('keeps the addresses of environments apart', () => {
    const files = {
      'dev/api.yaml': `${service(PORTS)}---\n${slice('10.0.0.1')}`,
      'prod/api.yaml': `${service(PORTS)}---\n${slice('10.0.0.2')}`,
    };
    const targets = (environments: string[]) =>
      collect(files, environments).map(item => item.service.target);
    const apart = [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'] }];
    expect(targets(['dev', 'prod'])).toEqual(apart);
    // Even when nobody said that the directories are environments.
    expect(targets([])).toEqual(apart);
  });

  it('joins a Service with addresses of its namespace only', () => {
    const [{ service: found }] = collect({
      'a.yaml': `${service(PORTS, 'name: api, namespace: a')}---\n${slice(
        '10.0.0.1',
      ).replace('name: api-1', 'name: api-1, namespace: b')}`,
    });
    expect(found.target).toEqual({ addresses: [] });
  });

  it('carries the identity and leaves it out of the annotations', () => {
    const [item] = collect({
      'a.yaml': service(
        'type: ExternalName, externalName: a.example.com',
        'name: api, annotations: {external-services/id: "component:default/x#api", team: a}',
      ),
    });
    expect(item.id).toBe('component:default/x#api');
    expect(item.service.annotations).toEqual({ team: 'a' });
  });

  it.each([
    ['no spec', 'apiVersion: v1\nkind: Service\nmetadata: {name: api}\n'],
    ['nothing', 'apiVersion: v1\nkind: Service\n'],
    [
      'lists for maps',
      'apiVersion: v1\nkind: Service\nmetadata: []\nspec: []\n',
    ],
    ['broken ports', service('ports: [80, {port: "80"}, null]')],
  ])('reads %s as far as it can be', (_what, text) => {
    const [{ service: found }] = collect({ 'a.yaml': text });
    expect(found).toMatchObject({ target: { addresses: [] }, ports: [] });
  });

  it('leaves Services with a selector out', () => {
    expect(collect({ 'a.yaml': service('selector: {app: x}') })).toEqual([]);
  });
});
