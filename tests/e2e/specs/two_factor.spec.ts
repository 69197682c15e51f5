import { expectAccessible } from '../support/axe.ts';
import { countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { tabTo } from '../support/keyboard.ts';
import { PASSWORD, VERA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expectToFit } from '../support/width.ts';

const TOKEN = /^\/api\/token$/;

/** Up to the question for the code. */
async function askedForCode(portal: Portal, at = '/sign-in'): Promise<void> {
  await portal.page.goto(at);
  await portal.fillIn(VERA.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.verificationCode).toBeFocused();
}

test.beforeEach(({ guard }) => guard.expectStatus(400));

test('an account with a second factor is asked for its code, with the keyboard alone, and a code pasted in groups is taken', async ({
  page,
  portal,
  server,
}) => {
  await page.goto('/sign-in?next=/user/impersonation-history');
  await tabTo(page, portal.email);
  await page.keyboard.type(VERA.email);
  await tabTo(page, portal.password);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(portal.verificationCode).toBeFocused();
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.verificationCode).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(portal.verificationCode).toHaveAttribute('inputmode', 'numeric');
  await expect(portal.verificationCode).toHaveAccessibleDescription(
    `The six digits that your authenticator app shows for ${VERA.email}.`,
  );
  await expect(portal.password).toHaveCount(0);
  const code = await server.verificationCode(VERA.email);
  await page.keyboard.insertText(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/user/impersonation-history');
  await expect(portal.menuButton(VERA.name)).toBeVisible();
});

test('a wrong code is told beside its field, which is selected to be typed again', async ({ page, portal, server }) => {
  await askedForCode(portal);
  const code = await server.verificationCode(VERA.email);
  const wrong = code === '000000' ? '111111' : '000000';
  await page.keyboard.type(wrong);
  await page.keyboard.press('Enter');
  await expect(portal.verificationCode).toHaveAccessibleDescription(/^The verification code is incorrect\./);
  await expect(portal.verificationCode).toHaveAttribute('aria-invalid', 'true');
  await expect(portal.verificationCode).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(wrong);
  await page.keyboard.type(code);
  await expect(portal.verificationCode).not.toHaveAttribute('aria-invalid');
  await portal.verify.click();
  await expect(portal.heading(`Welcome, ${VERA.name}`)).toBeVisible();
});

test('what is not six digits is not sent', async ({ page, portal }) => {
  await askedForCode(portal);
  const sent = countRequests(page, 'POST', TOKEN);
  for (const typed of ['', '12345', '12345a', '1234567']) {
    await portal.verificationCode.fill(typed);
    await portal.verify.click();
    await expect(portal.verificationCode).toHaveAccessibleDescription(/^Enter the six digits of the code\./);
    await expect(portal.verificationCode).toBeFocused();
  }
  expect(sent()).toBe(0);
});

test('back to the password keeps the email and what was chosen, and signing in works from there', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.kept = true;
  await page.goto('/sign-in');
  await portal.keep.check();
  await portal.fillIn(VERA.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.verificationCode).toBeFocused();
  await tabTo(page, portal.button('Back'));
  await page.keyboard.press('Enter');
  await expect(portal.password).toBeFocused();
  await expect(portal.password).toHaveValue('');
  await expect(portal.password).not.toHaveAttribute('aria-invalid');
  await expect(portal.email).toHaveValue(VERA.email);
  await expect(portal.keep).toBeChecked();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(portal.verificationCode).toBeFocused();
  await expect(portal.verificationCode).toHaveValue('');
  await page.keyboard.type(await server.verificationCode(VERA.email));
  await page.keyboard.press('Enter');
  await expect(portal.heading(`Welcome, ${VERA.name}`)).toBeVisible();
});

test('while a code is being verified the way back waits for the answer, which is told beside the code', async ({
  page,
  portal,
  server,
}) => {
  await askedForCode(portal);
  const code = await server.verificationCode(VERA.email);
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(
    '**/api/token',
    async (route) => {
      await held;
      await route.continue();
    },
    { times: 1 },
  );
  await page.keyboard.type(code === '000000' ? '111111' : '000000');
  await page.keyboard.press('Enter');
  await expect(portal.button('Back')).toHaveAttribute('aria-busy', 'true');
  await portal.button('Back').click();
  await expect(portal.verificationCode).toBeVisible();
  answer();
  await expect(portal.verificationCode).toHaveAccessibleDescription(/^The verification code is incorrect\./);
  await portal.button('Back').click();
  await expect(portal.password).toBeFocused();
  await expect(portal.alert.filter({ hasText: /./ })).toHaveCount(0);
});

test('after five wrong codes the button counts down until the server takes another', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400, 429);
  const code = await server.verificationCode(VERA.email);
  for (let tries = 0; tries < 5; tries += 1) {
    const form = { grant_type: 'password', username: VERA.email, password: PASSWORD, totp: 'wrong' };
    const reply = await fetch(`${server.url}/api/token`, { method: 'POST', body: new URLSearchParams(form) });
    expect(reply.status).toBe(400);
  }
  await server.advanceClock(11);
  await page.clock.install();
  await askedForCode(portal);
  await page.route('**/api/token', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '12' } }), { times: 1 });
  await page.keyboard.type(code);
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.press('Enter');
  await expect(portal.alert).toContainText('Too many tries. Wait 12 seconds, then try again.');
  const waiting = portal.button('Try again in 12 s');
  await expect(waiting).toHaveAttribute('aria-disabled', 'true');
  await page.clock.runFor(12_000);
  await page.clock.resume();
  await expect(portal.said('You can try again now.')).toBeVisible();
  await portal.verificationCode.fill(await server.verificationCode(VERA.email));
  await portal.verify.click();
  await expect(portal.heading(`Welcome, ${VERA.name}`)).toBeVisible();
});

test('the question for the code is accessible by light and by dark, also when a code was wrong, and 320 pixels are wide enough', async ({
  page,
  portal,
}) => {
  await askedForCode(portal);
  await expectAccessible(page, 'light', 'dark');
  await portal.verify.click();
  await expect(portal.verificationCode).toHaveAttribute('aria-invalid', 'true');
  await page.setViewportSize({ width: 320, height: 700 });
  await expectToFit(page, 320);
  await expectAccessible(page, 'light', 'dark');
});

test('an answer that comes when the form was left asks nobody for a code', async ({ page, portal }) => {
  await page.goto('/reset-password');
  await page.getByRole('link', { name: 'Back to sign in' }).click();
  await portal.fillIn(VERA.email, PASSWORD);
  const answer = await hold(page, 'POST', /\/api\/token$/);
  await portal.submit.click();
  await expect.poll(answer.count).toBe(1);
  await page.goBack();
  await expect(portal.submit).toHaveCount(0);
  const landed = page.waitForResponse((reply) => reply.url().endsWith('/api/token'));
  answer.letGo();
  await landed;
  await page.goForward();
  await expect(portal.password).toBeVisible();
  await expect(portal.verificationCode).toHaveCount(0);
});
