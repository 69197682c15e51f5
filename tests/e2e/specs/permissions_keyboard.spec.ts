import type { Locator } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { tabTo } from '../support/keyboard.ts';
import { Members } from '../support/members.ts';
import { AISHA, JONAS, LUMEN, MARIA, SOFIA } from '../support/people.ts';

test('sorting, filtering and exporting need no mouse', async ({ page, portal }) => {
  const members = await Members.open(portal);
  const sort = members.heading('Make bookings').getByRole('button');
  await tabTo(page, sort);
  await page.keyboard.press('Enter');
  await expect(members.heading('Make bookings')).toHaveAttribute('aria-sort', 'ascending');
  await expect(sort).toBeFocused();
  await page.keyboard.press('Space');
  await expect(members.heading('Make bookings')).toHaveAttribute('aria-sort', 'descending');
  await members.expectQuery('sort=-make-bookings');
  await page.reload();
  await tabTo(page, members.filters);
  const role = page.getByRole('combobox', { name: 'Role', exact: true });
  if (!(await role.isVisible())) await page.keyboard.press('Enter');
  await tabTo(page, role);
  await page.keyboard.press('a');
  await members.expectNames(JONAS.name, MARIA.name);
  const coming = page.waitForEvent('download');
  await tabBack(members, members.button('Export as CSV'));
  await page.keyboard.press('Enter');
  expect((await coming).suggestedFilename()).toBe(`team-${LUMEN.id}-permissions.csv`);
});

test('several rows are selected and changed without a mouse', async ({ page, portal, team }) => {
  const members = await Members.open(portal);
  await tabTo(page, members.select(AISHA.name));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(portal.said('3 members selected')).toHaveCount(1);
  // What can be done with them comes after the last of them.
  await page.keyboard.press('Control+End');
  await tabTo(page, members.button('Turn off for all'), 20);
  await page.keyboard.press('Enter');
  await tabTo(page, members.dialog.getByRole('button', { name: /^Change / }));
  await page.keyboard.press('Enter');
  await expect(portal.said(/^Done: /)).toHaveCount(1, { timeout: 30_000 });
  for (const id of [AISHA.id, 116]) expect((await team.of(id)).CanMakeBookings).toBe(false);
});

test('a member is managed, removed and acted as without a mouse', async ({ page, portal }) => {
  const members = await Members.open(portal);
  await tabTo(page, members.search);
  await page.keyboard.type('daniel');
  await members.expectNames('Daniel Mbeki');
  await tabTo(page, members.manage('Daniel Mbeki'));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Access card' }));
  await page.keyboard.type('KEYS');
  await page.keyboard.press('Enter');
  await expect(portal.said('The permissions of Daniel Mbeki were saved.')).toBeVisible();
  await expect(members.manage('Daniel Mbeki')).toBeFocused();
  await expect(members.row('Daniel Mbeki')).toContainText('KEYS');

  await tabTo(page, portal.impersonate('Daniel Mbeki'));
  await page.keyboard.press('Enter');
  await expect(members.dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(portal.impersonate('Daniel Mbeki')).toBeFocused();

  await tabBack(members, members.manage('Daniel Mbeki'));
  await page.keyboard.press('Enter');
  await tabTo(page, members.button('Remove from the team'));
  await page.keyboard.press('Enter');
  await tabTo(page, members.dialog.getByRole('button', { name: 'Remove', exact: true }));
  await page.keyboard.press('Enter');
  await expect(portal.said('Daniel Mbeki was removed from the team.')).toBeVisible();
  await expect(portal.main).toContainText('Nobody by that name');
  await expect(portal.heading('Team permissions')).toBeFocused();
});

test('why nobody can be acted as, or changed, is told with the control', async ({ portal }) => {
  await Members.open(portal);
  const told = async (control: Locator, why: RegExp) => {
    await expect(control).toHaveAttribute('aria-disabled', 'true');
    await expect(control).toHaveAccessibleDescription(why);
    await control.focus();
    await expect(control).toBeFocused();
  };
  await told(portal.impersonate(MARIA.name), /^This is you\.$/);
  await told(portal.impersonate(SOFIA.name), /not active/i);
  await told(portal.permission('Team administrator', MARIA.name), /You cannot change your own administrator rights\./);
});

/** Presses Shift and Tab until the control has the focus. */
async function tabBack({ page }: Members, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Shift+Tab');
  }
  await expect(control, 'within 120 presses of Shift and Tab').toBeFocused();
}
