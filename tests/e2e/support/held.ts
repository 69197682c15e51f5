import type { Page } from '@playwright/test';

/** Holds calls back, before they are made, until they are let go; those that come later pass. */
export async function hold(page: Page, method: string, path: RegExp): Promise<{ letGo: () => void; count: () => number }> {
  let letGo = () => {};
  let count = 0;
  const free = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(path, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    count += 1;
    await free;
    await route.continue();
  });
  return { letGo, count: () => count };
}
