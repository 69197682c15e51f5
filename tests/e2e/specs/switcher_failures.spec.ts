import { CURRENT_PROFILE, countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { loseReply } from '../support/faults.ts';
import { LEO, LEOS_ATELIER, LEOS_STUDIO, PASSWORD } from '../support/people.ts';
import { asLeo, dialog, openSwitcher, profile } from '../support/switcher.ts';

test('p20_a_profile_that_cannot_be_taken_says_so_in_the_dialog_and_the_others_are_still_there', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(404, 500);
  await asLeo(portal);
  const before = await portal.storedCredential();
  const opened = await openSwitcher(portal, LEO.name);
  await server.deactivateMember(LEOS_STUDIO.id);
  await profile(page, LEOS_STUDIO.name).click();
  await expect(opened.getByRole('alert')).toContainText(`The profile ${LEOS_STUDIO.name} is not available any more.`);
  await page.route(/profiles\/current/, (route) => route.fulfill({ status: 500 }), { times: 1 });
  await profile(page, LEOS_ATELIER.name).click();
  await expect(opened.getByRole('alert')).toContainText('The server has a problem. Try again in a moment.');
  await expect(page.getByRole('banner')).toContainText(LEO.name);
  expect(await portal.storedCredential()).toBe(before);
  await profile(page, LEOS_ATELIER.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_ATELIER.name}`)).toBeVisible();
});

test('a profile that was taken although the answer was lost is the one that one has', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  await asLeo(portal);
  await openSwitcher(portal, LEO.name);
  await page.route(/profiles\/current/, loseReply, { times: 1 });
  await profile(page, LEOS_ATELIER.name).click();
  await expect(portal.menuButton(LEOS_ATELIER.name)).toBeVisible();
  await expect(portal.heading(`Welcome, ${LEOS_ATELIER.name}`)).toBeVisible();
});

test('a profile that is taken only after its answer was lost is known soon, without a word of one’s own', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(500);
  await page.clock.install();
  await asLeo(portal);
  const opened = await openSwitcher(portal, LEO.name);
  await page.route(/profiles\/current/, (route) => route.fulfill({ status: 500 }), { times: 1 });
  await profile(page, LEOS_ATELIER.name).click();
  await expect(opened.getByRole('alert')).toContainText('The server has a problem.');
  await page.keyboard.press('Escape');
  const late = `/api/public/coworkers/profiles/current?coworkerId=${LEOS_ATELIER.id}`;
  expect((await server.api('PUT', late, await server.bearer(LEO.email, PASSWORD))).ok).toBe(true);
  await expect(async () => {
    await page.clock.runFor(1_000);
    await expect(portal.heading(`Welcome, ${LEOS_ATELIER.name}`)).toBeVisible({ timeout: 100 });
  }).toPass({ intervals: [10] });
  await expect(portal.said(`Your profile was changed to ${LEOS_ATELIER.name}`)).toHaveCount(1);
});

test('a failure that comes after the dialog was closed is told all the same', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  await asLeo(portal);
  await openSwitcher(portal, LEO.name);
  const { letGo: answer } = await hold(page, 'PUT', /profiles\/current/, (route) => route.fulfill({ status: 500 }));
  await profile(page, LEOS_STUDIO.name).click();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  answer();
  await expect(page.getByRole('alert').filter({ hasText: 'The server has a problem.' })).toBeVisible();
  await expect(portal.menuButton(LEO.name)).toBeVisible();
  await openSwitcher(portal, LEO.name);
  await expect(dialog(page).getByRole('alert')).toHaveCount(0);
  await page.unroute(/profiles\/current/);
  await profile(page, LEOS_STUDIO.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('one profile is taken at a time: the others say so, and can be taken when that one failed', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(500);
  await asLeo(portal);
  await openSwitcher(portal, LEO.name);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(
    /profiles\/current/,
    async (route) => {
      await held;
      await route.fulfill({ status: 500 });
    },
    { times: 1 },
  );
  await profile(page, LEOS_STUDIO.name).click();
  const other = profile(page, LEOS_ATELIER.name);
  await expect(other).toHaveAttribute('aria-disabled', 'true');
  await expect(other).toHaveAccessibleDescription('Your profile is being changed. Wait until that is done.');
  await other.press('Enter');
  expect(puts()).toBe(1);
  answer();
  await expect(dialog(page).getByRole('alert')).toContainText('The server has a problem. Try again in a moment.');
  await other.click();
  await expect(portal.heading(`Welcome, ${LEOS_ATELIER.name}`)).toBeVisible();
});
