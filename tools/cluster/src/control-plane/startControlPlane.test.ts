import { existsSync } from 'node:fs';
import { commandLineOf } from '../instances/commandLineOf';
import { listInstances, processesOf } from '../instances/Instance';
import { createNamespace } from '../testing/createNamespace';
import { describeWithControlPlane } from '../testing/describeWithControlPlane';
import { sharedControlPlane } from '../testing/sharedControlPlane';
import type { ClusterClient } from './ClusterClient';
import type { ControlPlane } from './ControlPlane';
import { startControlPlane } from './startControlPlane';

jest.setTimeout(120_000);

describeWithControlPlane('startControlPlane', () => {
  const started: ControlPlane[] = [];
  const start = async (...options: Parameters<typeof startControlPlane>) => {
    const controlPlane = await startControlPlane(...options);
    started.push(controlPlane);
    return controlPlane;
  };
  const serviceNames = (controlPlane: ClusterClient) =>
    controlPlane.kubectl([
      'get',
      'services',
      '--all-namespaces',
      '--output=name',
    ]);
  const namesOfAll = () => listInstances().map(({ name }) => name);

  afterEach(async () => {
    await Promise.all(started.splice(0).map(each => each.stop()));
  });

  it('runs several side by side, and leaves nothing of one that stops', async () => {
    const [one, other] = await Promise.all([
      sharedControlPlane(),
      start({ name: 'with-dns', serviceRange: '10.200.0.0/16' }),
    ]);
    await one.kubectl([
      'create',
      'service',
      'externalname',
      'side-by-side',
      '--external-name=a.example.com',
      `--namespace=${await createNamespace(one)}`,
    ]);
    await expect(serviceNames(one)).resolves.toContain('service/side-by-side');
    await expect(serviceNames(other)).resolves.not.toContain('side-by-side');
    await expect(
      other.kubectl(['get', 'service', 'kubernetes', '--output=wide']),
    ).resolves.toContain('10.200.0.1');
    await expect(startControlPlane({ name: 'with-dns' })).rejects.toThrow(
      /A control plane named with-dns runs since/,
    );

    const { directory } = other.info;
    const pids = Object.values(processesOf(directory));
    expect(pids).toHaveLength(4);
    await other.stop();
    expect(existsSync(directory)).toBe(false);
    expect(pids.map(commandLineOf).join('')).toBe('');
    expect(namesOfAll()).not.toContain('with-dns');
    await expect(serviceNames(one)).resolves.toContain('service/side-by-side');
  });

  it('keeps the data when the API server restarts, politely or by a crash', async () => {
    const ends: Error[] = [];
    const controlPlane = await start({
      dns: false,
      compactionInterval: '2s',
      onUnexpectedEnd: error => ends.push(error),
    });
    await controlPlane.kubectl([
      'create',
      'service',
      'externalname',
      'db',
      '--external-name=a.example.com',
    ]);
    for (const options of [{}, { graceMs: 0 }]) {
      await controlPlane.stopApiServer(options);
      await expect(serviceNames(controlPlane)).rejects.toThrow(/refused/);
      await controlPlane.startApiServer();
      await expect(serviceNames(controlPlane)).resolves.toContain('service/db');
    }
    expect(ends).toEqual([]);

    process.kill(
      processesOf(controlPlane.info.directory)['kube-apiserver'],
      'SIGKILL',
    );
    await expect(serviceNames(controlPlane)).rejects.toThrow(/refused/);
    expect(ends.map(String)).toEqual([
      expect.stringContaining('kube-apiserver ended by itself (SIGKILL)'),
    ]);
  });

  it('tells why a server did not come up, and leaves nothing behind', async () => {
    await expect(start({ apiServerFlags: ['--no-such-flag'] })).rejects.toThrow(
      /kube-apiserver ended by itself[^]*unknown flag: --no-such-flag/,
    );
    expect(namesOfAll()).not.toContain('unfit');
  });

  it('can be stopped while it starts', async () => {
    const stop = new AbortController();
    const starting = start({ name: 'unwanted', signal: stop.signal });
    stop.abort(new Error('no longer wanted'));
    await expect(starting).rejects.toThrow('no longer wanted');
    expect(namesOfAll()).not.toContain('unwanted');
  });
});
