import { defineConfig } from '@playwright/test';

// `cargo xtask test` sets these: the browser, and where the machine-readable report goes.
const chromium = process.env.CHROMIUM_BIN;
const report = process.env.PORTAL_E2E_REPORT ?? 'test-results/report.json';

// Each window makes the suggestions below its address bar out of two web pages of their own, which need several times as
// much of the processor as the portal does, beside it. The browser takes the last list alone, so Playwright's own is in it.
const withoutFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

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
        `--disable-features=${withoutFeatures.join(',')}`,
      ],
    },
  },
});
