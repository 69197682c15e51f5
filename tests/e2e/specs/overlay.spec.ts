import type { Page } from '@playwright/test';
import { EXCHANGE, IMPERSONATE, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, LUMEN, MARIA, PLACE } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expectToFit } from '../support/width.ts';

const MINUTE = 60_000;
/** Until the portal has looked by itself, and hardly more: what it then asks must not be out of time before it is answered. */
const JUST_A_MINUTE = MINUTE + 1_000;
/** The page of whom one acts as has asked for all that it shows: nothing is on its way when the clock jumps. */
const hasAsked = (page: Page) => expect(page.getByText('You do not administer a team with this profile.')).toBeVisible();

/** Gives a reason in the dialog that is open, and goes on. */
async function because(portal: Portal, action: string, reason = 'one more thing to look at'): Promise<void> {
  await portal.dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await portal.dialog.getByRole('button', { name: action, exact: true }).click();
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const icon = (page: Page) => page.locator('link[rel~=icon]').getAttribute('href');

test('full access is taken for a reason, given up with one press, and keeps focus and page', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await expect(portal.banner).toContainText('View only');
  await button(page, 'Allow changes').click();
  await because(portal, 'Allow changes', '…');
  await expect(portal.dialog).toContainText('Say in a few words why you need this.');
  await because(portal, 'Allow changes');
  await expect(portal.banner).toContainText('Full access');
  await expect(portal.said('You can now change things as they could.')).toHaveCount(1);
  const lower = button(page, 'Back to view only');
  await expect(lower).toBeFocused();
  await lower.click();
  await expect(portal.banner).toContainText('View only');
  await expect(button(page, 'Allow changes')).toBeFocused();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a raise that is cancelled raises nothing', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await button(page, 'Allow changes').click();
  await portal.dialog.getByRole('textbox', { name: 'Reason' }).fill('never mind');
  await page.keyboard.press('Escape');
  await expect(portal.dialog).toHaveCount(0);
  await expect(portal.banner).toContainText('View only');
});

test('more time is announced to be needed, asked for with a reason, and given by the server', async ({
  page,
  portal,
  server,
  guard,
}) => {
  await page.clock.install();
  const [starts, exchanges] = [countRequests(page, 'GET', IMPERSONATE), countRequests(page, 'POST', EXCHANGE)];
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const [first] = await guard.tokens('acting');
  await page.clock.fastForward(25 * MINUTE);
  await expect(portal.said(`Acting as ${AISHA.name} ends in 5 minutes.`)).toHaveCount(1);
  await page.clock.fastForward(4 * MINUTE);
  await expect(portal.said(/ends in (1 minute|60 seconds|\d\d seconds)\./)).toHaveCount(1);
  await expect(portal.banner).toContainText(/\d+ seconds left/);

  await portal.banner.getByRole('button', { name: 'Stay longer' }).click();
  await because(portal, 'Stay longer');
  await expect(portal.dialog).toHaveCount(0);
  await expect(portal.banner).toContainText(/(30|29) minutes left/);
  await expect(portal.said('You have more time: 30 minutes.')).toHaveCount(1);
  await portal.expectActingAs(AISHA.name);
  expect([starts(), exchanges()]).toEqual([2, 2]);
  await expect
    .poll(() => server.whoami(first), {
      message: 'the first session is over on the server',
    })
    .toBe(401);
});

