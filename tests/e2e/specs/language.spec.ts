import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { mailed } from '../support/mailed.ts';
import { AISHA, JONAS, LUMEN_PAGE, MARIA, OPS, PASSWORD, VERA } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expectToFit } from '../support/width.ts';

const LANGUAGES = { es: 'Español', fr: 'Français', de: 'Deutsch', it: 'Italiano', pt: 'Português' };

const picker = (page: Page) => page.locator('#language').getByRole('combobox');

/** Without a country, browsers take Portuguese for that of Brazil. */
const locale = (tag: string) => (tag === 'pt' ? 'pt-PT' : tag);

/** Chooses, and waits for the page to be made anew. */
async function choose(page: Page, language: string, tag: string): Promise<void> {
  await picker(page).selectOption(language);
  await expect(page.locator('html')).toHaveAttribute('lang', locale(tag));
  await expect(picker(page)).toHaveValue(tag);
}

test('choosing a language changes all words without loading the page, and the focus stays where it was', async ({
  page,
  portal,
}) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await page.evaluate(() => Object.assign(window, { stillTheSamePage: true }));
  await picker(page).focus();
  await choose(page, 'Deutsch', 'de');
  await expect(portal.heading('Team permissions')).toHaveCount(0);
  await expect(page.getByRole('table')).toContainText(AISHA.name);
  await expect(picker(page)).toBeFocused();
  expect(await page.evaluate(() => 'stillTheSamePage' in window)).toBe(true);
  await choose(page, 'English', 'en');
  await expect(portal.heading('Team permissions')).toBeVisible();
});

test('what is typed into the sign-in form outlives a change of the language', async ({ page, portal }) => {
  await page.goto('/sign-in');
  await portal.fillIn(AISHA.email, PASSWORD);
  await portal.keep.check();
  await choose(page, 'Français', 'fr');
  await expect(page.locator('input[autocomplete=username]')).toHaveValue(AISHA.email);
  await expect(page.locator('input[autocomplete=current-password]')).toHaveValue(PASSWORD);
  await expect(page.getByRole('checkbox')).toBeChecked();
  await page.getByRole('checkbox').uncheck();
  await page.locator('input[autocomplete=current-password]').press('Enter');
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
});

test('a change of the language leaves the question for the verification code, with what was typed', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400);
  await page.goto('/sign-in');
  await portal.fillIn(VERA.email, PASSWORD);
  await portal.submit.click();
  const code = await server.verificationCode(VERA.email);
  await portal.verificationCode.fill(code);
  await choose(page, 'Deutsch', 'de');
  const field = page.locator('input[autocomplete=one-time-code]');
  await expect(field).toHaveValue(code);
  await expect(page.locator('input[autocomplete=current-password]')).toHaveCount(0);
  await field.press('Enter');
  await expect(portal.menuButton(VERA.name)).toBeVisible();
});

test('a change of the language leaves a new password that is typed', async ({ page, portal, server }) => {
  await page.goto(await server.resetLink(AISHA.email));
  await portal.newPassword.fill('a-longer-harbour');
  await choose(page, 'Italiano', 'it');
  const field = page.locator('input[autocomplete=new-password]');
  await expect(field).toHaveValue('a-longer-harbour');
  await field.press('Enter');
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
});

/** Chooses another language, then English again: everything was made anew twice. */
async function thereAndBack(page: Page): Promise<void> {
  await choose(page, 'Deutsch', 'de');
  await choose(page, 'English', 'en');
}

test('a change of the language leaves the word that a link is on its way', async ({ page, portal }) => {
  await page.goto('/forgot-password');
  await portal.email.fill(AISHA.email);
  await portal.button('Send the link').click();
  const told = portal.said(`If ${AISHA.email} has an account here, the link is on its way.`);
  await expect(told).toBeVisible();
  await thereAndBack(page);
  await expect(told).toBeVisible();
});

test('a change of the language leaves the word that the password was changed', async ({ page, portal, server, guard }) => {
  guard.expectNoNetwork();
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  await page.route('**/api/sys/users/exchange?*', (route) => route.abort(), { times: 1 });
  await page.goto(link);
  await portal.chooseNewPassword('a-longer-harbour');
  const told = portal.said('Your password was changed. Sign in with the new one.');
  await expect(told).toBeVisible();
  await thereAndBack(page);
  await expect(told).toBeVisible();
  await expect(portal.alert).toHaveCount(0);
  await portal.link('Sign in').click();
  await portal.password.fill('a-longer-harbour');
  await portal.submit.click();
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
  // It was said to whoever wanted in.
  await portal.signOut(AISHA.name);
  await portal.follow('/reset-password');
  await expect(portal.alert).toContainText('This page was opened without a link');
});

for (const [what, open] of [
  ['to a new password', (server: Server) => server.resetLink(AISHA.email)],
  ['to sign in with', async (server: Server) => (await mailed(server, AISHA.email)).Link],
] as const) {
  test(`a change of the language leaves why a link ${what} was refused`, async ({ page, portal, server, guard }) => {
    guard.expectStatus(400, 401);
    const link = await open(server);
    guard.hide(link);
    await page.goto(link);
    await expect(page.locator('main form')).toBeVisible();
    await server.advanceClock(31 * 60);
    if (await portal.newPassword.count()) await portal.newPassword.fill('a-longer-harbour');
    await page.locator('main form button[type=submit]').click();
    const why = portal.alert.filter({ hasText: 'This link has expired or was used before.' });
    await expect(why).toBeVisible();
    await thereAndBack(page);
    await expect(why).toBeVisible();
  });
}

