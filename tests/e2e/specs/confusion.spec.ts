import type { Page } from '@playwright/test';
import { countRequests, expect, PERMISSIONS, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { Portal } from '../support/portal.ts';
import { AISHA, JONAS, LUMEN, MARIA, MARIAS_COMPANY, TOMAS } from '../support/people.ts';

const EXCHANGE_URL = /\/api\/public\/auth\/login\//;
const TEAM = new RegExp(`/api/public/teams/${LUMEN.id}/profile`);

test('p04_signing_out_or_acting_as_another_while_a_team_is_being_read_before_a_save_breaks_nothing', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(500);
  await leaveWhileReading(page, portal, 1);
});

test('p04_signing_out_or_acting_as_another_while_a_team_is_being_read_again_breaks_nothing', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(500);
  await leaveWhileReading(page, portal, 2);
});

/** Somebody saves, acts, comes back and signs out, while the first or second reading of the team hangs. */
async function leaveWhileReading(page: Page, portal: Portal, hangs: number): Promise<void> {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA);
  const bookings = portal.permission('Make bookings', AISHA.name);
  await expect(bookings).toBeChecked();
  // A save reads the team first, and it is read again when the save fails. One of these hangs until the test is over.
  let reads = 0;
  await page.route(TEAM, async (route) => {
    reads += 1;
    if (reads !== hangs) await route.continue();
  });
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 500 }));
  await bookings.click();
  await expect.poll(() => reads).toBe(hangs);
  await portal.actFromPermissions(AISHA.name);
  // What failed was told beside its switch; what was given up by this is told now.
  const told = 'A change may not have been saved: the account changed while it was sent.';
  const lost = page.getByRole('alert').filter({ hasText: told });
  await expect(lost).toHaveCount(hangs === 1 ? 1 : 0);
  await page.unroute(TEAM);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  // What was wanted before is not sent by whoever one is by now, and not shown as if it were saved.
  await expect(bookings).toBeChecked();
  expect(puts()).toBe(hangs - 1);
  await portal.signOut(MARIA.name);
  await portal.signIn(JONAS);
}

test('p22_a_save_writes_the_other_permissions_as_they_are_now_not_as_they_were_when_the_page_was_opened', async ({
  page,
  portal,
  browser,
  server,
  guard,
}) => {
  await portal.signInToPermissions(MARIA);
  await expect(portal.permission('Make bookings', AISHA.name)).toBeChecked();
  const elsewhere = await browser.newContext({ baseURL: server.url });
  await guard.watch(elsewhere);
  const other = new Portal(await elsewhere.newPage());
  await other.signIn(JONAS);
  await other.page.goto(`/user/team/permissions/${LUMEN.id}`);
  const saved = other.page.waitForResponse((reply) => PERMISSIONS.test(reply.url()));
  await other.permission('Make bookings', AISHA.name).click();
  expect((await saved).ok()).toBe(true);

  const second = page.waitForResponse((reply) => PERMISSIONS.test(reply.url()));
  await portal.permission('Book for team', AISHA.name).click();
  expect((await second).ok()).toBe(true);
  await expect(portal.permission('Book for team', AISHA.name)).toBeChecked();
  await expect(portal.permission('Make bookings', AISHA.name)).not.toBeChecked();
  await page.reload();
  await expect(portal.permission('Make bookings', AISHA.name)).not.toBeChecked();
});

test('leaving the page while a session is being made gives it up', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIA.name).click();
  await page.getByRole('link', { name: 'Team permissions' }).click();
  const { letGo: answer } = await hold(page, 'POST', EXCHANGE_URL);
  await portal.impersonate(AISHA.name).click();
  await portal.giveReason(AISHA.name);
  const asked = page.waitForRequest(EXCHANGE_URL);
  await portal.start.click();
  await asked;
  await page.goBack();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  const thrownAway = page.waitForResponse(/\/en\/login\/logout$/);
  answer();
  expect((await thrownAway).ok()).toBe(true);
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(portal.table).toBeVisible();
  await portal.expectOwn(MARIA);
});

test('a profile taken in one tab is noticed in the other, which then shows that profile', async ({ portal, openTab }) => {
  await portal.signInToProfiles(MARIA);
  const other = await openTab();
  await other.signInToPermissions(MARIA);
  await expect(other.permission('Make bookings', AISHA.name)).toBeVisible();
  await portal.ownProfile(MARIAS_COMPANY.name).click();
  await expect(portal.heading(`Welcome, ${MARIAS_COMPANY.name}`)).toBeVisible();
  await expect(other.menuButton(MARIAS_COMPANY.name)).toBeVisible();
  await expect(other.said(`Your profile was changed to ${MARIAS_COMPANY.name}`)).toBeVisible();
  await expect(other.page.getByText(AISHA.name)).toHaveCount(0);
});

test('the next person is not told whom the last one acted as', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400, 401);
  await portal.signInToProfiles(JONAS);
  await portal.actAs(AISHA.name);
  await server.revokeSessions(JONAS.email);
  await page.reload();
  await expect(portal.heading('Sign in')).toBeVisible();
  await portal.signIn(TOMAS);
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await expect(page.getByText(AISHA.name)).toHaveCount(0);
});
