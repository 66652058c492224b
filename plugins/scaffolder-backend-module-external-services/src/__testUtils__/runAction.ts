import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { createMockDirectory } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';

type Workspace = ReturnType<typeof createMockDirectory>;
type Handler = (context: never) => Promise<void>;

/** Runs an action in a workspace; resolves to its outputs by name. */
export async function runAction(
  action: { handler: Handler },
  workspace: Workspace,
  input: object,
  options: { isDryRun?: boolean } = {},
) {
  const context = createMockActionContext({
    input: input as JsonObject,
    workspacePath: workspace.path,
  });
  await action.handler({ ...context, ...options } as never);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

/** Files of a folder of a workspace, by path. */
export function filesIn(
  workspace: Workspace,
  folder: string,
  tree: object | undefined = workspace.content({ path: folder }) as object,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree ?? {}).flatMap(([name, item]): [string, string][] =>
      typeof item === 'string'
        ? [[name, item]]
        : Object.entries(filesIn(workspace, folder, item)).map(
            ([path, text]) => [`${name}/${path}`, text],
          ),
    ),
  );
}
