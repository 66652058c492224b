import type { ControlPlane } from '../control-plane/ControlPlane';
import type { ControlPlaneOptions } from '../control-plane/ControlPlaneOptions';
import { startControlPlane } from '../control-plane/startControlPlane';
import { InstanceIsRunningError } from '../instances/Instance';
import { describeInfo, describeInstance } from './describeInstance';
import { onStopSignal } from './onStopSignal';
import { say } from './say';

const STOPPED_BY_SIGNAL = 'stopped by a signal';

/** `yarn cluster up`: names what is running when one of that name is. */
export async function up(
  options: ControlPlaneOptions & { name: string },
): Promise<number> {
  const stop = new AbortController();
  onStopSignal(() => stop.abort(STOPPED_BY_SIGNAL));

  const started = Date.now();
  say(`Starting the control plane ${options.name} …`);
  let controlPlane: ControlPlane;
  try {
    controlPlane = await startControlPlane(
      {
        ...options,
        signal: stop.signal,
        onUnexpectedEnd: error => stop.abort(error),
      },
      'up',
    );
  } catch (error) {
    if (error instanceof InstanceIsRunningError) {
      say(`It is running already.\n${describeInstance(error.record)}`);
      return 0;
    }
    if (stop.signal.reason === STOPPED_BY_SIGNAL) {
      say('Stopped before it was ready.');
      return 130;
    }
    throw stop.signal.reason ?? error;
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`Ready after ${seconds} s.\n${describeInfo(controlPlane.info)}`);
  say('Ctrl-C or "yarn cluster down" stops it and removes its data.');

  const reason = await abortOf(stop.signal);
  await controlPlane.stop();
  if (reason !== STOPPED_BY_SIGNAL) throw reason;
  say('Stopped.');
  return 0;
}

function abortOf(signal: AbortSignal): Promise<unknown> {
  return new Promise(resolve => {
    // Holds the process: its servers do not.
    const hold = setInterval(() => {}, 60_000);
    const ended = () => {
      clearInterval(hold);
      resolve(signal.reason);
    };
    if (signal.aborted) ended();
    else signal.addEventListener('abort', ended, { once: true });
  });
}
