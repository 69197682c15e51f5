import { CURRENT_PROFILE, PROFILES, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, LEO, LEOS_STUDIO, LUMEN, LUMEN_PAGE, MARIA } from '../support/people.ts';
import { Portal } from '../support/portal.ts';
import { countReads, stored, TOKEN } from '../support/session.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

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

  test('that is over after a sleep without a network is renewed before a profile is taken with it', async ({
    page,
    portal,
    server,
    guard,
  }) => {
    guard.expectNoNetwork();
    await page.clock.install();
    await portal.signIn(LEO);
    await expect(portal.heading('Choose a profile')).toBeVisible();
    await server.advanceClock(3 * 3600);
    await page.route(TOKEN, (route) => route.abort('connectionreset'), { times: 1 });
    const failed = page.waitForEvent('requestfailed', (request) => TOKEN.test(request.url()));
    await page.clock.pauseAt(new Date(Date.now() + 3 * 60 * MINUTE));
    await failed;
    await page.clock.resume();
    const [renewals, puts] = [countRequests(page, 'POST', TOKEN), countRequests(page, 'PUT', CURRENT_PROFILE)];
    await portal.ownProfile(LEOS_STUDIO.name).click();
    await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    expect([renewals(), puts()]).toEqual([1, 1]);
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

test.describe('a tab that is duplicated', () => {
  test.use({ serverArgs: ['--access-token-seconds', '600'] });

  test('goes on with its bearer when the other tab was quicker to renew the session that both have', async ({
    context,
    page,
    portal,
    guard,
  }) => {
    guard.expectStatus(400, 401);
    await context.clock.install();
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await portal.expectRows(LUMEN.members);
    // What is opened in this way begins with a copy of the storage of this tab, as a duplicate does.
    const opened = page.waitForEvent('popup');
    await page.evaluate(() => void window.open(location.href));
    const twin = new Portal(await opened);
    await twin.expectRows(LUMEN.members);
    const answers: number[] = [];
    context.on('response', (reply) => {
      if (TOKEN.test(reply.url())) answers.push(reply.status());
    });
    await context.clock.fastForward(8 * MINUTE + SECOND);
    await expect.poll(() => answers.filter((status) => status === 200).length).toBe(1);
    await expect.poll(() => answers.length).toBe(2);
    for (const tab of [portal, twin]) {
      await tab.page.getByRole('link', { name: 'Home' }).click();
      await expect(tab.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
      await expect(tab.dialog).toHaveCount(0);
    }
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

test('where the server wants to be asked later whose session it is, the button counts down and asks nothing before', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(429);
  await page.clock.install();
  await portal.signIn(AISHA);
  await page.route(PROFILES, (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '30' } }), { times: 1 });
  await page.reload();
  await expect(portal.heading('Your session could not be checked')).toBeVisible();
  const again = page.getByRole('button', { name: /^Try again/ });
  await expect(again).toContainText(/^Try again in \d+ s/);
  const asked = countRequests(page, 'GET', PROFILES);
  await again.click({ force: true });
  expect(asked()).toBe(0);
  await page.clock.runFor(31 * SECOND);
  await expect(again).toHaveText('Try again');
  await again.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a reload goes on with a session that another tab has kept under the other name of the same account', async ({
  page,
  portal,
  guard,
}) => {
  guard.kept = true;
  await portal.keepSignedIn(MARIA);
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('portal.session') ?? '{}') as { client_id: string };
    const client_id = kept.client_id.replace('nexudus.portal.', '');
    localStorage.setItem('portal.session', JSON.stringify({ ...kept, client_id }));
  });
  await page.goto('/');
  await portal.expectOwn(MARIA);
});
