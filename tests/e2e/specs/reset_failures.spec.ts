import type { Route } from '@playwright/test';
import { countRequests, expect, test } from '../support/fixtures.ts';
import { loseReply } from '../support/faults.ts';
import { AISHA } from '../support/people.ts';

const NEW = 'a-longer-harbour';
const COMPLETE = '**/api/sys/users/completePasswordReset';

test('a link works once', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400);
  const link = await server.resetLink(AISHA.email);
  const token = new URL(link, server.url).searchParams.get('token');
  const used = { Token: token, Password: NEW, BusinessId: 7 };
  expect((await server.api('POST', '/api/sys/users/completePasswordReset', undefined, used)).status).toBe(200);
  await page.goto(link);
  await portal.chooseNewPassword('another-long-one');
  await expect(portal.alert).toContainText('This link has expired or was used before.');
});

test('a password that was changed but did not sign in is told, and signs in', async ({ page, portal, server, guard }) => {
  guard.expectNoNetwork();
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.route('**/api/sys/users/exchange?*', (route) => route.abort(), { times: 1 });
  await page.goto(link);
  await portal.chooseNewPassword(NEW);
  await expect(portal.said('Your password was changed. Sign in with the new one.')).toBeVisible();
  await portal.link('Sign in').click();
  await expect(portal.email).toHaveValue(AISHA.email);
  await portal.password.fill(NEW);
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('an answer that was lost on the way is told, and that the password may have been changed', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectNoNetwork();
  guard.expectStatus(400);
  const link = await server.resetLink(AISHA.email);
  await page.route(COMPLETE, loseReply, { times: 1 });
  await page.goto(link);
  await portal.chooseNewPassword(NEW);
  await expect(portal.alert).toContainText('The server cannot be reached. Check your connection and try again.');
  await expect(portal.newPassword).toHaveValue(NEW);
  await portal.button('Save and sign in').click();
  await expect(portal.alert).toContainText('It is not certain whether your new password was saved.');
  await portal.link('Back to sign in').click();
  await portal.fillIn(AISHA.email, NEW);
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a location that cannot be asked who it is spends no link, and nothing is uncertain', async ({ page, portal, server, guard }) => {
  guard.expectNoNetwork();
  guard.expectStatus(400, 401, 404);
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  const sent = countRequests(page, 'POST', /completePasswordReset/);
  let answer: (route: Route) => Promise<void> = (route) => route.fulfill({ status: 404 });
  await page.route('**/api/public/businesses/current*', (route) => answer(route));
  await page.goto(link);
  for (const next of [
    (route: Route) => route.fulfill({ status: 401 }),
    (route: Route) => route.abort(),
    (route: Route) => route.continue(),
  ]) {
    await portal.chooseNewPassword(NEW);
    await expect(portal.alert).toBeVisible();
    await expect(portal.newPassword).toHaveValue(NEW);
    answer = next;
  }
  expect(sent()).toBe(0);
  // Now that it can be sent, it is the server's word that counts.
  await server.advanceClock(31 * 60);
  await portal.button('Save and sign in').click();
  await expect(portal.alert).toContainText('This link has expired or was used before.');
  expect(sent()).toBe(1);
});

test('a server that wants a pause gets it before the link is asked for again', async ({ page, portal, guard }) => {
  guard.expectStatus(429);
  await page.clock.install();
  await page.goto('/forgot-password');
  await page.route('**/startPasswordReset', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '3' } }), {
    times: 1,
  });
  await portal.email.fill(AISHA.email);
  await page.clock.pauseAt(Date.now() + 60_000);
  await portal.button('Send the link').click();
  await expect(portal.button('Try again in 3 s')).toHaveAttribute('aria-disabled', 'true');
  await page.clock.runFor(3_000);
  await page.clock.resume();
  await portal.button('Send the link').click();
  await expect(portal.said('the link is on its way')).toBeVisible();
});

test('nothing is sent without an email, or without a password', async ({ page, portal, server, guard }) => {
  const sent = countRequests(page, 'POST', /\/api\/sys\/users\//);
  await page.goto('/forgot-password');
  await portal.button('Send the link').click();
  await expect(portal.email).toHaveAccessibleDescription('Enter your email.');
  await expect(portal.email).toBeFocused();
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.goto(link);
  await portal.button('Save and sign in').click();
  await expect(portal.newPassword).toHaveAccessibleDescription('Enter a new password.');
  expect(sent()).toBe(0);
});
