import { PERMISSIONS, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { Members } from '../support/members.ts';
import { AISHA, LUMEN_PAGE, MARIA, MARIAS_COMPANY } from '../support/people.ts';
import { openSwitcher, profile } from '../support/switcher.ts';
import { TEAM } from '../support/team.ts';

const PHONE = { width: 390, height: 844 };

test('what was not saved of a row that is out of sight is told where it is seen, until it is tried again', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  await page.setViewportSize(PHONE);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const book = portal.permission('Book for team', AISHA.name);
  const put = await hold(page, 'PUT', PERMISSIONS, (route) => route.fulfill({ status: 500 }));
  await book.click();
  await expect.poll(put.count).toBe(1);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(book).not.toBeInViewport();
  put.letGo();
  const told = page.getByRole('region', { name: 'Messages' }).getByRole('alert').filter({ hasText: `Book for team for ${AISHA.name}: Not saved` });
  await expect(told).toBeVisible();
  await page.unroute(PERMISSIONS);
  await book.click();
  await expect(told).toHaveCount(0);
});

test('what was not saved of a page that goes with a change of profile is told on the next one', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const put = await hold(page, 'PUT', PERMISSIONS, (route) => route.fulfill({ status: 500 }));
  await portal.permission('Book for team', AISHA.name).click();
  await expect.poll(put.count).toBe(1);
  await openSwitcher(portal, MARIA.name);
  await profile(page, MARIAS_COMPANY.name).click();
  await expect(profile(page, MARIAS_COMPANY.name)).toHaveAttribute('aria-busy', 'true');
  put.letGo();
  await expect(portal.heading(`Welcome, ${MARIAS_COMPANY.name}`)).toBeVisible();
  const told = page.getByRole('region', { name: 'Messages' }).getByRole('alert');
  await expect(told.filter({ hasText: `Book for team for ${AISHA.name}: Not saved` })).toBeVisible();
});

test('what clashes while neither the choice nor the row is in sight is told where it is seen', async ({ page, portal, team }) => {
  await page.setViewportSize(PHONE);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const messages = page.getByRole('region', { name: 'Messages' }).getByRole('alert');
  const clash = async (card: string, meanwhile: () => Promise<void>) => {
    await portal.manage(AISHA.name).click();
    await portal.dialog.getByRole('textbox', { name: 'Access card' }).fill(card);
    await team.change(AISHA.id, { AccessCardId: `THEIRS-${card}` });
    const look = await hold(page, 'GET', TEAM);
    await portal.dialog.getByRole('button', { name: 'Save permissions' }).click();
    await expect.poll(look.count).toBe(1);
    await page.keyboard.press('Escape');
    await expect(portal.dialog).toHaveCount(0);
    await meanwhile();
    look.letGo();
    await expect(page.getByRole('heading', { name: 'Changed by somebody else meanwhile', includeHidden: true })).toHaveCount(1);
    await page.unroute(TEAM);
  };
  await clash('SEEN', () => page.evaluate(() => scrollTo(0, 0)));
  await expect(page.getByRole('heading', { name: 'Changed by somebody else meanwhile' })).toBeInViewport();
  await expect(messages).toHaveCount(0);
  await page.getByRole('button', { name: /^Keep / }).click();
  await clash('UNSEEN', async () => {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect(portal.manage(AISHA.name)).not.toBeInViewport();
  });
  await expect(messages).toHaveText([/^Access card for .+: Not saved\. Somebody else has changed this meanwhile\. Choose above the members\./]);
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole('button', { name: /^Keep / }).click();
  await expect(messages).toHaveCount(0);
});

test('what was not saved of a row that is seen is told beside its switch alone', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await page.route(PERMISSIONS, (route) => (route.request().method() === 'PUT' ? route.fulfill({ status: 500 }) : route.fallback()));
  await portal.permission('Book for team', AISHA.name).click();
  await expect(portal.main.getByRole('alert').filter({ hasText: `Book for team for ${AISHA.name}: Not saved` })).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Messages' })).toHaveCount(0);
});

test('what was said of a save on another page is taken back when it is tried again', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const put = await hold(page, 'PUT', PERMISSIONS, (route) => route.fulfill({ status: 500 }));
  await portal.permission('Book for team', AISHA.name).click();
  await expect.poll(put.count).toBe(1);
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  put.letGo();
  const told = page.getByRole('alert').filter({ hasText: `Book for team for ${AISHA.name}: Not saved` });
  await expect(told).toBeVisible();
  await page.unroute(PERMISSIONS);
  await page.goBack();
  await portal.permission('Book for team', AISHA.name).click();
  await expect(told).toHaveCount(0);
});

test('why a dialog was not saved is in sight, beside what was pressed', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  await page.setViewportSize({ width: 320, height: 568 });
  const members = await Members.open(portal);
  await page.route(/\/(permissions\/\d+|members)$/, (route) =>
    route.request().method() === 'GET' ? route.fallback() : route.fulfill({ status: 500 }),
  );
  await members.manage(AISHA.name).click();
  await page.getByRole('textbox', { name: 'Access card' }).fill('CARD-1');
  await members.button('Save permissions').click();
  await expect(members.dialog.getByRole('alert')).toContainText('The server has a problem.');
  await expect(members.dialog.getByRole('alert')).toBeInViewport({ ratio: 0.9 });
  await members.button('Cancel').click();
  await members.button('Discard the changes').click();
  await members.button('Add members').click();
  const people = Array.from({ length: 20 }, (_, n) => `Person ${n}, person.${n}@example.com`);
  await page.getByRole('textbox', { name: 'People' }).fill(people.join('\n'));
  await members.dialog.getByLabel('Starts on').fill('2199-01-01');
  await members.button('Add 20 members').click();
  await expect(members.dialog.getByRole('alert')).toContainText('They may have been added all the same');
  await expect(members.dialog.getByRole('alert')).toBeInViewport({ ratio: 0.9 });
});

test('the box for all is neither ticked nor empty while some are selected', async ({ portal }) => {
  const members = await Members.open(portal);
  const all = portal.table.getByRole('checkbox', { name: 'Select all that are shown' });
  const isMixed = () => all.evaluate((box: HTMLInputElement) => box.indeterminate);
  expect(await isMixed()).toBe(false);
  await members.select(AISHA.name).check();
  await expect.poll(isMixed).toBe(true);
  await all.check();
  await expect.poll(isMixed).toBe(false);
  await expect(all).toBeChecked();
});
