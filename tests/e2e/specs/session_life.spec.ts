import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN, LUMEN_PAGE, MARIA, MARIAS_COMPANY, NORTHWIND, ONLY_MARIAS, PASSWORD, TOMAS } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expectToFit } from '../support/width.ts';

const TOKEN = /\/api\/token$/;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const LAPSED = 'Sign in again';
const ENDED = 'Your session has ended. Sign in again to go on where you are: nothing that you have typed is lost.';

/** The dialog over the page of a person whose session is over. */
const lapsed = (portal: Portal) => portal.page.getByRole('dialog', { name: LAPSED, exact: true });
/** The requests that carry a bearer and are no part of signing in or out. */
const countReads = (page: Page) => countRequests(page, 'GET', /^\/api\/public\/teams\//);
/** A field of the page's own storage. */
const stored = (page: Page, place: 'local' | 'session') =>
  page.evaluate((where) => (where === 'local' ? localStorage : sessionStorage).getItem('portal.session'), place);

test.describe('a bearer that lives for ten minutes', () => {
  test.use({ serverArgs: ['--access-token-seconds', '600'] });

  test('is renewed ahead of its end, with the same client_id, and nothing is read again or said', async ({ page, portal }) => {
    await page.clock.install();
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await portal.expectRows(LUMEN.members);
    const before = await stored(page, 'session');
    const [renewals, reads] = [countRequests(page, 'POST', TOKEN), countReads(page)];
    const renewed = page.waitForRequest(TOKEN);
    await page.clock.fastForward(7 * MINUTE);
    expect(renewals(), 'at four fifths of its life, and no earlier').toBe(0);
    await page.clock.fastForward(MINUTE + 10 * SECOND);
    const request = await renewed;
    expect(request.headers()['client_id']).toBe(`nexudus.portal.${MARIA.email}`);
    expect((await request.response())?.ok()).toBe(true);
    await expect.poll(() => stored(page, 'session')).not.toBe(before);
    await page.clock.fastForward(7 * MINUTE);
    expect(renewals(), 'once, until the new one is old').toBe(1);
    expect(reads()).toBe(0);
    await portal.expectRows(LUMEN.members);
    await expect(portal.alert.filter({ hasText: /./ })).toHaveCount(0);
  });

  test('is renewed as soon as somebody looks again after a sleep', async ({ page, portal, server }) => {
    await page.clock.install();
    await portal.signInToProfiles(MARIA);
    // Before the page's own clock: what it renews must not be old at once.
    await server.advanceClock(3 * 3600);
    const renewed = page.waitForResponse(TOKEN);
    await page.clock.pauseAt(new Date(Date.now() + 3 * 60 * MINUTE));
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    expect((await renewed).ok()).toBe(true);
    await page.clock.resume();
    await portal.ownProfile(MARIA.name).click();
    await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  });

  test('is tried to be renewed again later, without a word, when there is no network', async ({ page, portal, guard }) => {
    guard.expectNoNetwork();
    await page.clock.install();
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await portal.expectRows(LUMEN.members);
    const renewals = countRequests(page, 'POST', TOKEN);
    await page.route(TOKEN, (route) => route.abort('connectionreset'), { times: 2 });
    await page.clock.fastForward(8 * MINUTE);
    await expect.poll(renewals).toBe(1);
    await page.clock.runFor(31 * SECOND);
    await expect.poll(renewals).toBe(2);
    const renewed = page.waitForResponse(TOKEN);
    await page.clock.runFor(31 * SECOND);
    expect((await renewed).ok()).toBe(true);
    await portal.expectRows(LUMEN.members);
    await expect(portal.alert.filter({ hasText: /./ })).toHaveCount(0);
  });

  test('p19_of_two_tabs_that_keep_a_session_one_renews_it_ahead_of_its_end_and_the_other_takes_that_over', async ({
    context,
    portal,
    openTab,
    guard,
  }) => {
    guard.kept = true;
    await context.clock.install();
    await portal.keepSignedIn(MARIA);
    const other = await openTab();
    await other.page.goto(LUMEN_PAGE);
    await other.expectRows(LUMEN.members);
    const [first, second] = [portal, other].map(({ page }) => countRequests(page, 'POST', TOKEN));
    const before = await stored(portal.page, 'local');
    await context.clock.fastForward(8 * MINUTE + SECOND);
    await expect.poll(() => (first?.() ?? 0) + (second?.() ?? 0)).toBe(1);
    await expect.poll(() => stored(portal.page, 'local')).not.toBe(before);
    // What both have now is not due before the new one is.
    await context.clock.fastForward(7 * MINUTE);
    expect((first?.() ?? 0) + (second?.() ?? 0)).toBe(1);
    for (const tab of [portal, other]) await tab.expectOwn(MARIA);
  });

  test('is renewed by each of two tabs that do not keep it for itself', async ({ context, portal, openTab }) => {
    await context.clock.install();
    await portal.signInToProfiles(MARIA);
    const other = await openTab();
    await other.signInToProfiles(MARIA);
    const [first, second] = [portal, other].map(({ page }) => countRequests(page, 'POST', TOKEN));
    await context.clock.fastForward(8 * MINUTE + SECOND);
    await expect.poll(() => [first?.(), second?.()]).toEqual([1, 1]);
    for (const tab of [portal, other]) await tab.expectOwn(MARIA);
  });
});

test.describe('a bearer that lives for forty minutes', () => {
  test.use({ serverArgs: ['--access-token-seconds', '2400'] });

  test('p11_the_own_session_is_not_renewed_while_one_acts_but_right_after', async ({ page, portal }) => {
    await page.clock.install();
    await portal.signInToProfiles(MARIA);
    const renewals = countRequests(page, 'POST', TOKEN);
    await page.clock.fastForward(10 * MINUTE);
    const before = await stored(page, 'session');
    await portal.actAs(AISHA.name);
    await page.clock.fastForward(24 * MINUTE);
    await portal.expectActingAs(AISHA.name);
    expect(renewals(), 'it is due since two minutes').toBe(0);
    expect(await stored(page, 'session')).toBe(before);
    const renewed = page.waitForResponse(TOKEN);
    await portal.returnButton.click();
    expect((await renewed).ok()).toBe(true);
    await portal.expectOwn(MARIA);
    await expect.poll(() => stored(page, 'session')).not.toBe(before);
  });
});

/** Maria on Lumen Studio's page with a half-filled dialog, and a session that is over. */
async function lapseInADialog(portal: Portal, revoke: () => Promise<void>): Promise<void> {
  const { page } = portal;
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await portal.expectRows(LUMEN.members);
  await portal.manage(AISHA.name).click();
  await page.getByRole('textbox', { name: 'Access card' }).fill('CARD-77');
  await page.evaluate(() => document.querySelector('main h1')?.setAttribute('data-same', ''));
  await revoke();
  await page.getByRole('button', { name: 'Save permissions' }).click();
  await expect(lapsed(portal)).toBeVisible();
}

test('when a session is over one signs in again in place, and what was half done is done', async ({
  page,
  portal,
  server,
  team,
  guard,
}) => {
  guard.expectStatus(400, 401);
  await lapseInADialog(portal, () => server.revokeSessions(MARIA.email));
  await expect(lapsed(portal)).toContainText(ENDED);
  await expect(portal.email).toHaveValue(MARIA.email);
  await expect(portal.email).not.toBeEditable();
  await expect(portal.password).toBeFocused();
  await expect(page).toHaveURL(LUMEN_PAGE);
  expect(await stored(page, 'session')).toBeNull();
  const reads = countReads(page);
  // There is no way around it.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(lapsed(portal)).toBeVisible();
  await portal.submit.click();
  await expect(portal.password).toHaveAccessibleDescription('Enter your password.');
  await portal.password.fill('wrong');
  await portal.submit.click();
  await expect(lapsed(portal).getByRole('alert')).toContainText('The email or password is incorrect.');
  await expect(portal.password).toHaveValue('wrong');
  expect(reads(), 'nothing is sent for the page').toBe(0);
  await portal.password.fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(lapsed(portal)).toHaveCount(0);
  // The save was on its way when the session was over: it has waited.
  await expect.poll(async () => (await team.all())[AISHA.id]).toMatchObject({ AccessCardId: 'CARD-77' });
  await expect(portal.heading('Team permissions')).toHaveAttribute('data-same');
  await portal.expectOwn(MARIA);
  expect(await stored(page, 'session')).not.toBeNull();
});

test('a change that the server refused because the session was over can be pressed again, and nothing typed is lost', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  const changes = countRequests(page, 'PATCH', /\/coworker\/profile$/);
  await portal.signIn(TOMAS);
  await portal.ownProfile(TOMAS.name).click();
  await page.getByRole('button', { name: 'Change details' }).click();
  const [name, save] = [page.getByRole('textbox', { name: 'Full name' }), page.getByRole('button', { name: 'Save' })];
  await name.fill('Tomas Lindqvist');
  await server.revokeSessions(TOMAS.email);
  await save.click();
  await expect(lapsed(portal)).toBeVisible();
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect(lapsed(portal)).toHaveCount(0);
  await expect(name).toHaveValue('Tomas Lindqvist');
  await expect(portal.dialog.getByRole('alert')).toContainText('Your session had ended, so this was not done. Try again.');
  await expect(save).toBeFocused();
  expect(changes()).toBe(1);
  await save.click();
  await expect(portal.heading('Welcome, Tomas Lindqvist')).toBeVisible();
  expect(changes()).toBe(2);
});

