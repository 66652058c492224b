import { parseManifests } from './parseManifests';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  type: ExternalName
  externalName: db.example.com
  ports:
    - name: a
      port: 1
    - {name: b, port: 2}
`;

const namesIn = (text: string) =>
  parseManifests(text).objects.map(
    ({ manifest }) => (manifest.metadata as { name: string }).name,
  );

describe('parseManifests', () => {
  it('reads the documents of a file in order', () => {
    expect(
      namesIn(
        `---\n${SERVICE}---\n# only a comment\n--- # next\n${SERVICE}...\n`,
      ),
    ).toEqual(['db', 'db']);
  });

  it.each([
    ['Windows line ends', SERVICE.replace(/\n/g, '\r\n')],
    ['mixed line ends', SERVICE.replace('\nkind', '\r\nkind')],
    ['a byte order mark', `\ufeff${SERVICE}`],
    ['a directive', `%YAML 1.1\n---\n${SERVICE}`],
    ['trailing spaces', SERVICE.replace(/\n/g, '  \n')],
    [
      'JSON with tabs',
      '{\n\t"apiVersion": "v1",\n\t"kind": "Service",\n\t"metadata": {"name": "db"}\n}',
    ],
    [
      'a List',
      `apiVersion: v1\nkind: List\nitems:\n- ${SERVICE.trim().replace(
        /\n/g,
        '\n  ',
      )}\n`,
    ],
    [
      'a ServiceList in JSON',
      '{"apiVersion":"v1","kind":"ServiceList","items":[{"apiVersion":"v1","kind":"Service","metadata":{"name":"db"}}]}',
    ],
  ])('reads %s', (_what, text) => {
    expect(parseManifests(text).findings).toEqual([]);
    expect(namesIn(text)).toEqual(['db']);
  });

  it.each([
    ['a Deployment', 'apiVersion: apps/v1\nkind: Deployment\n'],
    [
      'a Service with a selector',
      'apiVersion: v1\nkind: Service\nspec: {selector: {app: x}}\n',
    ],
    [
      'a Service of Knative',
      'apiVersion: serving.knative.dev/v1\nkind: Service\n',
    ],
    ['a list of numbers', '- 1\n- 2\n'],
    ['a text', 'hello\n'],
    ['nothing', ''],
    ['a comment', '# hello\n'],
    [
      'a plain kustomization',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [db.yaml]\n',
    ],
    [
      'a template that is about something else',
      'kind: PrometheusRule\ntext: "{{ $labels.x }}"\n',
    ],
  ])('passes over %s', (_what, text) => {
    expect(parseManifests(text)).toEqual({ objects: [], findings: [] });
  });

  it.each([
    [
      'an alias with a selector',
      'apiVersion: v1\nkind: Service\nspec: {type: ExternalName, selector: {app: x}}\n',
    ],
    [
      'a wrong version of the right group',
      'apiVersion: discovery.k8s.io/v1beta1\nkind: EndpointSlice\n',
    ],
    ['a kind in small letters', 'apiVersion: v1\nkind: endpoints\n'],
  ])('keeps %s for the validation', (_what, text) => {
    expect(parseManifests(text).objects).toHaveLength(1);
  });

  it.each([
    [
      'a Helm template',
      'template-skipped',
      'kind: Service\nmetadata:\n  name: {{ .Values.name }}\n',
    ],
    [
      'a quoted template',
      'template-skipped',
      'kind: Service\nmetadata:\n  name: "{{ .Values.name }}"\n',
    ],
    [
      'a variable of Flux',
      'template-skipped',
      'kind: Service\nmetadata:\n  name: ${NAME}\n',
    ],
    [
      'a changing kustomization',
      'kustomization-skipped',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: dev-\n',
    ],
    [
      'a JSON patch',
      'patch-skipped',
      '- {op: replace, path: /spec/externalName, value: x}\n',
    ],
    [
      'a strategic merge patch',
      'patch-skipped',
      'apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {ports: [{$patch: delete, port: 1}]}\n',
    ],
  ])('says once a file that it skips %s', (_what, code, text) => {
    const { objects, findings } = parseManifests(
      `${text}---\n${text}`,
      'a.yaml',
    );
    expect(objects).toEqual([]);
    expect(findings).toEqual([
      expect.objectContaining({ code, severity: 'info', file: 'a.yaml' }),
    ]);
  });

  it('takes template marks in a comment for a comment', () => {
    expect(namesIn(`# made with {{ cookies }}\n${SERVICE}`)).toEqual(['db']);
  });

  it.each([
    ['', 12, 1],
    ['spec.externalName', 18, 3],
    ['spec.ports', 19, 3],
    ['spec.ports[0].port', 21, 7],
    ['spec.ports[1]', 22, 7],
    ['spec.ports[1].name', 22, 8],
    ['spec.ports[1].targetPort', 22, 7],
    ['spec.ports[7].name', 19, 3],
    ['metadata.annotations[a.b/c]', 14, 1],
    ['spec.clusterIPs[0]', 16, 1],
  ])('knows where %s stands', (path, line, column) => {
    const text = `a: b\n${'\n'.repeat(9)}---\n${SERVICE}`;
    const { objects } = parseManifests(text);
    expect(objects[0].positionOf(path)).toEqual({ line, column });
    expect(objects[0].line).toBe(12);
  });

  it('finds the written field of a path that the server calls otherwise', () => {
    const { objects } = parseManifests(
      'apiVersion: v1\nkind: Service\nspec:\n  clusterIP: x\n  loadBalancerSourceRanges: [y]\n',
    );
    expect(objects[0].positionOf('spec.clusterIPs[0]').line).toBe(4);
    expect(objects[0].positionOf('spec.LoadBalancerSourceRanges').line).toBe(5);
  });

  it('knows where the items of a List stand', () => {
    const { objects } = parseManifests(
      'kind: List\nitems:\n  - {apiVersion: v1, kind: Endpoints}\n  - apiVersion: v1\n    kind: Endpoints\n    subsets: []\n',
    );
    expect(objects.map(({ line }) => line)).toEqual([3, 4]);
    expect(objects[1].positionOf('subsets')).toEqual({ line: 6, column: 5 });
  });
});
