import type { Page } from '@playwright/test';
import { EXCHANGE, IMPERSONATE, PROFILES, countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { AISHA, JONAS, LEO, LUMEN, MARIA, NORTHWIND, PASSWORD } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';

const EXCHANGE_URL = /\/auth\/login\/[^/]+$/;
const IMPERSONATE_URL = /\/coworkers\/\d+\/impersonate$/;
const STILL = 'You are still in your own account.';

/** Presses Start and expects to stay where and who one is, with this sentence in the dialog. */
async function startAndFail(page: Page, portal: Portal, sentence: string): Promise<void> {
  await startAndStay(page, portal, sentence);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await portal.expectOwn(MARIA);
}

async function startAndStay(page: Page, portal: Portal, sentence: string): Promise<void> {
  const [path, before] = [page.url(), await portal.storedCredential()];
  await portal.start.click();
  await expect(portal.dialog.getByRole('alert')).toContainText(sentence);
  await expect(portal.dialog.getByRole('alert')).toContainText(STILL);
  await expect(portal.banner).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('Correct a booking they asked about');
  expect(page.url()).toBe(path);
  expect(await portal.storedCredential()).toBe(before);
}

test('sec_20_401_of_the_impersonation_call_has_its_own_sentence_and_changes_nothing', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToProfiles(MARIA);
  await portal.askToActAs(AISHA.name);
  // What is still being read would be refused first.
  await expect(page.getByText('Loaded 1 of 2 teams')).toHaveCount(0);
  await server.revokeSessions(MARIA.email);
  await portal.start.click();
  // The portal finds out what is wrong with that session: it is over.
  const again = page.getByRole('dialog', { name: 'Sign in again', exact: true });
  await portal.password.fill(PASSWORD);
  expect(starts()).toBe(1);
  await page.keyboard.press('Enter');
  await expect(again).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('Correct a booking they asked about');
  await portal.start.click();
  await portal.expectActingAs(AISHA.name);
});

test('sec_20_403_of_the_impersonation_call_has_its_own_sentence_and_changes_nothing', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(403);
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToProfiles(MARIA);
  await portal.askToActAs(AISHA.name);
  await server.removeAdministrator(LUMEN.id, MARIA.id);
  await startAndFail(page, portal, `You do not have permission to act as ${AISHA.name}.`);
  expect(starts()).toBe(1);
});

test('sec_20_404_of_the_impersonation_call_has_its_own_sentence_and_changes_nothing', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(404);
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToProfiles(MARIA);
  await portal.askToActAs(AISHA.name);
  await server.removeMember(AISHA.id);
  await startAndFail(page, portal, `${AISHA.name} could not be found. They may have left.`);
  expect(starts()).toBe(1);
});

test('the same refusals are told on the permissions page', async ({ page, portal, server, guard }) => {
  // What the team is read anew for when the dialog is closed is not there any more.
  guard.expectStatus(403, 404);
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${NORTHWIND.id}`);
  await portal.impersonate(LEO.name).click();
  await portal.giveReason(LEO.name);
  await server.removeAdministrator(NORTHWIND.id, MARIA.id);
  await startAndFail(page, portal, `You do not have permission to act as ${LEO.name}.`);
  await expect(portal.heading('Team permissions')).toBeVisible();
});

test('sec_07_a_token_that_somebody_else_used_first_is_told_and_the_person_stays', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(401);
  const exchanges = countRequests(page, 'POST', EXCHANGE);
  await portal.signInToProfiles(MARIA);
  await page.route(EXCHANGE_URL, async (route) => {
    expect((await server.api('POST', new URL(route.request().url()).pathname)).status).toBe(200);
    await route.continue();
  });
  await portal.askToActAs(AISHA.name);
  await startAndFail(
    page,
    portal,
    `The one-time pass for ${AISHA.name} was not accepted: it has expired or was already used. Start again.`,
  );
  expect(exchanges()).toBe(1);
});

test('p10_a_one_time_token_that_waited_too_long_changes_nothing_and_the_next_try_works', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(401);
  await portal.signInToProfiles(MARIA);
  await page.route(
    EXCHANGE_URL,
    async (route) => {
      await server.advanceClock(61);
      await route.continue();
    },
    { times: 1 },
  );
  await portal.askToActAs(AISHA.name);
  await startAndFail(page, portal, `The one-time pass for ${AISHA.name} was not accepted`);
  await portal.actAs(AISHA.name);
});

test('sec_07_a_token_works_once_also_when_it_is_used_twice_at_the_same_moment', async ({ server }) => {
  const bearer = await server.bearer(MARIA.email, PASSWORD);
  const reply = await server.api('GET', `/api/public/coworkers/${AISHA.id}/impersonate`, bearer);
  const body: unknown = await reply.json();
  const token = Object.values(body as Record<string, string>).find((value) => typeof value === 'string') ?? '';
  const exchange = () => server.api('POST', `/api/public/auth/login/${encodeURIComponent(token)}`);
  const statuses = (await Promise.all([exchange(), exchange(), exchange()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 401, 401]);
  expect((await exchange()).status).toBe(401);
});

test('sec_06_neither_call_is_sent_again_when_the_server_fails_it', async ({ page, portal, guard }) => {
  guard.expectStatus(500, 503);
  const [starts, exchanges] = [countRequests(page, 'GET', IMPERSONATE), countRequests(page, 'POST', EXCHANGE)];
  await portal.signInToProfiles(MARIA);
  await page.route(IMPERSONATE_URL, (route) => route.fulfill({ status: 503 }), { times: 1 });
  await portal.askToActAs(AISHA.name);
  await startAndFail(page, portal, 'The server has a problem. Try again in a moment.');
  expect([starts(), exchanges()]).toEqual([1, 0]);
  await page.route(EXCHANGE_URL, (route) => route.fulfill({ status: 500 }), { times: 1 });
  await portal.askToActAs(AISHA.name);
  await startAndFail(page, portal, 'The server has a problem. Try again in a moment.');
  expect([starts(), exchanges()]).toEqual([2, 1]);
});

test('an impersonation without a network is told, and the person stays', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  await portal.signInToProfiles(MARIA);
  await page.route(IMPERSONATE_URL, (route) => route.abort('internetdisconnected'));
  await portal.askToActAs(AISHA.name);
  await startAndFail(page, portal, 'The server cannot be reached. Check your connection and try again.');
});

test('sec_08_an_answer_that_is_not_the_contracts_is_told_and_the_person_stays', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await page.route(IMPERSONATE_URL, (route) => route.fulfill({ contentType: 'text/html', body: '<html>Wi-Fi</html>' }));
  await portal.askToActAs(AISHA.name);
  await startAndFail(page, portal, "The server's answer could not be understood. Try again.");
});

test('sec_09_a_session_that_is_still_ones_own_is_an_error_not_a_success', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  const { access } = JSON.parse((await portal.storedCredential()) ?? '{}') as { access: string };
  await page.route(PROFILES, (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: `Bearer ${access}` } }),
  );
  await portal.askToActAs(AISHA.name);
  await startAndFail(
    page,
    portal,
    `The server said yes, but the session is still your own. You are not acting as ${AISHA.name}.`,
  );
});

test('sec_08_a_session_of_a_third_person_is_thrown_away', async ({ page, portal, server, guard }) => {
  await portal.signInToProfiles(MARIA);
  const third = await server.bearer(LEO.email, PASSWORD);
  await page.route(PROFILES, (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: `Bearer ${third}` } }),
  );
  await portal.askToActAs(AISHA.name);
  const told = page.waitForResponse(/\/login\/logout/);
  await startAndFail(page, portal, `The server opened a session that is not ${AISHA.name}'s. It was thrown away.`);
  await told;
  const [acting] = await guard.tokens('acting');
  expect(await server.whoami(acting)).toBe(401);
});