test("somebody else's session never slips in where one signs in again", async ({
  page,
  portal,
  server,
  recorder,
  guard,
}) => {
  guard.expectStatus(400, 401);
  await portal.signIn(TOMAS);
  await portal.ownProfile(TOMAS.name).click();
  await expect(portal.heading(`Welcome, ${TOMAS.name}`)).toBeVisible();
  await server.revokeSessions(TOMAS.email);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(lapsed(portal)).toBeVisible();
  const marias = await server.bearer(MARIA.email, PASSWORD);
  const reply = { access_token: marias, token_type: 'bearer', expires_in: 600, refresh_token: 'r'.repeat(40) };
  await page.route(TOKEN, (route) => route.fulfill({ json: reply }), { times: 1 });
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect(lapsed(portal).getByRole('alert')).toContainText("The server opened somebody else's session.");
  await expect.poll(() => server.whoami(marias), 'it is thrown away').toBe(401);
  expect(await stored(page, 'session')).toBeNull();
  await portal.submit.click();
  await expect(lapsed(portal)).toHaveCount(0);
  await expect(portal.table).toBeVisible();
  await portal.expectOwn(TOMAS);
  recorder.expectNever(ONLY_MARIAS);
});

test('whoever may not come in any more reads why, and signs out', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400, 401);
  await portal.signIn(TOMAS);
  await portal.ownProfile(TOMAS.name).click();
  await expect(portal.heading(`Welcome, ${TOMAS.name}`)).toBeVisible();
  await server.deactivateMember(TOMAS.id);
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(lapsed(portal)).toBeVisible();
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect(lapsed(portal).getByRole('alert')).toContainText('This account is not registered at this location.');
  await lapsed(portal).getByRole('button', { name: 'Sign out' }).click();
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.said('You have signed out.')).toBeVisible();
});

