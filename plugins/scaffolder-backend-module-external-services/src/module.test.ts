import request from 'supertest';
import { parse } from 'yaml';
import { startPortal } from './__testUtils__/startPortal';
import { readTemplate } from './__testUtils__/readTemplate';

jest.setTimeout(60_000);

interface Action {
  id: string;
  examples: { description: string; example: string }[];
  schema: Record<
    'input' | 'output',
    { properties: Record<string, { description?: string }> }
  >;
}

/** What the examples find in the repository. */
const DECLARED = Object.fromEntries(
  ['dev', 'prod'].map(environment => [
    `repository/external-services/${environment}.yaml`,
    `apiVersion: v1
kind: Service
metadata:
  name: external-db
  labels: { external-services/environment: ${environment} }
spec:
  type: ExternalName
  externalName: db.${environment}.example.com
`,
  ]),
);
const FETCH = {
  id: 'fetch-declared',
  name: 'Read the repository',
  action: 'fetch:plain',
  input: { url: './repository', targetPath: './repository' },
};

describe('the scaffolder module', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let actions: Action[];

  beforeAll(async () => {
    portal = await startPortal({ orders: {} });
    const { body } = await request(portal.server).get(
      '/api/scaffolder/v2/actions',
    );
    actions = body.filter(({ id }: Action) => id.startsWith('external-'));
  });
  afterAll(() => portal.stop());

  it('adds the actions', () => {
    expect(actions.map(({ id }) => id).sort()).toEqual([
      'external-service:generate',
      'external-service:locate',
      'external-service:remove',
      'external-service:retarget',
      'external-service:validate',
    ]);
  });

  it('describes every input and output', () => {
    const silent = actions.flatMap(({ id, schema }) =>
      [schema.input, schema.output].flatMap(({ properties }) =>
        Object.entries(properties)
          .filter(([, { description }]) => !description)
          .map(([name]) => `${id} ${name}`),
      ),
    );
    expect(silent).toEqual([]);
  });

  it('has examples that run', async () => {
    const examples = actions.flatMap(action => action.examples);
    expect(examples.length).toBeGreaterThanOrEqual(actions.length);
    for (const { example } of examples) {
      const template = readTemplate('external-service');
      const { steps } = parse(example);
      const { status, body } = await portal.dryRun(
        {
          ...template,
          spec: {
            type: 'service',
            parameters: [],
            steps: example.includes('external-service:generate')
              ? steps
              : [FETCH, ...steps],
            output: {},
          },
        },
        { component: 'component:default/orders' },
        DECLARED,
      );
      expect([status, body.error]).toEqual([200, undefined]);
    }
  });
});