test('Cancel while the server is slow starts nothing, also when the answer comes late', async ({
  page,
  portal,
  guard,
  server,
}) => {
  await portal.signInToProfiles(MARIA);
  const { letGo: answer } = await hold(page, 'POST', EXCHANGE_URL);
  await portal.askToActAs(AISHA.name);
  const sent = page.waitForRequest(EXCHANGE_URL);
  await portal.start.click();
  await sent;
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(portal.dialog).toHaveCount(0);
  const discarded = page.waitForResponse(/\/login\/logout/);
  answer();
  await discarded;
  await portal.expectOwn(MARIA);
  const [acting] = await guard.tokens('acting');
  expect(await server.whoami(acting)).toBe(401);
});

test('sec_16_a_session_that_the_server_ends_while_acting_gives_the_own_account_back_and_says_so', async ({
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(401, 403, 404);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(JONAS.name);
  await server.removeAdministrator(LUMEN.id, MARIA.id);
  await portal.follow(`/user/team/permissions/${LUMEN.id}`);
  await portal.expectOwn(MARIA);
  await expect(portal.said(`The server ended your session as ${JONAS.name}.`)).toHaveCount(1);
});

test.describe('with one minute for acting', () => {
  test.use({ serverArgs: ['--acting-minutes', '1'] });

  test('sec_15_when_the_time_is_up_one_is_back_in_the_own_account_told_why', async ({ page, portal, guard }) => {
    await page.clock.install();
    await portal.signInToProfiles(MARIA);
    await portal.actAs(AISHA.name);
    await expect(portal.banner).toContainText(/\d+ seconds left/);
    const [acting] = await guard.tokens('acting');
    const late: string[] = [];
    await page.clock.fastForward(61_000);
    page.on('request', (request) => {
      const carries = request.headers()['authorization'] === `Bearer ${acting}`;
      if (carries && !request.url().includes('/logout')) late.push(request.url());
    });
    await portal.expectOwn(MARIA);
    await expect(portal.said(`Your time as ${AISHA.name} is up. You are back in your own account.`)).toHaveCount(1);
    await expect(portal.heading('Choose a profile')).toBeVisible();
    expect(late).toEqual([]);
  });

  test('sec_15_after_hours_of_sleep_the_first_look_shows_the_own_account', async ({ page, portal }) => {
    await page.clock.install();
    await portal.signInToProfiles(MARIA);
    await portal.actAs(AISHA.name);
    // No timer has run meanwhile: only the wall clock has moved, as in a closed laptop.
    await page.clock.setSystemTime(Date.now() + 3 * 3600_000);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await portal.expectOwn(MARIA);
    await expect(portal.said(`Your time as ${AISHA.name} is up.`)).toHaveCount(1);
  });
});
