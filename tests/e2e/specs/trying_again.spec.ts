import type { Route } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { LUMEN_PAGE, MARIA } from '../support/people.ts';
import { TEAM } from '../support/team.ts';

/** Answers without trying for long: what is refused is not asked for again. */
const REFUSE = (route: Route) => route.fulfill({ status: 400 });

test('“Try again” is busy until there is an answer, sends one round, and what fails again is announced again', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(400);
  await page.route(TEAM, REFUSE);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const alert = portal.alert.filter({ hasText: 'The server did not accept this.' });
  const again = alert.getByRole('button', { name: 'Try again' });
  await expect(again).not.toHaveAttribute('aria-busy', 'true');
  const before = await alert.getByRole('paragraph').elementHandle();

  const held: Route[] = [];
  await page.unroute(TEAM);
  await page.route(TEAM, (route) => void held.push(route));
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(again).toHaveAttribute('aria-busy', 'true');
  await expect.poll(() => held.length).toBe(1);
  await page.keyboard.press('Enter');
  for (const route of held.splice(0)) await REFUSE(route);
  await expect(again).not.toHaveAttribute('aria-busy', 'true');
  await expect(again).toBeFocused();
  expect(await before?.evaluate((sentence) => sentence.isConnected), 'the sentence is another node').toBe(false);
  expect(held, 'what was pressed while it was busy').toEqual([]);

  await page.keyboard.press('Enter');
  await expect.poll(() => held.length).toBe(1);
  for (const route of held.splice(0)) await route.continue();
  await expect(portal.table).toBeVisible();
  await expect(portal.heading('Team permissions'), 'the button has gone').toBeFocused();
});
