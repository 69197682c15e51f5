import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { mailed } from '../support/mailed.ts';
import { AISHA, LUMEN_PAGE, MARIA, PASSWORD, TOMAS, type Person } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { stored, TOKEN } from '../support/session.ts';

const EXCHANGE = /\/api\/sys\/users\/exchange|\/auth\/login\//;

/** Lets what was held go on, and gives back the bearer that it was answered with. */
async function answered(page: Page, path: RegExp, letGo: () => void): Promise<string> {
  const response = page.waitForResponse(path);
  letGo();
  return ((await (await response).json()) as { access_token: string }).access_token;
}

/** Holds each sign-in back until it is let go, whichever is first. */
async function holdEach(page: Page): Promise<(() => void)[]> {
  const held: (() => void)[] = [];
  await page.route(TOKEN, async (route) => {
    await new Promise<void>((letGo) => held.push(letGo));
    await route.continue();
  });
  return held;
}

async function press(portal: Portal, person: Person): Promise<void> {
  await portal.fillIn(person.email, PASSWORD);
  await portal.submit.click();
}

test('whoever signs out while they sign in again stays signed out, also where they are kept', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  guard.kept = true;
  await portal.keepSignedIn(MARIA);
  await server.revokeSessions(MARIA.email);
  await portal.follow(LUMEN_PAGE);
  await expect(portal.dialog).toContainText('Your session has ended.');
  const { letGo, count } = await hold(page, 'POST', TOKEN);
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect.poll(count).toBe(1);
  await portal.dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(portal.dialog).toHaveCount(0);
  const bearer = await answered(page, TOKEN, letGo);
  await expect.poll(() => server.whoami(bearer)).toBe(401);
  await expect(portal.submit).toBeVisible();
  expect(await stored(page, 'local')).toBeNull();
});

test('who signs in is who typed last, whoever was at the form before and whenever they are answered', async ({
  page,
  portal,
  server,
}) => {
  await page.goto('/sign-in');
  const held = await holdEach(page);
  await press(portal, MARIA);
  await expect.poll(() => held.length).toBe(1);
  await portal.link('Forgot your password?').click();
  await expect(portal.heading('Forgot your password?')).toBeVisible();
  await page.goBack();
  await press(portal, TOMAS);
  await expect.poll(() => held.length).toBe(2);
  const bearer = await answered(page, TOKEN, () => held[0]?.());
  await expect.poll(() => server.whoami(bearer)).toBe(401);
  await expect(portal.email).toHaveValue(TOMAS.email);
  held[1]?.();
  await expect(portal.menuButton(TOMAS.name)).toBeVisible();
});

test('a form that was left signs nobody in', async ({ page, portal, server }) => {
  await page.goto('/sign-in');
  const { letGo, count } = await hold(page, 'POST', TOKEN);
  await press(portal, TOMAS);
  await expect.poll(count).toBe(1);
  await portal.link('Forgot your password?').click();
  const bearer = await answered(page, TOKEN, letGo);
  await expect.poll(() => server.whoami(bearer)).toBe(401);
  await expect(portal.heading('Forgot your password?')).toBeVisible();
});

test('the late answer to a link leaves whoever has signed in since in peace', async ({ page, portal, server, guard }) => {
  const { Link } = await mailed(server, AISHA.email);
  guard.hide(Link);
  await page.goto(Link);
  const { letGo, count } = await hold(page, 'POST', EXCHANGE);
  await portal.submit.click();
  await expect.poll(count).toBe(1);
  await portal.follow('/sign-in');
  await press(portal, TOMAS);
  await expect(portal.menuButton(TOMAS.name)).toBeVisible();
  const bearer = await answered(page, EXCHANGE, letGo);
  await expect.poll(() => server.whoami(bearer)).toBe(401);
  await expect(portal.menuButton(TOMAS.name)).toBeVisible();
  const { access } = JSON.parse((await stored(page, 'session')) ?? '{}') as { access: string };
  expect(await server.whoami(access)).toBe(200);
});
