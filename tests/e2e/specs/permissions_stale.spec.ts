import { readFile } from 'node:fs/promises';
import { PERMISSIONS, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { Many } from '../support/many.ts';
import { Members, TALL } from '../support/members.ts';
import { AISHA, JONAS, LUMEN_PAGE, MARIA } from '../support/people.ts';
import { TEAM } from '../support/team.ts';

// What the page shows is not what the server has any more.

test.use({ viewport: TALL });

const DANIEL = 'Daniel Mbeki';

test('whoever comes back to a page that was left open sees what has been changed meanwhile', async ({
  page,
  portal,
  team,
}) => {
  await page.clock.install();
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const flag = portal.permission('Book for team', AISHA.name);
  await expect(flag).not.toBeChecked();
  await team.change(AISHA.id, { CanBookForTeam: true });
  await page.clock.fastForward(31_000);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(flag).toBeChecked();
});

test('a change to many is for all of them, also where somebody else has changed some since the page was read', async ({
  page,
  portal,
  team,
}) => {
  await page.clock.install();
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.select(AISHA.name, DANIEL);
  await many.turn('Purchase products', true);
  await expect(many.question).toContainText('1 member needs no change.');
  await many.question.getByRole('button', { name: 'Cancel' }).click();
  await team.change(AISHA.id, { CanPurchaseProducts: false });
  await page.clock.fastForward(31_000);
  await many.turn('Purchase products', true);
  await expect(many.question.getByRole('button', { name: 'Change 2 members' })).toBeVisible();
  await many.go();
  await expect(many.told).toHaveText('Done: 2 of 2 saved');
  expect((await team.of(AISHA.id)).CanPurchaseProducts).toBe(true);
});

test('what fails of a row while its member is managed is told in the dialog, which shows what is there', async ({
  page,
  portal,
  guard,
  team,
}) => {
  guard.expectStatus(500);
  const members = await Members.open(portal);
  const save = await hold(page, 'PUT', PERMISSIONS, (route) => route.fulfill({ status: 500 }));
  await portal.permission('Book for team', AISHA.name).click();
  await expect.poll(save.count).toBe(1);
  await members.manage(AISHA.name).click();
  const flag = (name: string) => members.dialog.getByRole('switch', { name, exact: true });
  await expect(flag('Book for team')).toBeChecked();
  await flag('Make bookings').click();
  save.letGo();
  await expect(members.dialog.getByRole('alert')).toContainText('Not saved.');
  await expect(flag('Book for team')).not.toBeChecked();
  await expect(flag('Make bookings')).not.toBeChecked();
  await page.unroute(PERMISSIONS);
  await members.button('Save permissions').click();
  await expect(members.dialog).toHaveCount(0);
  expect(await team.of(AISHA.id)).toMatchObject({ CanBookForTeam: false, CanMakeBookings: false });
});

test('who comes into the team does not move the row that somebody works on', async ({ page, portal, team }) => {
  await page.clock.install();
  await page.setViewportSize({ width: 1280, height: 700 });
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const flag = portal.permission('Book for team', JONAS.name);
  await flag.focus();
  await flag.scrollIntoViewIfNeeded();
  const before = await flag.boundingBox();
  await team.add('Aaron Aardvark', 'aaron@example.org');
  await page.clock.fastForward(31_000);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByRole('status').filter({ hasText: /^16 members/ })).toHaveCount(1);
  await expect(flag).toBeFocused();
  expect(Math.abs(((await flag.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2);
});

test('the second press of a double click that closes a dialog does not reach the page beneath it', async ({
  page,
  portal,
}) => {
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.all.check();
  await many.turn('Purchase products', false);
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    document.addEventListener('click', (event) => {
      heard.push((event.target as Element).closest('dialog') ? 'dialog' : 'page');
    });
  });
  await many.question.getByRole('button', { name: /^Change \d+ members?$/ }).dblclick();
  await expect(many.panel).toBeVisible();
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(await heard()).toEqual(['dialog']);
  // One press is heard at once.
  await many.button('Pause').click();
  expect(await heard()).toEqual(['dialog', 'page']);
});

test('the second press of a double click decides nothing that has come to lie where the first one was', async ({
  page,
  portal,
  team,
}) => {
  const members = await Members.open(portal);
  const clash = page.getByRole('alert').filter({ hasText: 'JONAS' });
  await members.manage(AISHA.name).click();
  await page.getByRole('textbox', { name: 'Access card' }).fill('MARIA');
  await team.change(AISHA.id, { AccessCardId: 'JONAS' });
  const read = await hold(page, 'GET', TEAM);
  await members.button('Save permissions').click();
  await expect.poll(read.count).toBe(1);
  await page.keyboard.press('Escape');
  read.letGo();
  await expect(clash).toBeVisible();
  // Whatever lies there once the list is gone: all that is pressed there hears it.
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    document.addEventListener('click', (event) => heard.push((event.target as Element).tagName));
  });
  await clash.getByRole('button', { name: /^Change to/ }).dblclick();
  await expect(clash).toHaveCount(0);
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toHaveLength(1);

  const many = new Many(portal);
  await many.all.check();
  await many.turn('Purchase products', false);
  await many.question.getByRole('button', { name: /^Change \d+ members?$/ }).click();
  await many.button('Pause').dblclick();
  await expect(many.told).toHaveText(/^Paused: /);
  await expect(many.button('Pause')).toHaveCount(0);
});

test('two quick presses on the words beside a box are two presses', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  const box = page.getByRole('checkbox', { name: 'Always use this profile on this device' });
  const words = page.getByText('Always use this profile on this device');
  await words.click();
  await expect(box).toBeChecked();
  await words.dblclick();
  await expect(box).toBeChecked();
  await words.click({ clickCount: 3 });
  await expect(box).not.toBeChecked();
});

test('on paper there are headings and all members, and nothing that is to be pressed', async ({ page, portal }) => {
  await page.setViewportSize({ width: 1280, height: 500 });
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.permission('Make bookings', AISHA.name)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  for (const shown of ['Make bookings', 'Role']) {
    await expect(portal.table.getByRole('columnheader', { name: shown })).toBeVisible();
  }
  await expect(portal.table.locator('tbody tr[data-id]')).toHaveCount(15);
  await expect(portal.permission('Make bookings', AISHA.name)).toBeVisible();
  for (const hidden of ['Export as CSV', 'Add members', 'Manage permissions']) {
    await expect(page.getByRole('button', { name: hidden }).first()).toBeHidden();
  }
  await expect(page.getByRole('banner')).toBeHidden();
});

test('where numbers have commas a file’s cells are parted by semicolons', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: /CSV/ }).click();
  const text = await readFile(await (await coming).path(), 'utf8');
  expect(text.split('\r\n')[0]).toMatch(/^\ufeff"[^"]+";"[^"]+";/);
});