for (const [what, withToken, title] of [
  ['with the token that the location gave', true, 'Choose a new password'],
  ['by having a link sent where the location gave no token', false, 'Forgot your password?'],
] as const) {
  test(`whoever must choose a new password meanwhile does so ${what}, and comes back to the page`, async ({
    page,
    portal,
    server,
    guard,
  }) => {
    guard.expectStatus(400, 401);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await portal.expectRows(LUMEN.members);
    await server.revokeSessions(MARIA.email);
    await page.getByRole('combobox', { name: 'Team' }).selectOption(NORTHWIND.name);
    await expect(lapsed(portal)).toBeVisible();
    const token = withToken ? new URL(await server.resetLink(MARIA.email), server.url).searchParams.get('token') : '';
    const refusal = { error: 'must_reset_password', error_description: token };
    await page.route(TOKEN, (route) => route.fulfill({ status: 400, json: refusal }), { times: 1 });
    await portal.password.fill(PASSWORD);
    await portal.submit.click();
    const wanted = 'Before you go on, this location asks you to choose a new password.';
    await expect(lapsed(portal).getByRole('alert')).toContainText(wanted);
    await expect(portal.submit).toHaveCount(0);
    await lapsed(portal).getByRole('button', { name: 'Choose a new password' }).click();
    await expect(portal.heading(title)).toBeFocused();
    await expect(portal.dialog).toHaveCount(0);
    await expect(portal.email).toHaveValue(MARIA.email);
    if (!withToken) {
      await portal.button('Send the link').click();
      await expect(portal.said('the link is on its way')).toBeVisible();
      await page.goto((await server.mail(MARIA.email)).Link);
    }
    await portal.newPassword.fill('a-longer-harbour');
    await portal.button('Save and sign in').click();
    await portal.ownProfile(MARIA.name).click();
    await expect(page).toHaveURL(`/user/team/permissions/${NORTHWIND.id}`);
    await portal.expectOwn(MARIA);
  });
}

