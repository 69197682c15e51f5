import { defineConfig } from '@playwright/test';

// `cargo xtask test` sets these: the browser, and where the machine-readable report goes.
const chromium = process.env.CHROMIUM_BIN;
const report = process.env.PORTAL_E2E_REPORT ?? 'test-results/report.json';

export default defineConfig({
  testDir: './specs',
  outputDir: './test-results',
  // A journey that passes on the second try has failed: a person gets no second try either. The second try is there to be
  // recorded, which would make all journeys a sixth longer if the first were.
  retries: 1,
  failOnFlakyTests: true,
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: report }]],
  use: {
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    launchOptions: {
      // Undefined means Playwright's own browser, for those who have one.
      executablePath: chromium,
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
});
