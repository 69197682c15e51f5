import { expectAccessible } from '../support/axe.ts';
import { countRequests, EXCHANGE_OWN, expect, test } from '../support/fixtures.ts';
import { tabTo } from '../support/keyboard.ts';
import { mailed } from '../support/mailed.ts';
import { AISHA, MARIA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import type { Server } from '../support/server.ts';
import { expectToFit } from '../support/width.ts';

/**
 * Types the code that was just asked for. The field comes once the server has sent it: before that, the newest mail
 * may still be an older one.
 */
async function typeCode(portal: Portal, server: Server, email: string): Promise<void> {
  await expect(portal.oneTimeCode).toBeVisible();
  await portal.oneTimeCode.fill((await server.mail(email)).Code ?? '');
}

/** Up to the question for the code, from the form. */
async function askedForCode(portal: Portal, email: string, at = '/sign-in'): Promise<void> {
  await portal.page.goto(at);
  await portal.email.fill(email);
  await portal.byEmail.click();
  await expect(portal.heading('Check your email')).toBeVisible();
  await expect(portal.oneTimeCode).toBeFocused();
}

test('a code is asked for from the form and typed, with the keyboard alone, and leads to where one wanted to go', async ({
  page,
  portal,
  server,
}) => {
  await page.goto('/sign-in?next=/user/impersonation-history');
  await tabTo(page, portal.email);
  await page.keyboard.type(AISHA.email);
  await tabTo(page, portal.byEmail);
  await page.keyboard.press('Enter');
  await expect(portal.oneTimeCode).toBeFocused();
  await expect(portal.heading('Check your email')).toBeVisible();
  await expect(portal.oneTimeCode).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(portal.oneTimeCode).toHaveAccessibleDescription(
    `If ${AISHA.email} has an account here, a link and a code are on their way. Open the link, or enter the code here.`,
  );
  const { Code } = await server.mail(AISHA.email);
  await page.keyboard.type((Code ?? '').toLowerCase().replace('-', ' '));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/user/impersonation-history');
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
});

test('without an email nothing is sent, and the form says what is missing', async ({ page, portal }) => {
  const sent = countRequests(page, 'GET', /sendOtp/);
  await page.goto('/sign-in');
  await portal.byEmail.click();
  await expect(portal.email).toHaveAccessibleDescription('Enter your email.');
  await expect(portal.email).toBeFocused();
  await expect(portal.password).not.toHaveAttribute('aria-invalid');
  expect(sent()).toBe(0);
});

test('a page that is loaded again still asks for the code, until somebody is signed in', async ({ page, portal, server }) => {
  await askedForCode(portal, AISHA.email);
  await page.reload();
  await expect(portal.oneTimeCode).toBeFocused();
  await expect(portal.oneTimeCode).toHaveAccessibleDescription(new RegExp(`^If ${AISHA.email} has an account here`));
  await typeCode(portal, server, AISHA.email);
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  await portal.signOut(AISHA.name);
  await page.goto('/sign-in/email');
  await expect(portal.heading('Sign in by email')).toBeVisible();
});

test('“Keep me signed in” holds for a code, too', async ({ page, portal, server, openTab, guard }) => {
  guard.kept = true;
  await page.goto('/sign-in');
  await portal.keep.check();
  await portal.email.fill(AISHA.email);
  await portal.byEmail.click();
  await typeCode(portal, server, AISHA.email);
  await portal.submit.click();
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
  const another = await openTab();
  await another.page.goto('/');
  await expect(another.menuButton(AISHA.name)).toBeVisible();
});

test('the page is the same for an address that nobody has', async ({ page, portal, server }) => {
  const pages: string[] = [];
  for (const email of [AISHA.email, 'nobody@example.com']) {
    await askedForCode(portal, email);
    pages.push((await portal.main.innerText()).replace(email, '…'));
    await page.goto('about:blank');
  }
  expect(pages[0]).toBe(pages[1]);
  expect(await server.mails('nobody@example.com')).toEqual([]);
});

test('a wrong code is told beside its field, which is selected', async ({ page, portal, guard }) => {
  guard.expectStatus(401);
  await askedForCode(portal, AISHA.email);
  await page.keyboard.type('AAAA-AAAA');
  await page.keyboard.press('Enter');
  await expect(portal.oneTimeCode).toHaveAccessibleDescription(
    /^This code is not right, or it has expired or was used before\./,
  );
  await expect(portal.oneTimeCode).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('AAAA-AAAA');
});

test('another mail can be sent when the server takes it, and the button counts down until then', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(429);
  await page.clock.install();
  await askedForCode(portal, AISHA.email);
  const first = (await server.mail(AISHA.email)).Code;
  await portal.button('Send again').click();
  await expect(portal.alert).toContainText(/Too many tries\. Wait \d+ seconds, then try again\./);
  const waiting = page.getByRole('button', { name: /^Try again in \d+ s$/ });
  await expect(waiting).toHaveAttribute('aria-disabled', 'true');
  await server.advanceClock(20);
  await page.clock.runFor(21_000);
  await portal.oneTimeCode.fill('AAAA');
  await portal.button('Send again').click();
  await expect(portal.said('Another email is on its way.')).toBeVisible();
  await expect(portal.oneTimeCode).toHaveValue('AAAA');
  await expect(portal.button('Send again')).toBeFocused();
  const { Code } = await server.mail(AISHA.email);
  expect(Code).not.toBe(first);
  await portal.oneTimeCode.fill(Code ?? '');
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('the link of the mail signs in by a press alone, in another tab too, and leads to where one wanted to go', async ({
  portal,
  server,
  openTab,
  guard,
}) => {
  await askedForCode(portal, AISHA.email, '/sign-in?next=/user/impersonation-history');
  const { Link } = await server.mail(AISHA.email);
  guard.hide(Link);
  const tab = await openTab();
  const exchanged = countRequests(tab.page, 'POST', EXCHANGE_OWN);
  await tab.page.goto(Link);
  await expect(tab.page).toHaveURL('/sign-in/link');
  await expect(tab.heading('Sign in')).toBeVisible();
  await expect(tab.page.getByRole('textbox')).toHaveCount(0);
  await tabTo(tab.page, tab.submit);
  expect(exchanged()).toBe(0);
  await tab.page.keyboard.press('Enter');
  await expect(tab.page).toHaveURL('/user/impersonation-history');
  await expect(tab.menuButton(AISHA.name)).toBeVisible();
  expect(exchanged()).toBe(1);
});

test('another language before the press leads to where one wanted to go all the same', async ({ portal, server, openTab, guard }) => {
  await askedForCode(portal, AISHA.email, '/sign-in?next=/user/impersonation-history');
  const { Link } = await server.mail(AISHA.email);
  guard.hide(Link);
  const tab = await openTab();
  await tab.page.goto(Link);
  await expect(tab.submit).toBeVisible();
  await tab.page.locator('#language').getByRole('combobox').selectOption('Deutsch');
  await tab.button('Anmelden').click();
  await expect(tab.page).toHaveURL('/user/impersonation-history');
});

test('where one wanted to go is not where the next person in this browser comes to', async ({ page, portal, server }) => {
  await askedForCode(portal, MARIA.email, '/sign-in?next=/user/team/permissions/55');
  await typeCode(portal, server, MARIA.email);
  await portal.submit.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await portal.signOut(MARIA.name);
  await page.goto((await mailed(server, AISHA.email)).Link);
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a program that opens the link before does not use it up', async ({ page, portal, server, browser }) => {
  const { Link } = await mailed(server, AISHA.email);
  const scanner = await browser.newContext({ baseURL: server.url });
  const look = await scanner.newPage();
  await look.goto(Link);
  await expect(look.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await scanner.close();
  await page.goto(Link);
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a link that was used, or has expired, is told, and leads to another', async ({ page, portal, server, guard }) => {
  guard.expectStatus(401);
  const { Link } = await mailed(server, AISHA.email);
  guard.hide(Link);
  await page.goto(Link);
  await expect(portal.submit).toBeVisible();
  await server.advanceClock(16 * 60);
  await portal.submit.click();
  await expect(portal.alert).toContainText('This link has expired or was used before. Have a new one sent.');
  await expect(portal.heading('Sign in')).toBeFocused();
  await portal.link('Send a new link').click();
  await expect(portal.heading('Sign in by email')).toBeFocused();
  await portal.email.fill(AISHA.email);
  await portal.button('Send the link').click();
  await typeCode(portal, server, AISHA.email);
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a link without a token says so, and a page that is loaded again has none either', async ({ page, portal, server, guard }) => {
  const sentence = 'This page was opened without a link, or was loaded again since.';
  await page.goto('/sign-in/link');
  await expect(portal.alert).toContainText(sentence);
  const { Link } = await mailed(server, AISHA.email);
  guard.hide(Link);
  await page.goto(Link);
  await expect(portal.submit).toBeVisible();
  await page.reload();
  await expect(portal.alert).toContainText(sentence);
  await portal.link('Back to sign in').click();
  await expect(portal.password).toBeVisible();
});

test('a link keeps its worth when the network is lost on the way', async ({ page, portal, server, guard }) => {
  guard.expectNoNetwork();
  const { Link } = await mailed(server, AISHA.email);
  await page.goto(Link);
  await expect(portal.submit).toBeVisible();
  await page.context().setOffline(true);
  await portal.submit.click();
  await expect(portal.alert).toContainText('The server cannot be reached.');
  await page.context().setOffline(false);
  await expect(portal.said('You are connected again.')).toBeVisible();
  await portal.submit.click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

const STATES: Record<string, (portal: Portal, server: Server) => Promise<void>> = {
  'asking for a mail': async (portal) => {
    await portal.page.goto('/sign-in/email');
    await portal.button('Send the link').click();
    await expect(portal.email).toHaveAttribute('aria-invalid', 'true');
  },
  'the question for the code': async (portal) => {
    await askedForCode(portal, AISHA.email);
    await portal.submit.click();
    await expect(portal.oneTimeCode).toHaveAttribute('aria-invalid', 'true');
  },
  'a pause before the next mail': async (portal) => {
    await askedForCode(portal, AISHA.email);
    await portal.button('Send again').click();
    await expect(portal.alert).toBeVisible();
  },
  'the link of a mail': async (portal, server) => {
    await portal.page.goto((await mailed(server, AISHA.email)).Link);
    await expect(portal.submit).toBeVisible();
  },
};

for (const [name, open] of Object.entries(STATES)) {
  test(`axe finds nothing on ${name}, by light and by dark, and 320 pixels are wide enough`, async ({
    page,
    portal,
    server,
    guard,
  }) => {
    guard.expectStatus(429);
    await open(portal, server);
    await expectAccessible(page, 'light', 'dark');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectToFit(page, 320);
    await expectAccessible(page, 'light');
  });
}
