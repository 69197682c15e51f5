import type { Page } from '@playwright/test';
import { PERMISSIONS, expect, test } from '../support/fixtures.ts';
import { Many } from '../support/many.ts';
import { Members } from '../support/members.ts';
import { AISHA } from '../support/people.ts';

/** Chooses another language in the page; it has the words of the one for tests, whatever its own are. */
async function speakOtherwise(page: Page): Promise<void> {
  const words = await page.evaluate(() => (window as unknown as { portalBoot: Boot }).portalBoot.words('qps'));
  await page.route(/\/words[/-]de\b/, (route) => route.fulfill({ body: words }));
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
}

interface Boot {
  words(tag: string): Promise<string>;
}

test('what was not saved is told in the language that one changes to, and nothing is sent again', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(500);
  await Members.open(portal);
  let saves = 0;
  await page.route(PERMISSIONS, (route) => {
    saves += 1;
    return route.fulfill({ status: 500 });
  });
  await portal.permission('Make bookings', AISHA.name).click();
  const row = page.getByRole('table').getByRole('row').filter({ hasText: AISHA.name });
  await expect(row).toContainText('Not saved.');
  await speakOtherwise(page);
  await expect(row).toContainText('Nôt sávëd.');
  await expect(row).not.toContainText('Not saved.');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tëám përmïssïôns');
  expect(saves).toBe(1);
});

test('a change to many goes on in the language that one changes to', async ({ page, portal, team }) => {
  await Members.open(portal);
  const many = new Many(portal);
  await many.select(AISHA.name, 'Björn Þórsson');
  await many.turn('Purchase event tickets', true);
  await many.go();
  await many.button('Pause').click();
  await expect(many.panel.getByRole('heading')).toHaveText('Turn on Purchase event tickets');
  await speakOtherwise(page);
  const panel = page.locator('.many');
  await expect(panel.getByRole('heading')).toContainText('Türn ôn Pürchásë ëvënt tïckëts');
  await panel.getByRole('button', { name: /^Gô ôn/ }).click();
  await expect(panel.getByRole('status').first()).toContainText('Dônë: 2 ôf 2 sávëd');
  expect((await team.of(AISHA.id)).CanPurchaseEvents).toBe(true);
});
