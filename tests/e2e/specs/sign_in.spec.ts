import { expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN, MARIA, PASSWORD, SUSPENDED } from '../support/people.ts';
import { Portal } from '../support/portal.ts';

const TOKEN = '**/api/token';

test('a wrong password is told in one sentence, and the email stays', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, 'not-the-password');
  await portal.submit.click();
  await expect(portal.alert).toContainText('The email or password is incorrect.');
  await expect(portal.email).toHaveValue(MARIA.email);
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('an unknown account is answered exactly like a wrong password', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  await page.goto('/sign-in');
  const answers: string[] = [];
  // One of them could not be sent as a header as it is.
  for (const email of [MARIA.email, 'nobody@example.com', 'łukasz@example.com']) {
    await portal.fillIn(email, 'not-the-password');
    const answered = page.waitForResponse(TOKEN);
    await portal.submit.click();
    await answered;
    await expect(portal.alert).toBeVisible();
    answers.push(await portal.alert.innerText());
  }
  expect(new Set(answers).size).toBe(1);
});

test('empty fields say what is missing and nothing is sent', async ({ page, portal }) => {
  await page.route(TOKEN, () => Promise.reject(new Error('nothing may be sent')));
  await page.goto('/sign-in');
  await portal.submit.click();
  await expect(portal.email).toHaveAccessibleDescription('Enter your email.');
  await expect(portal.password).toHaveAccessibleDescription('Enter your password.');
  await expect(portal.email).toHaveAttribute('aria-invalid', 'true');
  await portal.email.fill(MARIA.email);
  await expect(portal.email).toHaveAccessibleDescription('');
  await expect(portal.password).toHaveAccessibleDescription('Enter your password.');
});

test('a server that cannot be reached is told, and the same form works as soon as it can', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectNoNetwork();
  await page.goto('/sign-in');
  await portal.keep.check();
  guard.kept = true;
  await portal.fillIn(MARIA.email, PASSWORD);
  await server.stop();
  await portal.submit.click();
  await expect(portal.alert).toContainText('The server cannot be reached. Check your connection and try again.');
  await expect(portal.email).toHaveValue(MARIA.email);
  await expect(portal.password).toHaveValue(PASSWORD);
  await expect(portal.keep).toBeChecked();
  await server.start();
  await portal.submit.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('a server with a problem is told as such', async ({ page, portal, guard }) => {
  guard.expectStatus(503);
  await page.route(TOKEN, (route) => route.fulfill({ status: 503, body: '<html>down</html>' }));
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.alert).toContainText('The server has a problem. Try again in a moment.');
  await expect(portal.password).toHaveValue(PASSWORD);
});

test('after five wrong passwords the server asks to wait, and the portal says how long', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 429);
  for (let tries = 0; tries < 5; tries += 1) {
    const body = new URLSearchParams({ grant_type: 'password', username: MARIA.email, password: 'wrong' });
    expect((await fetch(`${server.url}/api/token`, { method: 'POST', body })).status).toBe(400);
  }
  await page.clock.install();
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.alert).toContainText(/Too many tries\. Wait \d+ seconds?, then try again\./);
  await server.advanceClock(10);
  await page.clock.runFor(10_000);
  await portal.submit.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('a suspended account is told what to do', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  await page.goto('/sign-in');
  await portal.fillIn(SUSPENDED.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.alert).toContainText('This account is suspended. Please contact your location.');
});

test('a double click on Sign in sends one request', async ({ page, portal }) => {
  let sent = 0;
  page.on('request', (request) => (sent += request.url().endsWith('/api/token') ? 1 : 0));
  await page.goto('/sign-in');
  await portal.fillIn(AISHA.email, PASSWORD);
  await portal.submit.dblclick();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  expect(sent).toBe(1);
});

test('what stands unseen around an address that was copied is not sent', async ({ page, portal }) => {
  await page.goto('/sign-in');
  await portal.fillIn(`\u200b \u200e${AISHA.email}\u200b\t`, PASSWORD);
  await portal.submit.click();
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
});

test('“Keep me signed in” holds in a new tab', async ({ page, portal, openTab, guard }) => {
  guard.kept = true;
  await page.goto('/sign-in');
  await portal.keep.check();
  await portal.fillIn(AISHA.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  const another = await openTab();
  await another.page.goto('/');
  await expect(another.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('without “Keep me signed in” a new tab asks to sign in', async ({ portal, openTab }) => {
  await portal.signIn(AISHA);
  // Which profile was used last is no secret.
  await expect.poll(() => portal.page.evaluate(() => Object.keys(localStorage))).toEqual(['portal.profiles']);
  const another = await openTab();
  await another.page.goto('/');
  await expect(another.heading('Sign in')).toBeVisible();
});

test('another browser profile knows nothing of this one', async ({ portal, browser, server }) => {
  await portal.signIn(AISHA);
  const stranger = await browser.newContext({ baseURL: server.url });
  const another = new Portal(await stranger.newPage());
  await another.page.goto('/');
  await expect(another.heading('Sign in')).toBeVisible();
  await stranger.close();
});

test('a page opened while signed out comes back after signing in', async ({ page, portal }) => {
  await page.goto(`/user/team/permissions/${LUMEN.id}`);
  await expect(portal.heading('Sign in')).toBeVisible();
  // The form of the page itself is there before the portal, which names the page in the address.
  await expect.poll(() => new URL(page.url()).searchParams.get('next')).toBe(`/user/team/permissions/${LUMEN.id}`);
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  await portal.ownProfile(MARIA.name).click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(page).toHaveURL(`/user/team/permissions/${LUMEN.id}`);
});

test('next is honoured for a page of the portal', async ({ page, portal }) => {
  await portal.signIn(AISHA, { at: '/sign-in?next=/user/team/permissions' });
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(page).toHaveURL('/user/team/permissions');
});

for (const next of [
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  'https://evil.example/',
  '/%2F%2Fevil.example',
  '%252F%252Fevil.example',
]) {
  test(`next=${JSON.stringify(next)} leads home`, async ({ page, portal, server }) => {
    const visited: string[] = [];
    page.on('framenavigated', (frame) => visited.push(new URL(frame.url()).origin));
    await portal.signIn(AISHA, { at: `/sign-in?next=${encodeURIComponent(next)}` });
    await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
    await expect(page).toHaveURL('/');
    expect(new Set(visited)).toEqual(new Set([server.url]));
  });
}

test('a stored session that the server no longer accepts leads to signing in, with the reason', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  await portal.signIn(AISHA);
  await server.revokeSessions(AISHA.email);
  await page.reload();
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.said('Your session has ended. Sign in again to go on.')).toBeVisible();
  expect(await portal.storedCredential()).toBeNull();
});

test('sec_03_a_damaged_stored_session_is_nobody', async ({ page, portal }) => {
  await portal.signIn(AISHA);
  for (const damaged of ['', '{}', '[1]', '<html>', '{"access":"","client_id":"x","since":1}', '{"access":"€","client_id":"x","since":1}']) {
    await page.evaluate((text) => sessionStorage.setItem('portal.session', text), damaged);
    await page.reload();
    await expect(portal.heading('Sign in')).toBeVisible();
  }
});
