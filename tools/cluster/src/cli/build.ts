import { buildBinaries } from '../binaries/buildBinaries';
import { findBinaries } from '../binaries/findBinaries';
import { onStopSignal } from './onStopSignal';
import { say } from './say';

/** `yarn cluster build`. */
export async function build(): Promise<number> {
  const { missing, cacheDirectory } = findBinaries();
  if (missing.length === 0) {
    say('Everything is there.');
    return 0;
  }
  say(`Building ${missing.join(', ')} into ${cacheDirectory}.`);
  say('The first time takes several minutes; later ones take what changed.');
  const stop = new AbortController();
  onStopSignal(() => stop.abort());
  const started = Date.now();
  await buildBinaries({ onProgress: say, signal: stop.signal });
  say(`Done in ${Math.round((Date.now() - started) / 1000)} s.`);
  return 0;
}
