import { countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, MARIA, PASSWORD } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';

const TOKEN = /^\/api\/token$/;

// The bearer lives for an hour, the session for longer.
test.use({ serverArgs: ['--access-token-seconds', '3600'] });

/** Makes the page read what it has not read yet: the answer is 401 when the bearer is too old. */
const readSomething = (portal: Portal) => portal.page.getByRole('link', { name: 'Team permissions' }).click();

test('p19_two_tabs_that_expire_together_renew_once_and_nobody_is_signed_out', async ({
  context,
  portal,
  openTab,
  server,
  guard,
}) => {
  guard.kept = true;
  guard.expectStatus(401);
  await portal.keepSignedIn(MARIA);
  const others = [await openTab(), await openTab()];
  for (const other of others) {
    await other.page.goto('/sign-in/profiles');
    await expect(other.heading('Choose a profile')).toBeVisible();
  }
  const tabs = [portal, ...others];
  const renewals = tabs.map(({ page }) => countRequests(page, 'POST', TOKEN));
  // The first renewal is slow, so that all tabs want one at the same time.
  let waiting = 0;
  await context.route(/\/api\/token$/, async (route) => {
    waiting += 1;
    await expect.poll(() => refused).toBe(tabs.length);
    await route.continue();
  });
  // Once by each tab for its table: the choice of profiles may still be reading something else of its teams.
  const table = /teams\/\d+\/profile\?.*AccessCardId/;
  let refused = 0;
  context.on('response', (reply) => (refused += reply.status() === 401 && table.test(reply.url()) ? 1 : 0));
  await server.advanceClock(3700);
  await Promise.all(tabs.map(readSomething));
  for (const tab of tabs) {
    await expect(tab.permission('Make bookings', AISHA.name)).toBeVisible();
    await expect(tab.menuButton(MARIA.name)).toBeVisible();
  }
  expect(waiting).toBe(1);
  expect(renewals.map((count) => count()).reduce((sum, count) => sum + count, 0)).toBe(1);
});

test('sec_14_a_renewal_that_comes_after_signing_out_is_thrown_away', async ({ page, portal, server, guard }) => {
  guard.expectStatus(401);
  await portal.signInToProfiles(MARIA);
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(
    /\/api\/token$/,
    async (route) => {
      const reply = await route.fetch();
      await held;
      await route.fulfill({ response: reply });
    },
    { times: 1 },
  );
  await server.advanceClock(3700);
  const asked = page.waitForRequest(/\/api\/token$/);
  await readSomething(portal);
  await asked;
  await portal.signOut(MARIA.name);
  await portal.fillIn(JONAS.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.menuButton(JONAS.name)).toBeVisible();
  const before = await portal.storedCredential();
  const thrownAway = page.waitForResponse(/\/login\/logout/);
  answer();
  expect((await thrownAway).ok()).toBe(true);
  await portal.expectOwn(JONAS);
  expect(await portal.storedCredential()).toBe(before);
});

test('sec_14_whoever_signs_out_while_another_tab_renews_is_not_given_a_new_session', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(401);
  await portal.signInToProfiles(MARIA);
  await page.evaluate(
    () =>
      new Promise<void>((held) => {
        void navigator.locks.request('portal.renew', () => {
          held();
          return new Promise<void>((letGo) => Object.assign(window, { letGo }));
        });
      }),
  );
  const locks = () =>
    page.evaluate(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return `${held.length} held, ${pending.length} waiting`;
    });
  await server.advanceClock(3700);
  await readSomething(portal);
  await expect.poll(locks).toBe('1 held, 1 waiting');
  await portal.signOut(MARIA.name);
  let renewals = 0;
  page.on('request', (request) => (renewals += /\/api\/token$/.test(request.url()) ? 1 : 0));
  await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
  await expect.poll(locks).toBe('0 held, 0 waiting');
  expect(renewals).toBe(0);
});

test('an own session that turns out to be old while one acts ends acting, and is renewed right after', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(401);
  await page.clock.install();
  await portal.signInToProfiles(MARIA);
  await server.advanceClock(3500);
  // One's own session is nearly over for the server, and nothing but a look finds out.
  await portal.actAs(AISHA.name);
  await server.advanceClock(200);
  const renewed = page.waitForResponse(/\/api\/token$/);
  await page.clock.runFor(61_000);
  expect((await renewed).ok()).toBe(true);
  await portal.expectOwn(MARIA);
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await expect(portal.said(`Your session as ${AISHA.name} has ended. You are back in your own account.`)).toBeVisible();
});
