import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { tabTo } from '../support/keyboard.ts';
import { AISHA, OTTO, PASSWORD } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import type { Server } from '../support/server.ts';
import { expectToFit } from '../support/width.ts';

const NEW = 'a-longer-harbour';

/** What nobody may find a token in. */
const places = (page: Page) =>
  page.evaluate(() => [location.href, JSON.stringify(history.state), document.documentElement.outerHTML].join('\n'));

test('an account that must choose a new password is led there in place, and told why', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  const refused = page.waitForResponse('**/api/token');
  await page.goto('/sign-in?next=/user/impersonation-history');
  await portal.fillIn(OTTO.email, PASSWORD);
  await page.keyboard.press('Enter');
  await expect(portal.heading('Choose a new password')).toBeFocused();
  await expect(portal.main).toContainText('Before you go on, this location asks you to choose a new password.');
  const { error_description: token } = (await (await refused).json()) as { error_description: string };
  expect(await places(page)).not.toContain(token);
  await expect(page).toHaveURL('/reset-password?next=%2Fuser%2Fimpersonation-history');
  await expect(portal.email).toHaveValue(OTTO.email);
  await expect(portal.email).not.toBeEditable();
  await tabTo(page, portal.newPassword);
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expect(portal.newPassword).toHaveAccessibleDescription('The password must have at least 10 characters.');
  await expect(portal.newPassword).toBeFocused();
  await page.keyboard.type(NEW);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/user/impersonation-history');
  await portal.signOut(OTTO.name);
  await portal.fillIn(OTTO.email, NEW);
  await portal.submit.click();
  await expect(portal.menuButton(OTTO.name)).toBeVisible();
});

test('who was asked for a new password by signing in, and loads the page again, hears to sign in again', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(400);
  await page.goto('/sign-in');
  await portal.fillIn(OTTO.email, PASSWORD);
  await page.keyboard.press('Enter');
  await expect(portal.heading('Choose a new password')).toBeVisible();
  await page.reload();
  await expect(portal.main).toContainText('If you were asked for a new password when you signed in, sign in again.');
  await page.getByRole('link', { name: 'Back to sign in' }).click();
  await expect(portal.email).toBeVisible();
});

test('a link to a new password is asked for with the email of the form, with the keyboard alone', async ({
  page,
  portal,
  server,
}) => {
  await page.goto('/sign-in?next=/user/impersonation-history');
  await portal.email.fill(` ${AISHA.email}`);
  await tabTo(page, portal.link('Forgot your password?'));
  await page.keyboard.press('Enter');
  await expect(portal.heading('Forgot your password?')).toBeFocused();
  await expect(portal.email).toHaveValue(` ${AISHA.email}`);
  await tabTo(page, portal.button('Send the link'));
  await page.keyboard.press('Enter');
  await expect(portal.said(`If ${AISHA.email} has an account here, the link is on its way.`)).toBeVisible();
  expect((await server.mails(AISHA.email)).length).toBe(1);
  await tabTo(page, portal.link('Back to sign in'));
  await page.keyboard.press('Enter');
  await expect(portal.heading('Sign in')).toBeFocused();
  await expect(page).toHaveURL('/sign-in?next=%2Fuser%2Fimpersonation-history');
  await expect(portal.email).toHaveValue(` ${AISHA.email}`);
});

test('the answer is the same for an address that nobody has', async ({ page, portal, server }) => {
  const answers: string[] = [];
  for (const email of [AISHA.email, 'nobody@example.com']) {
    await page.goto('/forgot-password');
    await portal.email.fill(email);
    await portal.button('Send the link').click();
    const answer = portal.said('has an account here');
    await expect(answer).toBeVisible();
    answers.push((await answer.innerText()).replace(email, '…'));
  }
  expect(answers[0]).toBe(answers[1]);
  expect(await server.mails('nobody@example.com')).toEqual([]);
});

test('the link of the mail leads to a new password and, in another tab too, to where one wanted to go', async ({
  page,
  portal,
  server,
  openTab,
  guard,
}) => {
  await page.goto('/sign-in?next=/user/impersonation-history');
  await portal.link('Forgot your password?').click();
  await portal.email.fill(AISHA.email);
  await portal.button('Send the link').click();
  await expect(portal.said('the link is on its way')).toBeVisible();
  const { Link } = await server.mail(AISHA.email);
  guard.hide(Link);
  const tab = await openTab();
  await tab.page.goto(Link);
  await expect(tab.heading('Choose a new password')).toBeVisible();
  await expect(tab.page).toHaveURL('/reset-password');
  await expect(tab.email).toHaveValue(AISHA.email);
  await tab.chooseNewPassword(NEW);
  await expect(tab.page).toHaveURL('/user/impersonation-history');
  await expect(tab.menuButton(AISHA.name)).toBeVisible();
});