test('a change of the language leaves the list of what was changed as somebody else, unless it was dismissed', async ({
  page,
  portal,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(JONAS.name, 'Full access');
  await page.getByRole('button', { name: 'Change details' }).click();
  await page.getByRole('textbox', { name: 'Company' }).fill('Weber & Co');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(portal.dialog).toHaveCount(0);
  await portal.returnButton.click();
  const list = page.locator('.exit-summary');
  await expect(list).toBeVisible();
  await choose(page, 'Deutsch', 'de');
  await expect(list).toBeVisible();
  await list.getByRole('button').click();
  await expect(list).toHaveCount(0);
  await choose(page, 'English', 'en');
  await expect(portal.menuButton(MARIA.name)).toBeVisible();
  await expect(list).toHaveCount(0);
});

test('a language whose words are long on their way does not disturb whoever has gone on meanwhile', async ({ page, portal }) => {
  await page.goto('/sign-in');
  const words = await hold(page, 'GET', /words-de/);
  await picker(page).selectOption('Deutsch');
  await expect(picker(page)).toBeFocused();
  await expect.poll(words.count).toBe(1);
  await portal.fillIn(AISHA.email, PASSWORD);
  const arrived = page.waitForEvent('requestfinished', (request) => request.url().includes('words-de'));
  words.letGo();
  await arrived;
  await expect(portal.password).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('heading', { level: 1, name: AISHA.name })).toBeVisible();
  await expect(picker(page)).not.toBeFocused();
});

test('Portuguese is that of Portugal, from the first sight on', async ({ page }) => {
  await page.goto('/sign-in');
  await choose(page, 'Português', 'pt');
  await page.route(/\.wasm$/, () => {});
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('#boot-form')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-PT');
  expect(await page.evaluate(() => localStorage.getItem('portal.language'))).toBe('pt');
});

test('a chosen language is spoken from the first sight on, before the portal is there', async ({ page }) => {
  await page.goto('/sign-in');
  await choose(page, 'Deutsch', 'de');
  const german = await page.getByRole('heading', { level: 1 }).textContent();
  await page.route(/\.wasm$/, () => {});
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('#boot-form')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(german ?? '');
  expect(german).not.toBe('Sign in');
});

test("the location's language is spoken where nobody has chosen one, and a choice wins", async ({ page, server }) => {
  await server.setLocation({ LanguageCulture: 'es-ES', Configuration: { DefaultLanguage: 'es' } });
  await page.goto('/sign-in');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await choose(page, 'English', 'en');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await expect(picker(page)).toHaveValue('en');
});

test('a language that cannot be fetched is told, and the one that was spoken stays', async ({ page, portal, guard }) => {
  guard.expectStatus(503);
  await page.goto('/sign-in');
  await page.route(/words-it/, (route) => route.fulfill({ status: 503 }));
  await picker(page).selectOption('Italiano');
  await expect(portal.alert).toContainText('Italiano could not be loaded.');
  await expect(picker(page)).toHaveValue('en');
  await page.unroute(/words-it/);
  await choose(page, 'Italiano', 'it');
  await expect(portal.alert).toHaveCount(0);
});

test('a file of words for another build is refused', async ({ page, portal }) => {
  await page.goto('/sign-in');
  await page.route(/words-pt/, (route) => route.fulfill({ contentType: 'text/plain', body: 'abc\nwords of another build\n' }));
  await picker(page).selectOption('Português');
  await expect(portal.alert).toContainText('Português could not be loaded.');
  await expect(portal.heading('Sign in')).toBeVisible();
});

const MEMBERS_PAGES = ['/sign-in/profiles', '/', '/user/impersonation-history', LUMEN_PAGE];
const STRANGERS_PAGES = ['/sign-in', '/forgot-password', '/reset-password', '/sign-in/email', '/sign-in/link'];

async function expectGoodPages(page: Page, paths: string[], tag: string): Promise<void> {
  for (const path of paths) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(path);
    await expect(page.locator('html')).toHaveAttribute('lang', locale(tag));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(picker(page)).toBeVisible();
    await expectAccessible(page, 'light');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectToFit(page, 320, path);
  }
}

for (const [tag, language] of Object.entries(LANGUAGES)) {
  test(`axe finds nothing on a member's pages in ${language}, and 320 pixels are wide enough`, async ({ page, portal }) => {
    await portal.signInToProfiles(MARIA);
    await choose(page, language, tag);
    await expectGoodPages(page, MEMBERS_PAGES, tag);
  });

  test(`axe finds nothing on an operator's page in ${language}, and 320 pixels are wide enough`, async ({ page, portal }) => {
    await portal.signIn(OPS);
    await choose(page, language, tag);
    await expectGoodPages(page, ['/customers'], tag);
  });

  test(`axe finds nothing on the ways in, in ${language}, and 320 pixels are wide enough`, async ({ page }) => {
    await page.goto('/sign-in');
    await choose(page, language, tag);
    await expectGoodPages(page, STRANGERS_PAGES, tag);
  });
}
