import type { Page, Route } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { countRequests, expect, test } from '../support/fixtures.ts';
import { tabTo } from '../support/keyboard.ts';
import { AISHA, PASSWORD } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expectToFit } from '../support/width.ts';

const TOKEN = '**/api/token';
const WIFI = '<!DOCTYPE html><title>Wi-Fi</title><h1>Welcome to the Wi-Fi</h1>';
const UNCLEAR = "The server's answer could not be understood. Try again.";

type Reply = Parameters<Route['fulfill']>[0];

/** Signs in once with this for an answer; where the time matters, it stands still from then on. */
async function tryOnce(page: Page, portal: Portal, reply: Reply, time: 'runs' | 'stands still' = 'runs'): Promise<void> {
  await page.route(TOKEN, (route) => route.fulfill(reply), { times: 1 });
  if (time === 'stands still') await page.clock.install();
  await page.goto('/sign-in');
  await portal.fillIn(AISHA.email, PASSWORD);
  await expect(page.locator('#boot')).toHaveCount(0);
  if (time === 'stands still') await page.clock.pauseAt(Date.now() + 60_000);
  await portal.submit.click();
}

/** Nothing that was typed is lost, and the next try works. */
async function expectNothingLost(portal: Portal): Promise<void> {
  await expect(portal.email).toHaveValue(AISHA.email);
  await expect(portal.password).toHaveValue(PASSWORD);
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
}

for (const [status, header, says] of [
  [429, '12', 'Too many tries. Wait 12 seconds, then try again.'],
  [409, '1', 'Too many tries. Wait 1 second, then try again.'],
] as const) {
  test(`${status} is counted down on the button, which keeps the focus and sends nothing`, async ({ page, portal, guard }) => {
    guard.expectStatus(status);
    await tryOnce(page, portal, { status, headers: { 'Retry-After': header } }, 'stands still');
    await expect(portal.alert).toContainText(says);
    const sent = countRequests(page, 'POST', /^\/api\/token$/);
    const waiting = portal.button(`Try again in ${header} s`);
    await expect(waiting).toBeFocused();
    await expect(waiting).toHaveAttribute('aria-disabled', 'true');
    await expect(waiting).toHaveAccessibleDescription('The server asks to wait before the next try.');
    await page.keyboard.press('Enter');
    await portal.password.press('Enter');
    await page.clock.runFor(Number(header) * 1000 - 1);
    expect(sent()).toBe(0);
    await expect(portal.button('Try again in 1 s')).toBeVisible();
    await page.clock.runFor(1);
    await expect(portal.said('You can try again now.')).toBeVisible();
    await expect(portal.alert).toHaveCount(0);
    await page.clock.resume();
    await expectNothingLost(portal);
  });
}

test('the wait goes by the clock on the wall, also while the device sleeps', async ({ page, portal, guard }) => {
  guard.expectStatus(429);
  await tryOnce(page, portal, { status: 429, headers: { 'Retry-After': '600' } }, 'stands still');
  await expect(portal.button('Try again in 10 min')).toBeVisible();
  // No timer runs meanwhile.
  await page.clock.fastForward(599_000);
  await expect(portal.button('Try again in 1 s')).toBeVisible();
  await page.clock.fastForward(1_000);
  await page.clock.resume();
  await expectNothingLost(portal);
});

test('a wait may be given as a date, by the clock of the server', async ({ page, portal, guard }) => {
  guard.expectStatus(429);
  const headers = { Date: 'Sun, 06 Nov 1994 08:49:37 GMT', 'Retry-After': 'Sun, 06 Nov 1994 08:50:00 GMT' };
  await tryOnce(page, portal, { status: 429, headers }, 'stands still');
  await expect(portal.button('Try again in 23 s')).toBeVisible();
  await page.clock.runFor(23_000);
  await page.clock.resume();
  await expectNothingLost(portal);
});

test('a wait of unknown length does not bar the way', async ({ page, portal, guard }) => {
  guard.expectStatus(429);
  await tryOnce(page, portal, { status: 429, headers: { 'Retry-After': 'later' } });
  await expect(portal.alert).toContainText('Too many tries. Wait a moment, then try again.');
  await expectNothingLost(portal);
});

