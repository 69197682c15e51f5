import { expect } from '@playwright/test';
import { PERMISSIONS } from '../support/fixtures.ts';
import { close, requestsOf, test } from './stage.ts';
import { Devtools, press, record, timed } from './measure.ts';

const TIMES = 10;

test('a switch among 10,000 members', async ({ open }) => {
  const portal = await open(10_000);
  const { page } = portal;
  const underWay = requestsOf(page);
  const devtools = await Devtools.of(page);
  const switches = portal.table.getByRole('switch', { name: /^Access community for / });
  const painted: number[] = [];
  const work: number[] = [];
  const whole: number[] = [];
  for (let row = 0; row < TIMES; row += 1) {
    const one = switches.nth(row);
    await one.hover();
    const saved = page.waitForResponse((reply) => PERMISSIONS.test(reply.url()) && reply.ok());
    const [all] = await devtools.work(async () => {
      const [busy, ms] = await devtools.work(() => timed(page, 'click', 'checked', () => press(page)));
      painted.push(ms);
      work.push(busy);
      await saved;
      // The team is read again after a save.
      await expect.poll(underWay).toBe(0);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    });
    whole.push(all);
  }
  record('switch to painted feedback', 'ms', painted, { worst: 17 });
  record('switch: main-thread work until painted', 'ms', work);
  record('switch: main-thread work until saved', 'ms', whole);
  await close(portal);
});
