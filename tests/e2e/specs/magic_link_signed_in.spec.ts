import { expect, test } from '../support/fixtures.ts';
import { mailed } from '../support/mailed.ts';
import { AISHA, MARIA, TOMAS } from '../support/people.ts';

test('a link that is opened while somebody is signed in says who, and going on signs them out', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(401);
  await portal.signIn(TOMAS);
  const bearer = (JSON.parse((await portal.storedCredential()) ?? '{}') as { access: string }).access;
  const { Link } = await mailed(server, AISHA.email);
  guard.hide(Link);
  await page.goto(Link);
  await expect(
    portal.said(`You are signed in as ${TOMAS.name}. Going on signs you out, in every tab.`),
  ).toBeVisible();
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  await expect.poll(() => server.whoami(bearer)).toBe(401);
});

test('whoever is signed in is told so where an email is asked for, too', async ({ page, portal }) => {
  await portal.signIn(TOMAS);
  await page.goto('/sign-in/email');
  await expect(
    portal.said(`You are signed in as ${TOMAS.name}. Going on signs you out, in every tab.`),
  ).toBeVisible();
});

test('a link that is no good signs nobody out', async ({ page, portal, server, guard }) => {
  guard.expectStatus(401);
  await portal.signIn(TOMAS);
  await page.goto('/sign-in/link?token=nonsense');
  await portal.submit.click();
  await expect(portal.alert).toContainText('This link has expired or was used before.');
  await expect(portal.menuButton(TOMAS.name)).toBeVisible();
  const bearer = (JSON.parse((await portal.storedCredential()) ?? '{}') as { access: string }).access;
  expect(await server.whoami(bearer)).toBe(200);
});

test('while acting as somebody else no link is taken', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await portal.follow('/sign-in/link');
  await expect(page).toHaveURL('/');
  await portal.expectActingAs(AISHA.name);
});