test('the time that runs out is told in a dialog that is open, where it can be dismissed', async ({ page, portal }) => {
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await button(page, 'Allow changes').click();
  await page.clock.fastForward(25 * MINUTE);
  await expect(portal.said(`Acting as ${AISHA.name} ends in 5 minutes.`)).toHaveCount(1);
  await portal.dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(portal.dialog.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
  await expect(portal.dialog.getByRole('heading', { name: `Allow changes as ${AISHA.name}` })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(portal.dialog).toHaveCount(0);
  // Nor is what was news before it.
  await expect(page.getByRole('region', { name: 'Messages' })).toHaveCount(0);
});

test('more time is asked for over a dialog that is open, which keeps what was typed into it', async ({ page, portal }) => {
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await button(page, 'Allow changes').click();
  const typed = page.getByRole('dialog', { name: `Allow changes as ${AISHA.name}` }).getByRole('textbox', { name: 'Reason' });
  await typed.fill('a long explanation');
  await page.clock.fastForward(25 * MINUTE);
  await portal.dialog.getByRole('button', { name: 'Stay longer' }).click();
  const longer = page.getByRole('dialog', { name: `Stay longer as ${AISHA.name}?` });
  await longer.getByRole('textbox', { name: 'Reason' }).fill('still explaining');
  await longer.getByRole('button', { name: 'Stay longer', exact: true }).click();
  await expect(longer).toHaveCount(0);
  await expect(portal.banner).toContainText(/(30|29) minutes left/);
  await expect(typed).toHaveValue('a long explanation');
  // What is no longer true is gone, and the button with it: the keyboard is in the dialog.
  await expect(page.getByText(`Acting as ${AISHA.name} ends in 5 minutes.`)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: `Allow changes as ${AISHA.name}` })).toBeFocused();
});

test('what is said of the time stays while other things are said', async ({ page, portal }) => {
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await page.clock.fastForward(25 * MINUTE);
  const soon = page.locator('.toast').filter({ hasText: `Acting as ${AISHA.name} ends in 5 minutes.` });
  await expect(soon).toBeVisible();
  await button(page, 'Allow changes').click();
  await because(portal, 'Allow changes');
  await expect(portal.said('You can now change things as they could.')).toHaveCount(1);
  await expect(soon).toBeVisible();
});

test('what is said anew of the time keeps the keyboard in the dialog over which it is said', async ({ page, portal }) => {
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await button(page, 'Allow changes').click();
  await page.clock.fastForward(25 * MINUTE);
  await portal.dialog.getByRole('button', { name: 'Stay longer' }).focus();
  await page.clock.fastForward(4 * MINUTE);
  await expect(portal.dialog.locator('.toast')).toHaveCount(1);
  await expect(portal.dialog.locator('.toast')).toContainText(/ends in (1 minute|60 seconds|\d\d seconds)\./);
  await expect(portal.dialog.getByRole('button', { name: 'Dismiss' })).toBeFocused();
});

test('more time that the server refuses is told, and the time that is left goes on', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(403);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await page.route(/\/impersonate$/, (route) => route.fulfill({ status: 403 }));
  await button(page, 'Stay longer').click();
  await because(portal, 'Stay longer');
  await expect(portal.dialog.getByRole('alert')).toContainText('The server does not allow you more time as this person.');
  await expect(portal.dialog.getByRole('alert')).toContainText(`You still act as ${AISHA.name}`);
  await expect(portal.dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue('one more thing to look at');
  await portal.dialog.getByRole('button', { name: 'Cancel' }).click();
  await portal.expectActingAs(AISHA.name);
  expect(await server.audit()).not.toContainEqual(expect.objectContaining({ Event: 'stop' }));
});

