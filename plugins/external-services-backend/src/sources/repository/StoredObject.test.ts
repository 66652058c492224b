import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { restoreObject, storeObject } from './StoredObject';

const TEXT = `# a comment
apiVersion: v1
kind: Service
metadata:
  name: external-db
  labels:
    app.kubernetes.io/name: db
spec:
  type: ExternalName
  externalName: db.example.com
  ports:
    - port: 5432
    - name: admin
      port: 8080
`;

describe('a stored object', () => {
  const {
    objects: [original],
  } = parseManifests(TEXT, 'db.yaml');
  const stored = JSON.parse(JSON.stringify(storeObject(original)));
  const restored = restoreObject(stored, 'db.yaml');

  it('is what it was', () => {
    expect(restored.manifest).toEqual(original.manifest);
    expect(restored.path).toBe('db.yaml');
    expect(restored.line).toBe(original.line);
  });

  it.each([
    'kind',
    'metadata.name',
    'metadata.labels',
    'spec.externalName',
    'spec.ports[1].name',
    'spec.ports[1].port',
    'spec.ports[0].name',
    'spec.ports[7].name',
    'spec.selector',
    'spec',
    '',
  ])('still knows where %p stands', path => {
    expect(restored.positionOf(path)).toEqual(original.positionOf(path));
  });
});
