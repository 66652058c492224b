import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The shell first: without windows and their decoration it needs half the CPU. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'chrome',
];

/** Where it is without being on PATH. */
const ELSEWHERE = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium of `CHROMIUM_PATH`, else the best that is here; undefined when there is none. */
export function findChromium(env = process.env) {
  const directories = (env.PATH ?? '').split(delimiter);
  return [
    env.CHROMIUM_PATH,
    ...NAMES.flatMap(name => directories.map(path => join(path, name))),
    ...ELSEWHERE,
  ].find(path => path && existsSync(path));
}
