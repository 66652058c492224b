import {
  collectExternalServices,
  type ManifestObject,
} from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { createGenerateAction } from './createGenerateAction';
import { runAction } from '../__testUtils__/runAction';
import { readTemplate } from '../__testUtils__/readTemplate';
import { startPortal } from '../__testUtils__/startPortal';

jest.setTimeout(60_000);

const CONTACT = 'Ask team-network.';

describe('external-service:generate in the scaffolder', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  beforeAll(async () => {
    portal = await startPortal(
      {},
      {},
      {
        policy: {
          allow: ['example.com', '203.0.113.0/24', '2001:db8::/32'],
          contact: CONTACT,
        },
        environments: [
          { name: 'dev' },
          { name: 'prod', policy: { deny: ['sandbox.example.com'] } },
        ],
      },
    );
  });
  afterAll(() => portal.stop());

  /** Runs the action as the only step of a template, without writing anywhere. */
  async function generate(input: object) {
    const { status, body } = await portal.dryRun(
      {
        ...readTemplate('external-service'),
        spec: {
          type: 'service',
          parameters: [],
          steps: [
            { id: 'generate', action: 'external-service:generate', input },
          ],
          output: {},
        },
      },
      {},
    );
    const files: { path: string; base64Content: string }[] =
      body.directoryContents ?? [];
    return {
      status,
      message: [body.error?.message, ...logsOf(body)].join('\n'),
      // Folders are walked in no order of their own.
      files: files
        .sort((a, b) => a.path.localeCompare(b.path))
        .map(({ path, base64Content }) => ({
          path,
          content: Buffer.from(base64Content, 'base64').toString(),
        })),
    };
  }

  async function services(input: object) {
    const { files, message } = await generate(input);
    const objects = files.flatMap(
      ({ path, content }): ManifestObject[] =>
        parseManifests(content, path).objects,
    );
    const found = collectExternalServices(objects).map(
      ({ service }) => service,
    );
    return { found, message, text: files.map(file => file.content).join('') };
  }

  const addresses = {
    kind: 'addresses',
    targets: { dev: '203.0.113.1', prod: ['203.0.113.2', '2001:db8::2'] },
    protocol: 'http',
    name: 'external-api',
  };

  it('keeps a client on one address, for as long as asked for', async () => {
    const { found } = await services({
      ...addresses,
      sessionAffinity: { timeoutSeconds: '600' },
      publishNotReadyAddresses: true,
      labels: { team: 'no' },
      annotations: { 'example.com/note': 'on' },
      morePorts: [{ name: 'admin', port: 9090, appProtocol: 'https' }],
    });
    expect(found).toHaveLength(2);
    expect(found[1]).toMatchObject({
      environment: 'prod',
      target: { addresses: ['203.0.113.2', '2001:db8::2'] },
      sessionAffinity: { timeoutSeconds: 600 },
      publishNotReadyAddresses: true,
      labels: { team: 'no' },
      annotations: { 'example.com/note': 'on' },
      ports: [
        { name: 'http', port: 80 },
        { name: 'admin', port: 9090, appProtocol: 'https' },
      ],
    });
  });

  it('names single addresses, in the environment that has them', async () => {
    const { found } = await services({
      ...addresses,
      headless: true,
      hostnames: { '203.0.113.1': 'db-0', '2001:db8::2': 'db-0' },
    });
    expect(found.map(({ target }) => target)).toEqual([
      {
        addresses: ['203.0.113.1'],
        headless: true,
        hostnames: { '203.0.113.1': 'db-0' },
      },
      {
        addresses: ['203.0.113.2', '2001:db8::2'],
        headless: true,
        hostnames: { '2001:db8::2': 'db-0' },
      },
    ]);
  });

  it('tells linters on request that no Pods are meant', async () => {
    const { text } = await services({ ...addresses, linterAnnotations: true });
    expect(text).toContain('kube-score/ignore: service-targets-pod\n');
    expect(text).toContain('ignore-check.kube-linter.io/dangling-service: ');
    expect((await services(addresses)).text).not.toContain('kube-score');
  });

  const alias = { kind: 'dns', protocol: 'postgresql' };

  it.each<[string, object, string]>([
    [
      'a target that no policy allows',
      { ...alias, targets: { dev: 'db.partner.example' } },
      `targets (Where does it lead?): Your organisation does not allow db.partner.example in dev. Allowed: example.com, 203.0.113.0/24, 2001:db8::/32. ${CONTACT}`,
    ],
    [
      'an address that no policy allows',
      { ...addresses, targets: { prod: '203.0.114.1' } },
      'targets (Where does it lead?): Your organisation does not allow 203.0.114.1 in prod.',
    ],
    [
      'what one environment does not allow',
      {
        ...alias,
        targets: {
          dev: 'db.sandbox.example.com',
          prod: 'db.sandbox.example.com',
        },
      },
      `targets (Where does it lead?): Your organisation does not allow db.sandbox.example.com in prod. Allowed: everything except sandbox.example.com. ${CONTACT}`,
    ],
    [
      'for all environments what one does not allow',
      { ...alias, targets: 'db.sandbox.example.com' },
      'targets (Where does it lead?): Your organisation does not allow db.sandbox.example.com in prod.',
    ],
    [
      'names of addresses that are not given directly',
      { ...addresses, hostnames: { '203.0.113.1': 'db-0' } },
      'hostnames: Single addresses have names only where your app gets them directly.',
    ],
    [
      'the name of another address',
      { ...addresses, headless: true, hostnames: { '203.0.113.9': 'db-9' } },
      'hostnames: 203.0.113.9 is not one of the addresses.',
    ],
    [
      'an alias that keeps clients',
      { ...alias, targets: 'db.example.com', sessionAffinity: {} },
      'sessionAffinity: This is for IP addresses only.',
    ],
    [
      'a client kept for no time',
      { ...addresses, sessionAffinity: { timeoutSeconds: 0 } },
      'sessionAffinity.timeoutSeconds: Enter seconds from 1 to 86400.',
    ],
    [
      'a label that is none',
      { ...addresses, labels: { team: 'a b' } },
      'labels.team: Key and value of a label',
    ],
  ])('refuses %s and names field and remedy', async (_what, input, words) => {
    const { message } = await generate(input);
    expect(message).toContain(words);
    expect(message).toContain('Nothing was written.');
  });

  it('leaves the workspace as it is when a policy forbids a target', async () => {
    const workspace = createMockDirectory({ content: {} });
    const action = createGenerateAction({
      context: {
        policies: { everywhere: { allow: [] }, environments: [] },
      },
    });
    await expect(
      runAction(action, workspace, { ...alias, targets: 'db.example.com' }),
    ).rejects.toThrow('Allowed: nothing.');
    expect(workspace.content()).toEqual({});
    workspace.remove();
  });
});

function logsOf(body: { log?: { body: { message: string } }[] }): string[] {
  return (body.log ?? []).map(entry => entry.body.message);
}
