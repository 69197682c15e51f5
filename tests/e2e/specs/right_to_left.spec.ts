import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN_PAGE, MARIA, OPS } from '../support/people.ts';
import { dataOf, speakPseudo, untranslated } from '../support/pseudo.ts';
import { expectToFit } from '../support/width.ts';

const STRANGERS_PAGES = ['/sign-in', '/forgot-password', '/reset-password', '/sign-in/link'];
const MEMBERS_PAGES = ['/sign-in/profiles', '/', '/user/impersonation-history', LUMEN_PAGE, '/nowhere'];

async function expectPseudo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('#portal')).toBeAttached();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/·[~ ]+$/);
}

async function expectRoom(page: Page): Promise<void> {
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expectToFit(page, width);
  }
}

for (const path of STRANGERS_PAGES) {
  test(`${path} says nothing outside of the catalogue and has room for longer words from right to left`, async ({ page }) => {
    await page.goto('/sign-in');
    await speakPseudo(page);
    await expectPseudo(page, path);
    await expect.poll(() => untranslated(page, ['Harbour House', 'Member portal'])).toEqual([]);
    await expectRoom(page);
    await expectAccessible(page, 'light', 'dark');
  });
}

for (const path of MEMBERS_PAGES) {
  test(`${path} says nothing outside of the catalogue and has room for longer words from right to left`, async ({
    page,
    portal,
    server,
  }) => {
    const data = await dataOf(server, MARIA);
    await portal.signInToProfiles(MARIA);
    await speakPseudo(page);
    await expectPseudo(page, path);
    await expect.poll(() => untranslated(page, data)).toEqual([]);
    await expectRoom(page);
    await expectAccessible(page, 'light', 'dark');
  });
}

test("an operator's page says nothing outside of the catalogue and has room for longer words from right to left", async ({
  page,
  portal,
  server,
}) => {
  const data = await dataOf(server, OPS);
  await portal.signIn(OPS);
  await speakPseudo(page);
  await expectPseudo(page, '/customers');
  await page.getByRole('main').getByRole('button').click();
  await expect(page.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
  await expect.poll(() => untranslated(page, data)).toEqual([]);
  await expectRoom(page);
  await expectAccessible(page, 'light', 'dark');
});

test('acting as somebody says nothing outside of the catalogue', async ({ page, portal, server }) => {
  const data = await dataOf(server, MARIA);
  await portal.signInToProfiles(MARIA);
  await speakPseudo(page);
  await expectPseudo(page, '/sign-in/profiles');
  await page.getByRole('searchbox').last().fill(AISHA.name);
  await page.getByRole('main').getByRole('button').filter({ hasText: AISHA.name }).last().click();
  const dialog = page.getByRole('dialog');
  await expect.poll(() => untranslated(page, data)).toEqual([]);
  await dialog.getByRole('textbox').fill('Correct a booking');
  await dialog.getByRole('button').last().click();
  await expect(page.getByRole('region').first()).toContainText(AISHA.name);
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => untranslated(page, [...data, 'Correct a booking'])).toEqual([]);
  await expectRoom(page);
  await expectAccessible(page, 'light', 'dark');
});
