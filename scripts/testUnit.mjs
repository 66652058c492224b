import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What Backstage's own configuration leaves as it is, and more of the kind: plain CommonJS. */
const PLAIN_PACKAGES = [
  '@material-ui',
  '@redis/client',
  'ajv',
  'aria-query',
  'core-js',
  'fs-extra',
  'graphql',
  'highlight\\.js',
  'jest-.*',
  'json-schema',
  'jsdom',
  'knex',
  'lodash',
  'prismjs',
  'react',
  'react-dom',
  'react-use/lib',
  'readable-stream',
  'semver',
  'typescript',
];

/** A file that is not transformed is not written to the cache either, which takes longer. */
const PLAIN = [
  `/node_modules/(?:${PLAIN_PACKAGES.join('|')})/`,
  '/node_modules/.*/(?:cjs|commonjs|dist-cjs)/',
  '\\.cjs(?:\\.js)?$',
];

const child = spawn(
  'backstage-cli',
  [
    'repo',
    'test',
    // Not among what tests throw away, so that the next run finds it.
    `--cacheDirectory=${fileURLToPath(
      new URL('../node_modules/.cache/jest', import.meta.url),
    )}`,
    ...PLAIN.map(pattern => `--transformIgnorePatterns=${pattern}`),
    `--testSequencer=${fileURLToPath(
      new URL('lib/PatientFirst.cjs', import.meta.url),
    )}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
child.on('exit', code => {
  process.exitCode = code ?? 1;
});
