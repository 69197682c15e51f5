import { expect, type Page } from '@playwright/test';

/** Loads the page again in this language, of whatever country. */
export async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((language) => localStorage.setItem('portal.language', language), language);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
}
