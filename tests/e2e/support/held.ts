import { expect, type Page, type Route } from '@playwright/test';

/** Holds calls back, before they are made, until they are let go, and what then becomes of them; later ones are not held. */
export async function hold(
  page: Page,
  method: string,
  path: RegExp,
  then: (route: Route) => Promise<unknown> = (route) => route.continue(),
): Promise<{ letGo: () => void; count: () => number }> {
  let letGo = () => {};
  let count = 0;
  const free = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(path, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    count += 1;
    await free;
    await then(route);
  });
  return { letGo, count: () => count };
}

/** Holds the portal's WebAssembly back until it is let go. */
export async function holdPortal(page: Page): Promise<() => void> {
  return (await hold(page, 'GET', /\/portal-[^/]*\.wasm$/)).letGo;
}

/** Waits until the portal has taken the place of the page that was there before it. */
export async function booted(page: Page): Promise<void> {
  await expect(page.locator('#boot')).toHaveCount(0);
}