test('the token is out of the address before anything is sent', async ({ page, portal, server, guard }) => {
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.addInitScript(() => {
    const fetch = window.fetch;
    const seen: string[] = [];
    Object.assign(window, { seen });
    window.fetch = (...asked) => {
      seen.push(location.href);
      return fetch(...asked);
    };
  });
  const referrers: (string | undefined)[] = [];
  page.on('request', (request) => referrers.push(request.headers()['referer']));
  await page.goto(link);
  await expect(portal.newPassword).toBeVisible();
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.filter((address) => address.includes('token'))).toEqual([]);
  expect(referrers.filter((referrer) => referrer?.includes('token'))).toEqual([]);
});

for (const [what, open, sentence] of [
  [
    'without a token',
    () => '/reset-password',
    'This page was opened without a link, or was loaded again since. Open the link from your email once more, or have a new one sent.',
  ],
  [
    'with an empty token',
    () => '/reset-password?token=',
    'This page was opened without a link, or was loaded again since. Open the link from your email once more, or have a new one sent.',
  ],
  [
    'that was cut off',
    async (server: Server) => (await server.resetLink(AISHA.email)).slice(0, -60).replace(/\.[^.]*$/, ''),
    'This link is not complete. Open it again from your email, or have a new one sent.',
  ],
  [
    'with something else for a token',
    () => '/reset-password?token=%3Cscript%3E',
    'This link is not complete. Open it again from your email, or have a new one sent.',
  ],
] as const) {
  test(`a link ${what} says so and where another is to be had`, async ({ page, portal, server }) => {
    await page.goto(await open(server));
    await expect(portal.alert).toContainText(sentence);
    await expect(portal.newPassword).toHaveCount(0);
    await portal.link('Send a new link').click();
    await expect(portal.heading('Forgot your password?')).toBeVisible();
  });
}

test('a link that has expired by the clock of the device says so before anything is typed, and can be tried', async ({ page, portal, server, guard }) => {
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.clock.install({ time: Date.now() + 31 * 60_000 });
  await page.goto(link);
  await expect(portal.alert).toContainText('By this device’s clock this link has expired.');
  await expect(portal.link('Send a new link')).toHaveAttribute('href', '/forgot-password');
  // It is the clock that is wrong, and the server knows better.
  await portal.chooseNewPassword(NEW);
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a link that the server does not take any more says so and leads to another', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400);
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.goto(link);
  await expect(portal.newPassword).toBeVisible();
  await server.advanceClock(31 * 60);
  await portal.chooseNewPassword(NEW);
  await expect(portal.alert).toContainText('This link has expired or was used before. Have a new one sent.');
  await portal.link('Send a new link').click();
  await portal.email.fill(AISHA.email);
  await portal.button('Send the link').click();
  await expect(portal.said('the link is on its way')).toBeVisible();
  const another = (await server.mail(AISHA.email)).Link;
  guard.hide(another);
  // Its token is good by the server's clock, which is ahead of this one.
  await page.goto(another);
  await portal.chooseNewPassword(NEW);
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

const STATES: Record<string, (portal: Portal, server: Server) => Promise<void>> = {
  'asking for a link': async (portal) => {
    await portal.page.goto('/forgot-password');
    await portal.email.fill(AISHA.email);
    await portal.button('Send the link').click();
    await expect(portal.said('the link is on its way')).toBeVisible();
  },
  'choosing a password': async (portal, server) => {
    await portal.page.goto(await server.resetLink(AISHA.email));
    await portal.chooseNewPassword('short');
    await expect(portal.newPassword).toHaveAttribute('aria-invalid', 'true');
  },
  'a link that leads nowhere': async (portal) => {
    await portal.page.goto('/reset-password');
    await expect(portal.alert).toBeVisible();
  },
};

for (const [name, open] of Object.entries(STATES)) {
  test(`axe finds nothing on ${name}, by light and by dark, and 320 pixels are wide enough`, async ({ page, portal, server }) => {
    await open(portal, server);
    await expectAccessible(page, 'light', 'dark');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectToFit(page, 320);
    await expectAccessible(page, 'light');
  });
}
