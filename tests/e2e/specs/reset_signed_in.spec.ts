import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { AISHA, PASSWORD, TOMAS } from '../support/people.ts';

const NEW = 'a-longer-harbour';

test('a link that is opened while somebody else is signed in says who, and going on signs them out everywhere', async ({
  page,
  portal,
  server,
  openTab,
  guard,
}) => {
  guard.kept = true;
  // The other tab may try to renew what is over.
  guard.expectStatus(400, 401);
  await portal.page.goto('/sign-in');
  await portal.keep.check();
  await portal.fillIn(TOMAS.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.menuButton(TOMAS.name)).toBeVisible();
  const other = await openTab();
  await other.page.goto('/');
  await expect(other.menuButton(TOMAS.name)).toBeVisible();
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.goto(link);
  await expect(
    portal.said(`You are signed in as ${TOMAS.name}. Going on signs you out, in every tab.`),
  ).toBeVisible();
  await expectAccessible(page, 'light', 'dark');
  await portal.chooseNewPassword('short');
  await expect(portal.newPassword).toHaveAccessibleDescription('The password must have at least 10 characters.');
  await expect(portal.menuButton(TOMAS.name)).toBeVisible();
  await portal.chooseNewPassword(NEW);
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  await expect(other.heading('Sign in')).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
  await page.reload();
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
});

test('whoever stays signed in goes home', async ({ page, portal, server, guard }) => {
  await portal.signIn(TOMAS);
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.goto(link);
  await portal.link(`Stay signed in as ${TOMAS.name}`).click();
  await expect(portal.heading(`Welcome, ${TOMAS.name}`)).toBeVisible();
});

test('whoever comes after a person who wanted nothing of a link cannot use it', async ({ page, portal, server, guard }) => {
  await portal.signIn(TOMAS);
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.goto(link);
  await expect(portal.newPassword).toBeVisible();
  await portal.newPassword.fill(NEW);
  await portal.link(`Stay signed in as ${TOMAS.name}`).click();
  await expect(portal.heading(`Welcome, ${TOMAS.name}`)).toBeVisible();
  await portal.signOut(TOMAS.name);
  await portal.follow('/reset-password');
  await expect(portal.heading('Choose a new password')).toBeVisible();
  await expect(portal.newPassword).toHaveCount(0);
});

test('whoever comes after a person who signed out before a link finds it only there', async ({
  page,
  portal,
  server,
  guard,
}) => {
  await portal.signIn(TOMAS);
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.goto(link);
  await portal.newPassword.fill(NEW);
  await portal.pressSignOut(TOMAS.name);
  await expect(portal.menuButton(TOMAS.name)).toHaveCount(0);
  // Whoever wanted to go in by it still can,
  await expect(portal.newPassword).toHaveValue(NEW);
  await portal.link('Back to sign in').click();
  await expect(portal.heading('Sign in')).toBeVisible();
  // and whoever comes later cannot.
  await page.goBack();
  await expect(portal.heading('Choose a new password')).toBeVisible();
  await expect(portal.newPassword).toHaveCount(0);
});

test('whoever resets the own password while signed in goes on without a question', async ({ page, portal, server, guard }) => {
  guard.expectStatus(401);
  await portal.signIn(AISHA);
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.goto(link);
  await expect(portal.newPassword).toBeVisible();
  await expect(page.getByText('You are signed in as')).toHaveCount(0);
  await portal.chooseNewPassword(NEW);
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.reload();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});
