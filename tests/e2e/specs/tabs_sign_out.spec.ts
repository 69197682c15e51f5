import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { AISHA, LEO, LUMEN, MARIA } from '../support/people.ts';
import { stored } from '../support/session.ts';

/** From its next load on the page hears of nothing before somebody looks at it. */
const fallAsleep = (page: Page) =>
  page.addInitScript(() => {
    addEventListener('storage', (event) => event.stopImmediatePropagation(), true);
    Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set: () => undefined });
  });

/** The browser keeps nothing more. */
const fillUp = (context: BrowserContext) =>
  context.addInitScript(() => {
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (this === localStorage) throw new DOMException('full', 'QuotaExceededError');
      write.call(this, key, value);
    };
  });

/** Who has signed out in the browser, as far as this page can see by now. */
const signedOut = (page: Page) => page.evaluate(() => localStorage.getItem('portal.signed-out'));

test('a tab that is closed as soon as one has signed out is signed out on the server and in the other tabs, too', async ({
  page,
  portal,
  openTab,
  server,
  guard,
}) => {
  guard.expectNoNetwork();
  const other = await openTab();
  await other.signInToProfiles(MARIA);
  await portal.signInToProfiles(MARIA);
  const { access } = JSON.parse((await portal.storedCredential()) ?? '{}') as { access: string };
  // The server does not answer in the time that is left.
  let asked = 0;
  await page.route(/\/login\/logout/, (route) => {
    asked += 1;
    return asked === 1 ? undefined : route.continue();
  });
  await portal.signOut(MARIA.name);
  expect(asked).toBe(1);
  expect(await server.whoami(access)).toBe(200);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => server.whoami(access)).toBe(401);
  await expect(other.said('You have signed out in another tab.')).toBeVisible();
});

test('signing out in one tab signs the other out, with the reason', async ({ portal, openTab, guard }) => {
  guard.kept = true;
  await portal.keepSignedIn(MARIA);
  const other = await openTab();
  await other.page.goto('/');
  await expect(other.main).toContainText(LUMEN.name);
  await portal.signOut(MARIA.name);
  await expect(portal.said('You have signed out.')).toBeVisible();
  await expect(other.heading('Sign in')).toBeVisible();
  await expect(other.said('You have signed out in another tab.')).toBeVisible();
  await other.page.goto('/');
  await expect(other.heading('Sign in')).toBeVisible();
});

test('signing out reaches the other tabs where nothing can be written to storage', async ({ context, portal, openTab }) => {
  await fillUp(context);
  const other = await openTab();
  await other.signInToProfiles(MARIA);
  await portal.signInToProfiles(MARIA);
  await portal.signOut(MARIA.name);
  await expect(other.said('You have signed out in another tab.')).toBeVisible();
});

test('a session that the browser can not keep is kept by the tab', async ({ context, page, portal }) => {
  await fillUp(context);
  await portal.keepSignedIn(MARIA);
  await page.reload();
  await portal.expectOwn(MARIA);
});

test.describe('a bearer that is renewed', () => {
  test.use({ serverArgs: ['--access-token-seconds', '60'] });

  test('what the tab has kept in place of the browser is not found when the browser keeps it again', async ({ page, portal, guard }) => {
    guard.kept = true;
    await page.addInitScript(() => {
      const write = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key: string, value: string) {
        if (this === localStorage && !('room' in window)) throw new DOMException('full', 'QuotaExceededError');
        write.call(this, key, value);
      };
    });
    await page.clock.install();
    await portal.keepSignedIn(MARIA);
    await expect.poll(() => stored(page, 'session')).not.toBeNull();
    await page.evaluate(() => Object.assign(window, { room: true }));
    await page.clock.runFor(60_000);
    await expect.poll(() => stored(page, 'local')).not.toBeNull();
    expect(await stored(page, 'session')).toBeNull();
  });
});

test('the other tabs hear of a sign-out in three seconds, however many sessions are over with it', async ({ page, portal, openTab }) => {
  const other = await openTab();
  await other.signInToProfiles(MARIA);
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  let asked = 0;
  await page.route(/\/login\/logout/, () => void (asked += 1));
  await portal.signOut(AISHA.name);
  // All at once, not one when the one before was given up.
  await expect.poll(() => asked).toBe(2);
  await other.expectOwn(MARIA);
  await page.clock.runFor(3_000);
  await expect(other.said('You have signed out in another tab.')).toBeVisible();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a tab that hears late of a sign-out leaves alone what the person has signed in to since', async ({
  portal,
  openTab,
  guard,
}) => {
  guard.kept = true;
  guard.expectStatus(401);
  await portal.keepSignedIn(MARIA);
  const late = await openTab();
  await fallAsleep(late.page);
  await late.page.goto('/');
  await expect(late.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await portal.signOut(MARIA.name);
  await expect(portal.said('You have signed out.')).toBeVisible();
  await portal.keepSignedIn(MARIA);
  await expect.poll(() => signedOut(late.page)).not.toBeNull();
  await late.expectOwn(MARIA);
  await late.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(late.said('You have signed out in another tab.')).toBeVisible();
  await portal.page.reload();
  await portal.expectOwn(MARIA);
});

test('a sign-out reaches a tab that hears late of it also when somebody else has signed out since', async ({ portal, openTab }) => {
  const [late, others] = [await openTab(), await openTab()];
  await fallAsleep(late.page);
  await late.signInToProfiles(MARIA);
  await portal.signInToProfiles(MARIA);
  await others.signIn(LEO);
  await portal.signOut(MARIA.name);
  await expect.poll(() => signedOut(others.page)).not.toBeNull();
  await others.signOut(LEO.name);
  await expect.poll(() => signedOut(late.page)).toMatch(/^\d+@\d+ \d+@\d+$/);
  await late.expectOwn(MARIA);
  await late.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(late.heading('Sign in')).toBeVisible();
  await expect(late.said('You have signed out in another tab.')).toBeVisible();
});

test('two tabs that signed in on their own sign out together', async ({ portal, openTab }) => {
  await portal.signInToProfiles(MARIA);
  await portal.page.goto('/user/team/permissions?find=aisha');
  await expect(portal.impersonate(AISHA.name)).toBeVisible();
  const other = await openTab();
  await other.signInToProfiles(MARIA);
  await other.signOut(MARIA.name);
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.page).toHaveURL('/sign-in');
  expect(await portal.storedCredential()).toBeNull();
});

test('sec_12_signing_out_ends_acting_in_another_tab_on_the_server_too', async ({ portal, openTab, server, guard }) => {
  guard.kept = true;
  guard.expectStatus(401);
  await portal.keepSignedIn(MARIA);
  await portal.actAs(AISHA.name);
  const [acting] = await guard.tokens('acting');
  const other = await openTab();
  await other.page.goto('/');
  await other.signOut(MARIA.name);
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.banner).toHaveCount(0);
  await expect
    .poll(() => server.whoami(acting))
    .toBe(401);
});