for (const [what, reply] of [
  ['an empty 401', { status: 401 }],
  ['a 401 with a page', { status: 401, contentType: 'text/html', body: WIFI }],
  ['an empty 400', { status: 400 }],
] as const) {
  test(`${what} is told like a wrong password`, async ({ page, portal, guard }) => {
    guard.expectStatus(reply.status);
    await tryOnce(page, portal, reply);
    await expect(portal.alert).toContainText('The email or password is incorrect.');
    await expectNothingLost(portal);
  });
}

test('500, which some locations answer to an unknown account, may be that or a server in trouble', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(500);
  await tryOnce(page, portal, { status: 500 });
  await expect(portal.alert).toContainText('The email or password is incorrect, or the server has a problem. (E500)');
  await expectNothingLost(portal);
});

test('a network that answers everything with its own page signs nobody in', async ({ page, portal }) => {
  await tryOnce(page, portal, { contentType: 'text/html', body: WIFI });
  await expect(portal.alert).toContainText(UNCLEAR);
  await expectNothingLost(portal);
});

test('a network that answers everything with its own page sends no mail', async ({ page, portal }) => {
  const page_of_wifi = (route: Route) => route.fulfill({ contentType: 'text/html', body: WIFI });
  await page.route('**/api/sys/users/*', page_of_wifi);
  await page.goto('/forgot-password');
  await portal.email.fill(AISHA.email);
  await portal.button('Send the link').click();
  await expect(portal.alert).toContainText(UNCLEAR);
  await page.goto('/sign-in');
  await portal.email.fill(AISHA.email);
  await portal.byEmail.click();
  await expect(portal.alert).toContainText(UNCLEAR);
  await expect(portal.heading('Sign in by email')).toBeVisible();
  await expect(portal.email).toHaveValue(AISHA.email);
});

test('a network that is lost before the press is told, and so is its return', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  await page.goto('/sign-in');
  await portal.fillIn(AISHA.email, PASSWORD);
  await page.context().setOffline(true);
  await portal.submit.click();
  await expect(portal.alert).toContainText('The server cannot be reached. Check your connection and try again.');
  await page.context().setOffline(false);
  await expect(portal.said('You are connected again. Nothing you typed is lost: try again.')).toBeVisible();
  await expect(portal.alert).toHaveCount(0);
  await expectNothingLost(portal);
});

test('a network that is lost while one signs in is told, and so is its return', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  await page.route(
    TOKEN,
    async (route) => {
      await page.context().setOffline(true);
      await route.abort('internetdisconnected');
    },
    { times: 1 },
  );
  await page.goto('/sign-in');
  await portal.fillIn(AISHA.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.alert).toContainText('The server cannot be reached.');
  await page.context().setOffline(false);
  await expect(portal.said('You are connected again.')).toBeVisible();
  await expectNothingLost(portal);
});

test('the ways in beside the form are there before the portal, and a press on one waits for it', async ({ page, portal }) => {
  let letGo = () => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/portal*.wasm', async (route) => {
    await free;
    await route.continue();
  });
  await page.goto('/sign-in?next=/user/impersonation-history');
  await portal.email.fill(AISHA.email);
  await portal.link('Forgot your password?').click();
  letGo();
  await expect(portal.heading('Forgot your password?')).toBeVisible();
  await expect(portal.email).toHaveValue(AISHA.email);
  await expect(page).toHaveURL('/forgot-password?next=%2Fuser%2Fimpersonation-history');
});

test('the whole form can be gone through with the keyboard, in the order in which it is read', async ({ page, portal }) => {
  await page.goto('/sign-in');
  const order = [
    portal.email,
    portal.password,
    portal.button('Show password'),
    portal.keep,
    portal.submit,
    portal.byEmail,
    portal.link('Forgot your password?'),
  ];
  await tabTo(page, portal.email);
  for (const control of order) {
    await expect(control).toBeFocused();
    await page.keyboard.press('Tab');
  }
});

test('axe finds nothing on the form while it counts down, by light and by dark, and 320 pixels are wide enough', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(429);
  await tryOnce(page, portal, { status: 429, headers: { 'Retry-After': '600' } });
  await expect(portal.button('Try again in 10 min')).toBeVisible();
  await expectAccessible(page, 'light', 'dark');
  await page.setViewportSize({ width: 320, height: 700 });
  await expectToFit(page, 320);
});
