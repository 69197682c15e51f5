import type { Page } from '@playwright/test';
import { PERMISSIONS, expect, test } from '../support/fixtures.ts';
import { painted } from '../support/painted.ts';
import { AISHA, LUMEN_PAGE, MARIA } from '../support/people.ts';
import { speak } from '../support/speak.ts';

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
    await speak(page, language);
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

test('why changes failed is said below the row, in its whole width, and moves no column', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(403, 404);
  await page.setViewportSize({ width: 1280, height: 900 });
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await portal.findInTable(AISHA.name);
  await portal.expectRows(1);
  const before = await columns(page);
  const said = page.locator('.row-failures');
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 404 }), { times: 1 });
  await portal.permission('Access community', AISHA.name).click();
  const gone = 'Access community – Not saved. This member or team could not be found. They may have been removed.';
  await expect(said).toHaveText(gone);
  expect(await columns(page)).toEqual(before);
  // One line of it.
  const height = () => said.evaluate((said) => said.getBoundingClientRect().height);
  const line = await height();
  expect(line).toBeLessThan(30);
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 403 }), { times: 2 });
  for (const name of ['Make bookings', 'Book for team']) {
    const failed = portal.permission(name, AISHA.name);
    await failed.click();
    await expect(failed).toHaveAccessibleDescription('Not saved. You do not have permission to do this.');
  }
  await expect(said).toHaveText(
    `Make bookings, Book for team – Not saved. You do not have permission to do this. ${gone}`,
  );
  expect(await height()).toBeCloseTo(2 * line, 0);
  expect(await columns(page)).toEqual(before);
  // What it says covers no switch, and is covered by nothing.
  const [text, control] = [await said.boundingBox(), await portal.permission('Make bookings', AISHA.name).boundingBox()];
  expect(text?.y).toBeGreaterThanOrEqual((control?.y ?? 0) + (control?.height ?? 0));
  const actions = await portal.impersonate(AISHA.name).locator('xpath=ancestor::td').boundingBox();
  expect((text?.x ?? 0) + (text?.width ?? 0)).toBeLessThanOrEqual(actions?.x ?? 0);
});

test('a change that failed far down in the list makes the page no longer and no wider', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(404);
  await page.setViewportSize({ width: 800, height: 900 });
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await portal.expectRows(1000);
  const room = () =>
    page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return { scrollHeight, scrollWidth };
    });
  const before = await room();
  await page.getByRole('checkbox', { name: /^Select / }).nth(1).focus();
  await page.keyboard.press('Control+End');
  const last = portal.table.getByRole('row').filter({ has: page.locator(':focus') });
  await expect(last).toHaveAttribute('aria-rowindex', '1001');
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 404 }), { times: 1 });
  await last.getByRole('switch').last().click();
  await expect(last.locator('.row-failures')).toContainText('Access community – Not saved.');
  expect(await room()).toEqual(before);
});

test('on a phone why a change failed is said at its switch', async ({ page, portal, guard }) => {
  guard.expectStatus(404);
  await page.setViewportSize({ width: 390, height: 844 });
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await portal.findInTable(AISHA.name);
  await portal.expectRows(1);
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 404 }), { times: 1 });
  const failed = portal.permission('Access community', AISHA.name);
  await failed.click();
  const said = portal.table.getByText('Not saved. This member').filter({ visible: true });
  await expect(said).toHaveCount(1);
  const [text, control] = [await said.boundingBox(), await failed.boundingBox()];
  expect(Math.abs((control?.y ?? 0) - (text?.y ?? 0))).toBeLessThan(100);
  expect(text?.width).toBeGreaterThan(200);
});
