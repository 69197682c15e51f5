import { expectAccessible } from '../support/axe.ts';
import { countRequests, expect, test } from '../support/fixtures.ts';
import { Members } from '../support/members.ts';
import { AISHA, LEO, LEOS_STUDIO, LUMEN, LUMEN_PAGE, MARIA, MARIAS_COMPANY, NORTHWIND, ONLY_MARIAS, PASSWORD, TOMAS } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { countReads, stored, TOKEN } from '../support/session.ts';
import { expectToFit } from '../support/width.ts';

const LAPSED = 'Sign in again';
const ENDED = 'Your session has ended. Sign in again to go on where you are: this page stays as it is.';

/** The dialog over the page of a person whose session is over. */
const lapsed = (portal: Portal) => portal.page.getByRole('dialog', { name: LAPSED, exact: true });

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

test('details that met the end of the session are saved when one has signed in again', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400, 401);
  const changes = countRequests(page, 'PATCH', /\/coworker\/profile$/);
  await portal.signIn(TOMAS);
  await portal.ownProfile(TOMAS.name).click();
  await page.getByRole('button', { name: 'Change details' }).click();
  await page.getByRole('textbox', { name: 'Full name' }).fill('Tomas Lindqvist');
  await server.revokeSessions(TOMAS.email);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(lapsed(portal)).toBeVisible();
  expect(changes()).toBe(0);
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect(portal.heading('Welcome, Tomas Lindqvist')).toBeVisible();
  expect(changes()).toBe(1);
});

test('a change that the server refused because the session was over can be pressed again, and nothing typed is lost', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  const changes = countRequests(page, 'POST', /\/members$/);
  const members = await Members.open(portal);
  await members.button('Add members').click();
  const [people, add] = [page.getByRole('textbox', { name: 'People' }), members.dialog.getByRole('button', { name: /^Add( 1)? member/ })];
  await members.dialog.getByLabel('Starts on').fill('2199-01-01');
  await people.fill('Nia Okafor, nia.okafor@example.com');
  await server.revokeSessions(MARIA.email);
  await add.click();
  await expect(lapsed(portal)).toBeVisible();
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect(lapsed(portal)).toHaveCount(0);
  await expect(people).toHaveValue('Nia Okafor, nia.okafor@example.com');
  await expect(portal.dialog.getByRole('alert')).toContainText('Your session had ended, so this was not done. Try again.');
  await expect(add).toBeFocused();
  expect(changes()).toBe(1);
  await add.click();
  await expect(portal.said(`${LUMEN.members + 1} members`)).toBeVisible();
  expect(changes()).toBe(2);
});

test('becoming somebody that met the end of the session is told not to be done, and can be tried again', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  const told = portal.page.getByRole('alert').filter({ hasText: 'Your session had ended, so this was not done. Try again.' });
  const signInAgain = async () => {
    await expect(lapsed(portal)).toBeVisible();
    await portal.password.fill(PASSWORD);
    await portal.submit.click();
    await expect(lapsed(portal)).toHaveCount(0);
    await expect(told).toBeVisible();
  };
  await portal.signIn(LEO);
  await server.revokeSessions(LEO.email);
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await signInAgain();
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await portal.signOut(LEOS_STUDIO.name);

  await portal.signInToProfiles(MARIA);
  await portal.askToActAs(AISHA.name);
  await server.revokeSessions(MARIA.email);
  await portal.start.click();
  await signInAgain();
  await portal.start.click();
  await portal.expectActingAs(AISHA.name);
  await expect(page.getByRole('alert')).toHaveCount(0);
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
  // Signing in again goes by how the server spells the address.
  await portal.keepSignedIn({ ...MARIA, email: 'Maria.Santos@Example.com' });
  const other = await openTab();
  await other.page.goto('/');
  await expect(other.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await server.revokeSessions(MARIA.email);
  const teams = (tab: Portal) => tab.page.getByRole('link', { name: 'Team permissions' });
  for (const tab of [other, portal]) {
    // A tab may also find out by itself, as it looks who one is when another has come up: then there is no link to press.
    await expect(async () => {
      if (!(await lapsed(tab).isVisible())) await teams(tab).click({ timeout: 1_000 });
      await expect(lapsed(tab)).toBeVisible();
    }).toPass();
  }
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  for (const tab of [portal, other]) {
    await expect(lapsed(tab)).toHaveCount(0);
    await teams(tab).click();
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
