import { expect, test } from '../support/fixtures.ts';
import { LUMEN, MARIA } from '../support/people.ts';

test.use({ serverArgs: ['--members', '1000'] });

test('the last of a thousand members is found and changed', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${LUMEN.id}`);
  await expect(portal.said('1,000 members')).toBeVisible();
  await portal.expectRows(1000);
  // The arrows and the keys of a list reach every row, whether it was in the page or not.
  const first = portal.table.getByRole('row').nth(1);
  await first.getByRole('checkbox').focus();
  await page.keyboard.press('Control+End');
  const last = portal.table.getByRole('row').filter({ has: page.locator(':focus') });
  await expect(last).toHaveAttribute('aria-rowindex', '1001');
  await expect(last.getByRole('checkbox')).toBeFocused();
  await portal.findInTable('Ravi Subr');
  await portal.expectRows(1);
  await expect(portal.table.getByRole('row')).toHaveCount(2);
  const change = portal.permission('Purchase event tickets', 'Ravi Subramaniam');
  await change.click();
  await expect(change).toBeChecked();
});
