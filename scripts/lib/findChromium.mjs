import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** The Chromium of `CHROMIUM_PATH`, else the first on PATH; undefined when there is none. */
export function findChromium(env = process.env) {
  return [
    env.CHROMIUM_PATH,
    ...(env.PATH ?? '')
      .split(delimiter)
      .flatMap(directory => NAMES.map(name => join(directory, name))),
  ].find(path => path && existsSync(path));
}