test('on another profile by now one is told so, and the pages are those of that profile', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await portal.expectRows(LUMEN.members);
  await server.revokeSessions(MARIA.email);
  const elsewhere = await server.bearer(MARIA.email, PASSWORD);
  await server.api('PUT', `/api/public/coworkers/profiles/current?coworkerId=${MARIAS_COMPANY.id}`, elsewhere);
  // Something that was not read yet.
  await portal.follow(`/user/team/permissions/${NORTHWIND.id}`);
  await expect(lapsed(portal)).toBeVisible();
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect(portal.menuButton(MARIAS_COMPANY.name)).toBeVisible();
  await expect(portal.said(`Your profile was changed to ${MARIAS_COMPANY.name}`)).toBeVisible();
});

test('in a browser that keeps one signed in, signing in again in one tab is enough', async ({
  portal,
  openTab,
  server,
  guard,
}) => {
  guard.kept = true;
  guard.expectStatus(400, 401);
  await portal.keepSignedIn(MARIA);
  const other = await openTab();
  await other.page.goto('/');
  await expect(other.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await server.revokeSessions(MARIA.email);
  for (const tab of [other, portal]) {
    await tab.page.getByRole('link', { name: 'Team permissions' }).click();
    await expect(lapsed(tab)).toBeVisible();
  }
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  for (const tab of [portal, other]) {
    await expect(lapsed(tab)).toHaveCount(0);
    await expect(tab.impersonate(AISHA.name)).toBeVisible();
  }
  // Signing out in one tab still leads the other to the sign-in page.
  await portal.signOut(MARIA.name);
  await expect(other.heading('Sign in')).toBeVisible();
});

test('signing out in another tab takes the dialog away, and leads to the sign-in page', async ({
  portal,
  openTab,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  await portal.signInToProfiles(MARIA);
  const other = await openTab();
  await server.revokeSessions(MARIA.email);
  await portal.page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(lapsed(portal)).toBeVisible();
  await other.signInToProfiles(MARIA);
  await other.signOut(MARIA.name);
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.said('You have signed out in another tab.')).toBeVisible();
});

test('the dialog is usable by keyboard at 320 pixels, and axe finds nothing', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400, 401);
  await page.setViewportSize({ width: 320, height: 640 });
  await portal.signInToProfiles(MARIA);
  await server.revokeSessions(MARIA.email);
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(portal.password).toBeFocused();
  await expectAccessible(page, 'light', 'dark');
  await expectToFit(page, 320);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(lapsed(portal)).toHaveCount(0);
  await expect(portal.heading('Team permissions')).toBeVisible();
});
