import { expect, type Page } from '@playwright/test';

/** Nothing of the page lies beyond this many pixels. What has just got another width is laid out a moment later. */
export async function expectToFit(page: Page, width: number, what = 'the page'): Promise<void> {
  const needed = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(needed, `pixels that ${what} needs where there are ${width}`).toBeLessThanOrEqual(width);
}
