import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { painted } from '../support/painted.ts';
import { LUMEN_PAGE, MARIA } from '../support/people.ts';

test.use({ serverArgs: ['--members', '1000'] });

/** Where the columns begin, from the left. */
const columns = (page: Page): Promise<number[]> =>
  page.locator('thead :is(th, td)').evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().x));

for (const { language, width } of [
  { language: 'en', width: 1280 },
  { language: 'de', width: 1440 },
  { language: 'fr', width: 1920 },
]) {
  test(`columns stay where they are whichever rows are in the page, in ${language} at ${width}`, async ({
    page,
    portal,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await page.evaluate((language) => localStorage.setItem('portal.language', language), language);
    await page.reload();
    await expect(page.getByRole('rowheader').first()).toBeVisible();
    const before = await columns(page);
    const list = page.getByRole('table').locator('..');
    const seen = new Set<string>();
    for (let turns = 0; turns < 20; turns += 1) {
      seen.add(await page.getByRole('rowheader').last().innerText());
      await list.evaluate((list, turns) => list.scrollTo(0, (turns / 19) * list.scrollHeight), turns);
      await painted(page);
      expect(await columns(page)).toEqual(before);
    }
    expect(seen.size, 'others were in the page').toBeGreaterThan(15);
  });
}
