import type { Page } from '@playwright/test';
import { PERMISSIONS, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN_PAGE, MARIA } from '../support/people.ts';
import { Many } from '../support/many.ts';
import type { Portal } from '../support/portal.ts';

test('a change to many goes on while one is on another page, and its end is there on the return', async ({
  page,
  portal,
  team,
}) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  const many = new Many(portal);
  await many.begin();
  await goHome(page, portal);
  const before = puts();
  for (let steps = 0; steps < 100 && puts() < before + 3; steps += 1) await many.pass(500);
  expect(puts()).toBeGreaterThanOrEqual(before + 3);
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await many.passUntil('Done: 9 of 9 saved');
  expect(Object.values(await team.all()).filter((member) => member.CanPurchaseProducts)).toEqual([]);
});

const DONE = /The change to many members is done/;

/** Holds the next change back until it is told to go on. */
async function holdTheNextChange(page: Page): Promise<{ held: () => boolean; go: () => void }> {
  let held = false;
  let go = (): void => undefined;
  const wait = new Promise<void>((resolve) => (go = resolve));
  await page.route(
    PERMISSIONS,
    async (route) => {
      held = true;
      await wait;
      await route.continue();
    },
    { times: 1 },
  );
  return { held: () => held, go };
}

async function goHome(page: Page, portal: Portal): Promise<void> {
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
}

test('the end of a change to many is told once on another page, and one that was seen is not told again', async ({
  page,
  portal,
}) => {
  const many = new Many(portal);
  await many.begin();
  await goHome(page, portal);
  for (let steps = 0; steps < 100 && (await portal.said(DONE).count()) === 0; steps += 1) await many.pass(500);
  await expect(portal.said(DONE)).toHaveText('The change to many members is done: 9 of 9 saved.');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('link', { name: 'Team permissions' }).click();
  const change = await holdTheNextChange(page);
  await portal.permission('Book for team', AISHA.name).click();
  await expect.poll(change.held).toBe(true);
  await goHome(page, portal);
  const saved = page.waitForResponse(PERMISSIONS);
  change.go();
  await saved;
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(portal.permission('Book for team', AISHA.name)).toBeChecked();
  await expect(page.getByText(DONE)).toHaveCount(0);
});

test('a change to many that ends for want of rights on another page is not called done', async ({ page, portal, guard }) => {
  guard.expectStatus(403);
  const many = new Many(portal);
  await many.begin();
  await goHome(page, portal);
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 403 }));
  const ended = page.getByText('You may not change this team any more, so the change to many members has ended');
  for (let steps = 0; steps < 100 && (await ended.count()) === 0; steps += 1) await many.pass(500);
  await expect(ended).toBeVisible();
  await expect(page.getByText(DONE)).toHaveCount(0);
});

test('a change to many that was cancelled while one was on its way is not called done', async ({ page, portal }) => {
  const many = new Many(portal);
  await many.begin();
  const change = await holdTheNextChange(page);
  for (let steps = 0; steps < 10 && !change.held(); steps += 1) await page.clock.runFor(500);
  await expect.poll(change.held).toBe(true);
  await many.button('Cancel the rest').click();
  await goHome(page, portal);
  const saved = page.waitForResponse(PERMISSIONS);
  change.go();
  await saved;
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(many.told).toHaveText(/^Cancelled: [23] of 9 saved$/);
  await expect(page.getByText(DONE)).toHaveCount(0);
});

test('a change to many ends when one signs out, and the next to sign in sees nothing of it', async ({
  page,
  portal,
  team,
}) => {
  const many = new Many(portal);
  await many.begin();
  await portal.pressSignOut(MARIA.name);
  await portal.dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(portal.heading('Sign in')).toBeVisible();
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  for (let steps = 0; steps < 20; steps += 1) await many.pass(1_000);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.table).toBeVisible();
  await expect(many.panel).toHaveCount(0);
  for (let steps = 0; steps < 20; steps += 1) await many.pass(1_000);
  await expect(portal.permission('Purchase products', MARIA.name)).not.toBeChecked();
  expect(puts()).toBe(0);
  const left = Object.values(await team.all()).filter((member) => member.CanPurchaseProducts);
  expect(left).toHaveLength(8);
});

test('while many are changed, nobody is acted as from the table, with the reason, until it is done', async ({
  portal,
}) => {
  const many = new Many(portal);
  await many.begin();
  const act = portal.impersonate(AISHA.name);
  await expect(act).toHaveAccessibleDescription(
    'Many members are being changed. Wait until that is done, or cancel it, before you act as somebody.',
  );
  await act.press('Enter');
  await expect(portal.dialog).toHaveCount(0);
  await many.button('Cancel the rest').click();
  await expect(act).toHaveAccessibleDescription('');
  await portal.actFromPermissions(AISHA.name);
});

test('a change to many ends when one acts as somebody from another page, and does not go on after the return', async ({
  page,
  portal,
}) => {
  const many = new Many(portal);
  await many.begin();
  await portal.follow('/sign-in/profiles');
  await portal.actAs(AISHA.name);
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  for (let steps = 0; steps < 20; steps += 1) await many.pass(1_000);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await portal.follow(LUMEN_PAGE);
  await expect(portal.table).toBeVisible();
  for (let steps = 0; steps < 20; steps += 1) await many.pass(1_000);
  await expect(many.panel).toHaveCount(0);
  expect(puts()).toBe(0);
});
