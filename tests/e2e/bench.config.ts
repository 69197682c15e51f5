import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.ts';

// Run by `cargo xtask bench`. Nothing else may run at the same time, and nothing may look over the page's shoulder.
export default defineConfig(journeys, {
  testDir: './bench',
  outputDir: './test-results/bench',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 300_000,
  reporter: [['list']],
  use: { trace: 'off', screenshot: 'off', video: 'off' },
});
