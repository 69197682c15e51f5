import { test } from '@playwright/test';
import { press, record, timed } from './measure.ts';
import { install } from './timers.ts';

const TIMES = 20;
/** A switch that does nothing but move. */
const BARE = '<main><button role="switch" aria-checked="false" onclick="ariaChecked = String(ariaChecked !== `true`)">';

// What the other figures cannot be below: waiting for the next frame, and painting it.
test('a switch on a page with nothing else', async ({ page }) => {
  await page.addInitScript(install);
  await page.goto(`data:text/html,${encodeURIComponent(BARE)}`);
  await page.getByRole('switch').hover();
  const painted: number[] = [];
  for (let times = 0; times < TIMES; times += 1) {
    painted.push(await timed(page, 'click', 'checked', () => press(page)));
  }
  record('floor: a bare switch to its paint', 'ms', painted);
});
