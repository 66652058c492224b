import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { commandLineOf } from './instances/commandLineOf';
import { listInstances, processesOf } from './instances/Instance';
import { waitUntil } from './process/waitUntil';
import { describeWithControlPlane } from './testing/describeWithControlPlane';

jest.setTimeout(120_000);

const CLI = [
  '--require',
  '@backstage/cli/config/nodeTransform.cjs',
  require.resolve('./cli.ts'),
];

describeWithControlPlane('yarn cluster', () => {
  const children: ChildProcess[] = [];
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, [...CLI, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    return {
      child,
      output: text(child.stdout),
      errors: text(child.stderr),
      exit: once(child, 'exit'),
    };
  };
  const recordOf = (name: string) =>
    listInstances().find(record => record.name === name);
  const up = async (name: string) => {
    const started = run('up', '--no-dns', `--name=${name}`);
    await waitUntil(() => recordOf(name)?.info !== undefined, {
      description: `${name} to be ready`,
      timeoutMs: 60_000,
    });
    const record = recordOf(name)!;
    const pids = Object.values(processesOf(record.directory));
    expect(pids).toHaveLength(3);
    return { ...started, record, pids };
  };
  /** The directory and processes that are left, once it has had time to remove them. */
  const leftOf = async ({ record, pids }: Awaited<ReturnType<typeof up>>) => {
    const left = () => [
      ...[record.directory].filter(existsSync),
      ...pids.map(commandLineOf).filter(Boolean),
    ];
    const deadline = Date.now() + 10_000;
    await waitUntil(() => left().length === 0 || Date.now() > deadline, {
      description: 'everything to be gone',
      timeoutMs: 20_000,
    });
    return left();
  };

  afterEach(() => {
    children.splice(0).forEach(child => child.kill('SIGTERM'));
  });

  it('names what runs at a second up and in status, and stops it with down', async () => {
    const started = await up('cli-down');
    const { server } = started.record.info!;

    const second = run('up', '--name=cli-down');
    await expect(second.output).resolves.toMatch(
      new RegExp(`It is running already.[^]*${server}[^]*kube-apiserver \\d+`),
    );
    await expect(run('status').output).resolves.toContain(server);

    const stopped = run('down', '--name=cli-down');
    await expect(stopped.output).resolves.toBe('Stopped cli-down.\n');
    await expect(started.output).resolves.toMatch(/Ready after.*[^]*Stopped./);
    await expect(leftOf(started)).resolves.toEqual([]);
  });

  it('returns when it is ready, with --detach, and tells why when it cannot be', async () => {
    const detached = run('up', '--detach', '--no-dns', '--name=cli-detach');
    await expect(detached.output).resolves.toMatch(
      /^cli-detach: ready.*[^]*export KUBECONFIG=/,
    );
    await expect(detached.exit).resolves.toEqual([0, null]);
    const { directory } = recordOf('cli-detach')!;
    await run('down', '--name=cli-detach').exit;
    expect(existsSync(directory)).toBe(false);

    const refused = run(
      'up',
      '--detach',
      '--name=cli-bad',
      '--service-range=x',
    );
    await expect(refused.output).resolves.toMatch(
      /kube-apiserver ended by itself[^]*is not a valid cidr/,
    );
    await expect(refused.exit).resolves.toEqual([1, null]);
  });

  it('leaves nothing behind after Ctrl-C', async () => {
    const started = await up('cli-interrupt');
    started.child.kill('SIGINT');
    await expect(started.output).resolves.toMatch(/Stopped.\n$/);
    await expect(leftOf(started)).resolves.toEqual([]);
  });

  it('leaves nothing behind when it is killed', async () => {
    const started = await up('cli-kill');
    started.child.kill('SIGKILL');
    await expect(leftOf(started)).resolves.toEqual([]);
  });

  it('gives up, with the end of the log, when a server ends by itself', async () => {
    const started = await up('cli-crash');
    const { etcd } = processesOf(started.record.directory);
    process.kill(etcd, 'SIGKILL');
    await expect(started.exit).resolves.toEqual([1, null]);
    await expect(started.errors).resolves.toContain(
      'etcd ended by itself (SIGKILL)',
    );
    await expect(leftOf(started)).resolves.toEqual([]);
  });
});
