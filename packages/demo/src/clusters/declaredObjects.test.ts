import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitFiles } from '../git/commitChanges';
import { GitRepositories } from '../git/GitRepositories';
import { declaredObjects } from './declaredObjects';

const service = (name: string, environment?: string) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
${
  environment
    ? `  labels:\n    external-services/environment: ${environment}\n`
    : ''
}`;

describe('declaredObjects', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'declared-objects-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes Services and addresses of an environment, by label, by folder, or of all', async () => {
    const repository = await new GitRepositories(folder).create(
      'shop',
      'orders',
    );
    await commitFiles(repository, {
      branch: 'main',
      message: 'Add files',
      author: { name: 'Test', email: 'test@example.com' },
      files: {
        'catalog-info.yaml': 'kind: Component\nmetadata: { name: orders }\n',
        'broken.yaml': 'kind: [',
        'empty.yaml': '',
        'deploy/dev/db.yaml': service('dev-db'),
        'deploy/prod/db.yaml': service('prod-db'),
        'all.yml': `${service('api')}---\n${service('labelled', 'dev')}`,
        'deploy/prod/other.yaml': service('labelled-too', 'dev'),
      },
    });
    const names = async (environment: string) =>
      (await declaredObjects(repository, environment, ['dev', 'prod']))
        .map(({ metadata }) => metadata.name)
        .sort();
    expect(await names('dev')).toEqual([
      'api',
      'dev-db',
      'labelled',
      'labelled-too',
    ]);
    expect(await names('prod')).toEqual(['api', 'prod-db']);
  });
});
