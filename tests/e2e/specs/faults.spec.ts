import { type Call, EXCHANGE, TOKEN, WHOAMI, Wire } from '../support/faults.ts';
import { EXCHANGE as EXCHANGED, countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import type { Guard } from '../support/guard.ts';
import { AISHA, JONAS, LUMEN, MARIA, PASSWORD } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import type { Server } from '../support/server.ts';

interface Stage {
  portal: Portal;
  guard: Guard;
  server: Server;
}

const PAGE = '/sign-in/profiles';
const LOGOUT = /\/en\/login\/logout$/;

/** Signs Maria in and holds the call back from then on. */
async function tap({ portal, guard }: Stage, call: Call): Promise<{ wire: Wire; stored: string }> {
  guard.expectStatus(401, 403, 404, 409, 429, 500);
  guard.expectNoNetwork();
  await portal.page.clock.install();
  await portal.signInToProfiles(MARIA);
  const stored = (await portal.storedCredential()) ?? '';
  const { access } = JSON.parse(stored) as { access: string };
  return { wire: await Wire.tap(portal.page, call, access), stored };
}

/** Starts to act as somebody, and waits until the call has left. */
async function begin(portal: Portal, wire: Wire, name: string, waiting = 1): Promise<void> {
  await portal.askToActAs(name);
  await portal.start.click();
  await expect.poll(() => wire.waiting).toBe(waiting);
}

/** Goes through all that can happen to a call, one after the other in one sign-in. */
async function suffer(stage: Stage, call: Call): Promise<void> {
  const { portal, guard, server } = stage;
  const { page } = portal;
  test.setTimeout(120_000);
  const { wire, stored } = await tap(stage, call);
  for (const { what, mishap, says, sent } of call.faults) {
    await test.step(what, async () => {
      await begin(portal, wire, AISHA.name);
      await expect(portal.banner, `${what}: not before the reply`).toHaveCount(0);
      const ended = call === WHOAMI && says ? page.waitForResponse(LOGOUT) : undefined;
      await wire.release(mishap);
      if (says) {
        const [sentence, code] = says;
        const told = `${sentence} You are still in your own account. (${code})`;
        await expect(portal.dialog.getByRole('alert'), what).toHaveText(told);
        await expect(page, what).toHaveURL(PAGE);
        await page.getByRole('button', { name: 'Cancel' }).click();
      } else {
        await portal.expectActingAs(AISHA.name);
        expect(await portal.storedCredential(), `${what}: while acting`).toBe(stored);
        await portal.returnButton.click();
      }
      await expect(portal.heading('Choose a profile'), what).toBeVisible();
      await portal.expectOwn(MARIA);
      expect(await portal.storedCredential(), what).toBe(stored);
      expect(wire.sent, `${what}: times sent`).toBe(sent ?? 1);
      if (await ended) {
        const thrownAway = (await guard.tokens('acting')).at(-1);
        expect(await server.whoami(thrownAway), what).toBe(401);
      }
      wire.hold();
    });
  }
}

test('sec_08_whatever_happens_to_asking_for_the_token_one_is_oneself_or_acts_and_is_told', async ({
  portal,
  guard,
  server,
}) => suffer({ portal, guard, server }, TOKEN));

test('sec_08_whatever_happens_to_the_exchange_one_is_oneself_or_acts_and_is_told', async ({
  portal,
  guard,
  server,
}) => suffer({ portal, guard, server }, EXCHANGE));

test('sec_08_whatever_happens_to_the_proof_one_is_oneself_or_acts_and_is_told', async ({ portal, guard, server }) =>
  suffer({ portal, guard, server }, WHOAMI));

/** Cancels a try as Aisha, begins one as Jonas, and only then lets the older one be answered. */
async function answerLate(stage: Stage, call: Call): Promise<void> {
  const { portal, guard, server } = stage;
  const { wire, stored } = await tap(stage, call);
  await begin(portal, wire, AISHA.name);
  const older = wire.take();
  // A token that is never exchanged must not be a real one: each of those is looked for in one request.
  const answer = call === TOKEN ? { json: { token: 'of-the-older-try' } } : { response: await older.fetch() };
  await portal.page.getByRole('button', { name: 'Cancel' }).click();
  await begin(portal, wire, JONAS.name);
  const ended = call === EXCHANGE ? portal.page.waitForResponse(LOGOUT) : undefined;
  const arrived = portal.page.waitForResponse(call.url);
  await older.fulfill(answer);
  await (await arrived).finished();
  await ended;
  await expect(portal.banner).toHaveCount(0);
  await wire.release((route) => route.continue());
  await portal.expectActingAs(JONAS.name);
  expect(await portal.storedCredential()).toBe(stored);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  for (const acting of await guard.tokens('acting')) {
    await expect.poll(() => server.whoami(acting)).toBe(401);
  }
}

test('sec_25_a_token_that_answers_an_older_try_is_never_exchanged', async ({ portal, guard, server }) =>
  answerLate({ portal, guard, server }, TOKEN));

test('sec_08_a_session_that_answers_an_older_try_is_thrown_away', async ({ portal, guard, server }) =>
  answerLate({ portal, guard, server }, EXCHANGE));

test('sec_08_a_proof_that_answers_an_older_try_proves_nothing', async ({ portal, guard, server }) =>
  answerLate({ portal, guard, server }, WHOAMI));

test('sec_25_a_token_from_elsewhere_is_never_exchanged', async ({ page, portal, server }) => {
  const exchanges = countRequests(page, 'POST', EXCHANGED);
  const bearer = await server.bearer(MARIA.email, PASSWORD);
  const reply = await server.api('GET', `/api/public/coworkers/${AISHA.id}/impersonate`, bearer);
  const { token } = (await reply.json()) as { token: string };
  await portal.signInToProfiles(MARIA);
  for (const path of [`/?token=${token}`, `/sign-in?token=${token}`, `/sign-in/profiles?impersonate=${token}`, `/#token=${token}`]) {
    await page.goto(path);
    await portal.expectOwn(MARIA);
  }
  await page.evaluate((planted) => {
    for (const storage of [sessionStorage, localStorage]) storage.setItem('portal.token', planted);
    window.postMessage({ token: planted }, '*');
    new BroadcastChannel('portal').postMessage(JSON.stringify({ news: 'token', token: planted }));
  }, token);
  await page.reload();
  await portal.expectOwn(MARIA);
  expect(exchanges()).toBe(0);
});

test('sec_27_a_name_is_text_whatever_it_holds', async ({ page, portal }) => {
  const name = `<img src=x onerror=alert(1)> \u202eKhan ${'Long'.repeat(75)}`;
  page.on('dialog', () => Promise.reject(new Error('the name was run')));
  await page.route(/\/api\/public\//, async (route) => {
    // What is still on its way when the page changes is given up.
    const response = await route.fetch().catch(() => undefined);
    const text = await response?.text().catch(() => undefined);
    const body = text?.replaceAll(AISHA.name, name);
    if (response && text !== undefined) await route.fulfill({ response, body: body ?? '' }).catch(() => undefined);
  });
  await portal.signInToProfiles(MARIA);
  await page.getByRole('searchbox').fill('onerror');
  await page.getByRole('button', { name: /^Sign in as <img/ }).click();
  await expect(portal.dialog).toContainText(name);
  await page.getByRole('textbox', { name: 'Reason' }).fill('Look at a strange name');
  await portal.start.click();
  await expect(portal.banner).toContainText(name);
  await expect(page).toHaveTitle(/^Acting as <img src=x/);
  await portal.returnButton.click();
  // Coming back leads somewhere itself.
  await portal.expectOwn(MARIA);
  await portal.follow(`/user/team/permissions/${LUMEN.id}`);
  await expect(portal.table).toContainText(name);
  await expect(page.locator('img')).toHaveCount(0);
});

test('p06_other_tabs_hear_of_a_sign_out_only_after_the_server', async ({ portal, openTab }) => {
  await portal.signInToProfiles(MARIA);
  const other = await openTab();
  await other.signInToProfiles(MARIA);
  await other.page.evaluate(() => {
    const heard: unknown[] = [];
    new BroadcastChannel('portal').addEventListener('message', ({ data }) => heard.push(data));
    Object.assign(window, { heard });
  });
  const heard = () => other.page.evaluate(() => String((window as unknown as { heard: unknown[] }).heard));
  const { letGo: answer } = await hold(portal.page, 'GET', LOGOUT);
  const asked = portal.page.waitForRequest(LOGOUT);
  await portal.signOut(MARIA.name);
  await asked;
  await other.expectOwn(MARIA);
  expect(await heard()).not.toContain('signed_out');
  answer();
  await expect(other.heading('Sign in')).toBeVisible();
  expect(await heard()).toContain('signed_out');
});
