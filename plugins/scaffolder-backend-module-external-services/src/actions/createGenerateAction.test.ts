import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createGenerateAction } from './createGenerateAction';

describe('external-service:generate', () => {
  const workspace = createMockDirectory();
  const action = createGenerateAction({});
  const base = {
    entityRef: 'component:default/orders',
    title: 'orders',
    kubernetesId: 'orders',
    kind: 'dns' as const,
    targets: { dev: 'db.dev.example.com', prod: 'db.example.com' },
    protocol: 'postgresql' as const,
    namespace: 'shop',
    repositoryPath: 'repository',
    outputPath: 'changes',
  };
  const run = async (over = {}) => {
    const ctx = createMockActionContext({
      input: { ...base, ...over },
      workspacePath: workspace.path,
    });
    await action.handler(ctx as any);
    return Object.fromEntries((ctx.output as jest.Mock).mock.calls);
  };

  beforeEach(() => workspace.setContent({ repository: {} }));
  it('x', async () => {
    const out = await run();
    require('node:fs').writeFileSync(
      '/tmp/gen.out',
      JSON.stringify(out, null, 1) +
        out.filesText +
        out.pullRequestBody +
        JSON.stringify(workspace.content(), null, 1),
    );
  });
});
