import type { Page } from '@playwright/test';
import { countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { AISHA, MARIA, PASSWORD, VERA } from '../support/people.ts';

const TOKEN = /\/api\/token$/;

async function speakGerman(page: Page): Promise<void> {
  await page.locator('#language').getByRole('combobox').selectOption('Deutsch');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
}

test('an answer that is awaited is told in the language that was chosen meanwhile, and nothing is sent twice', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectNoNetwork();
  await page.goto('/sign-in');
  const answer = await hold(page, 'POST', TOKEN, (route) => route.abort());
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  await expect.poll(answer.count).toBe(1);
  await speakGerman(page);
  const submit = page.getByRole('button', { name: 'Anmelden', exact: true });
  await expect(submit).toHaveAttribute('aria-busy', 'true');
  await page.locator('input[autocomplete=current-password]').press('Enter');
  expect(answer.count()).toBe(1);
  answer.letGo();
  await expect(page.getByRole('alert')).toContainText('Der Server ist nicht erreichbar');
  await expect(submit).not.toHaveAttribute('aria-busy', 'true');
});

test('the question for the verification code comes also to who has chosen another language meanwhile', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(400);
  await page.goto('/sign-in');
  const answer = await hold(page, 'POST', TOKEN);
  await portal.fillIn(VERA.email, PASSWORD);
  await portal.submit.click();
  await expect.poll(answer.count).toBe(1);
  await speakGerman(page);
  answer.letGo();
  const code = page.locator('input[autocomplete=one-time-code]');
  await expect(code).toBeFocused();
  await code.fill('1234');
  await code.press('Enter');
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await expect(code).toHaveAccessibleDescription(/sechs Ziffern/);
  // What was wrong in one language is so in the other, too, as long as it is not typed anew.
  await page.locator('#language').getByRole('combobox').selectOption('English');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await expect(code).toHaveAccessibleDescription(/Enter the six digits of the code\./);
});

test('what was wrong is said again in the language that is chosen to read it, and how long to wait still counts', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(429);
  await page.clock.install();
  const tries = countRequests(page, 'POST', TOKEN);
  await page.route(TOKEN, (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '60' } }));
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  await expect(page.getByRole('alert')).toContainText('Too many tries. Wait 60 seconds');
  await speakGerman(page);
  await expect(page.getByRole('alert')).toContainText('Zu viele Versuche');
  const submit = page.getByRole('button', { name: /Erneut versuchen|Noch einmal|in \d+ Sekunden/ });
  await expect(submit).toHaveAttribute('aria-disabled', 'true');
  await page.locator('input[autocomplete=current-password]').press('Enter');
  expect(tries()).toBe(1);
  await page.clock.runFor(61_000);
  await expect(page.getByRole('status').filter({ hasText: 'Sie können es jetzt erneut versuchen' })).toHaveCount(1);
  await page.locator('#language').getByRole('combobox').selectOption('English');
  await expect(page.getByRole('status').filter({ hasText: 'You can try again now.' })).toHaveCount(1);
  await portal.submit.click();
  await expect(page.getByRole('alert')).toContainText('Too many tries. Wait 60 seconds');
  // On another page of signing in nothing stands in the way.
  await page.locator('.sign-in__ways a').click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.goBack();
  await expect(page.locator('input[autocomplete=current-password]')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a password that is wrong is called so in the language that is spoken', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, 'wrong');
  await portal.submit.click();
  await expect(page.getByRole('alert')).toContainText('The email or password is incorrect.');
  await speakGerman(page);
  await expect(page.getByRole('alert')).toContainText('Die E-Mail-Adresse oder das Passwort ist falsch.');
});

test('a change of the language leaves the one-time code of a mail that is typed', async ({ page, portal }) => {
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.button('Email me a sign-in link').click();
  const code = page.locator('input[autocomplete=one-time-code]');
  await code.fill('RDUY-CG');
  await speakGerman(page);
  await expect(code).toHaveValue('RDUY-CG');
  // It belongs to that mail alone.
  await page.goBack();
  await page.locator('input[autocomplete=username]').fill(AISHA.email);
  await page.getByRole('button', { name: 'Anmeldelink per E-Mail erhalten' }).click();
  await expect(code).toHaveValue('');
});
