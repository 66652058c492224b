import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/lib/findChromium.mjs';

const executablePath = findChromium();
if (!executablePath) {
  throw new Error(
    'Chromium was not found. Install it, for example: apt-get install -y chromium. Or name it in CHROMIUM_PATH.',
  );
}

const CLUSTERS = '**/clusters.test.ts';

/** Tests in a browser, against a portal of their own; see packages/app/e2e-tests. */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  outputDir: 'test-output/e2e',
  globalSetup: './packages/app/e2e-tests/fixtures/globalSetup.ts',
  reporter: [
    ['list'],
    ['json', { outputFile: 'test-output/e2e.json' }],
    ['html', { outputFolder: 'test-output/e2e-report', open: 'never' }],
  ],
  // Each has a portal of its own; more of them need more than two cores.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1400, height: 1000 },
    screenshot: 'only-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // One after the other on a portal with clusters, which takes longest: first.
    { name: 'clusters', testMatch: CLUSTERS },
    { name: 'chromium', testIgnore: CLUSTERS },
  ],
});