test('a longer session of somebody else is thrown away, and one goes on as the person one was', async ({
  page,
  portal,
  server,
  guard,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await page.route(/\/impersonate$/, (route) =>
    route.continue({ url: route.request().url().replace(`/${AISHA.id}/`, `/${JONAS.id}/`) }),
  );
  await button(page, 'Stay longer').click();
  const told = page.waitForResponse(/\/login\/logout/);
  await because(portal, 'Stay longer');
  await expect(portal.dialog.getByRole('alert')).toContainText('The server did not give you a longer session');
  await told;
  const [first, other] = await guard.tokens('acting');
  expect([await server.whoami(first), await server.whoami(other)]).toEqual([200, 401]);
  await portal.dialog.getByRole('button', { name: 'Cancel' }).click();
  await portal.expectActingAs(AISHA.name);
});

test('changing the person comes back first, keeps the reason, and returns to where it all began', async ({
  page,
  portal,
  server,
}) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${LUMEN.id}`);
  await portal.actFromPermissions(AISHA.name);
  await button(page, 'Change person').click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await portal.expectOwn(MARIA);
  await expect(portal.said(`Choose whom to act as instead of ${AISHA.name}.`)).toHaveCount(1);
  await (await portal.findMember(JONAS.name)).click();
  await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('Correct a booking they asked about');
  await portal.start.click();
  await portal.expectActingAs(JONAS.name);
  const people = (await server.audit()).map(({ ActorCoworkerId }) => ActorCoworkerId).filter((id) => id !== null);
  expect(new Set(people), 'nobody acted but Maria').toEqual(new Set([MARIA.id]));
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(page).toHaveURL(`/user/team/permissions/${LUMEN.id}`);
});

test('the tab says who one is by its title and its icon', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  const own = await icon(page);
  await portal.actAs(AISHA.name);
  await expect(page).toHaveTitle(`Acting as ${AISHA.name} – Welcome, ${AISHA.name} - ${PLACE}`);
  expect(await icon(page)).not.toBe(own);
  // Another language makes everything anew but the tab.
  for (const [language, tag] of [
    ['Deutsch', 'de'],
    ['English', 'en'],
  ] as const) {
    await page.locator('#language').getByRole('combobox').selectOption(language);
    await expect(page.locator('html')).toHaveAttribute('lang', tag);
  }
  await expect(portal.banner).toBeVisible();
  expect(await icon(page)).not.toBe(own);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(page).not.toHaveTitle(/Acting as/);
  expect(await icon(page)).toBe(own);
});

test('sec_16_when_ones_own_session_is_revoked_the_next_look_ends_acting_too', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400, 401);
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await hasAsked(page);
  await server.revokeSessions(MARIA.email);
  // Nobody touches anything: the portal looks by itself.
  await page.clock.runFor(JUST_A_MINUTE);
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(page.getByText(`Your own session has ended, and so has the one as ${AISHA.name}.`)).toBeVisible();
  expect(await portal.storedCredential()).toBeNull();
});

test('p12_acting_ends_as_soon_as_its_reason_is_gone', async ({ page, portal, server, guard }) => {
  guard.expectStatus(401, 403);
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await hasAsked(page);
  await server.removeAdministrator(LUMEN.id, MARIA.id);
  await page.clock.runFor(JUST_A_MINUTE);
  await portal.expectOwn(MARIA);
  await expect(portal.said(`The server ended your session as ${AISHA.name}.`)).toHaveCount(1);
});

test('a page that is left while acting tells the server, also when it is only loaded again', async ({
  page,
  portal,
  server,
  guard,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const [acting] = await guard.tokens('acting');
  await page.reload();
  await portal.expectOwn(MARIA);
  await expect
    .poll(() => server.whoami(acting))
    .toBe(401);
});

test('what went well is said until one goes on, and what one did not ask for until it is dismissed', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(401, 403);
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await hasAsked(page);
  const messages = page.getByRole('region', { name: 'Messages' });
  const started = `You are now acting as ${AISHA.name}.`;
  await portal.follow('/');
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  await expect(messages, 'it is news yet').toContainText(started);
  await page.clock.runFor(6_000);
  await expect(messages).toContainText(started);
  await portal.follow('/sign-in/profiles');
  await expect(messages).toHaveCount(0);
  await server.removeAdministrator(LUMEN.id, MARIA.id);
  await page.clock.runFor(JUST_A_MINUTE);
  await portal.expectOwn(MARIA);
  const ended = `The server ended your session as ${AISHA.name}.`;
  await expect(messages).toContainText(ended);
  await page.clock.runFor(6_000);
  await portal.follow('/');
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await expect(messages).toContainText(ended);
});

test('the longest name leaves the header in its place, also on a tablet', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs('Anastasia Konstantinopolitanskaya-Featherstonehaugh de la Vega y Montenegro');
  const menu = portal.menuButton('Anastasia');
  for (const width of [1280, 820, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectToFit(page, width);
    const place = await menu.boundingBox();
    expect(width - (place?.x ?? 0) - (place?.width ?? 0), 'it stands at the end').toBeLessThan(width / 10);
  }
});
