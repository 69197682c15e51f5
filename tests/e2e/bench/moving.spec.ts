import { MARIA, PASSWORD } from '../support/people.ts';
import { Portal } from '../support/portal.ts';
import { expect, test as journey } from '../support/fixtures.ts';
import { install } from './timers.ts';
import { close, test, TEAM_PAGE } from './stage.ts';
import { press, record, timed } from './measure.ts';

const TIMES = 5;

for (const members of [40, 1_000, 10_000]) {
  test(`opening a team of ${members} that was read before`, async ({ open }) => {
    const portal = await open(members);
    const values: number[] = [];
    for (let times = 0; times < TIMES; times += 1) {
      await portal.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click();
      await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
      await portal.page.locator(`a[href="${TEAM_PAGE}"]`).first().hover();
      values.push(await timed(portal.page, 'click', 'table', () => press(portal.page)));
    }
    record(`page from what was read before, ${members.toLocaleString('en')} members`, 'ms', values);
    await close(portal);
  });
}

journey('signing in', async ({ browser, server }) => {
  const values: number[] = [];
  for (let times = 0; times < TIMES; times += 1) {
    const context = await browser.newContext({ baseURL: server.url });
    await context.addInitScript(install);
    const portal = new Portal(await context.newPage());
    await portal.page.goto('/sign-in');
    await expect(portal.page.locator('#portal')).toBeAttached();
    await portal.fillIn(MARIA.email, PASSWORD);
    await portal.submit.hover();
    values.push(await timed(portal.page, 'click', 'choice', () => press(portal.page)));
    await context.close();
  }
  record('"Sign in" to the painted choice of profiles', 'ms', values);
});
