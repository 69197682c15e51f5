import { PERMISSIONS, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN_PAGE, MARIA } from '../support/people.ts';
import { Many } from '../support/many.ts';
import { Members } from '../support/members.ts';

const DANIEL = 'Daniel Mbeki';
const BJORN = 'Björn Þórsson';
const CHLOE = 'Chloé Dubois';

test('a change to many is paused, goes on, and what is left of it is cancelled', async ({ page, portal, team }) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  const many = new Many(portal);
  await many.begin();
  const bar = many.panel.getByRole('progressbar', { name: 'Progress' });
  await many.passUntil('3 of 9 saved');
  await many.button('Pause').click();
  await expect(many.told).toHaveText('Paused: 3 of 9 saved');
  await page.clock.runFor(30_000);
  expect(puts()).toBe(3);
  await expect(bar).toHaveAttribute('value', '3');
  await many.button('Go on').click();
  await many.passUntil('5 of 9 saved');
  await many.button('Cancel the rest').click();
  await expect(many.told).toHaveText('Cancelled: 5 of 9 saved');
  await page.clock.runFor(30_000);
  expect(puts()).toBe(5);
  const bought = Object.values(await team.all()).filter((member) => member.CanPurchaseProducts);
  expect(bought).toHaveLength(4);
  await many.button('Close').press('Enter');
  await expect(many.panel).toHaveCount(0);
  await expect(new Members(portal).list).toBeFocused();
});

for (const { width, height } of [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1280, height: 800 },
]) {
  test(`what goes on is in sight at ${width} pixels, with what ends it`, async ({ page, portal }) => {
    await page.setViewportSize({ width, height });
    const many = new Many(portal);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    // Far down in the list.
    await many.select(BJORN, 'Sofia Nowak-Żółkiewska');
    if (width < 800) await many.bar.getByRole('button', { name: 'Change the selected members' }).click();
    await many.turn('Book for team', true);
    await many.go();
    await expect(many.panel).toBeFocused();
    await expect(many.panel).toBeInViewport({ ratio: 0.99 });
    if (width < 800) await expect(many.bar.getByRole('combobox', { name: 'Permission' })).toBeHidden();
  });
}

test('“Undo all of it” gives everybody back exactly what they had', async ({ portal, team }) => {
  const before = await team.all();
  const many = new Many(portal);
  await many.begin();
  await many.passUntil('Done: 9 of 9 saved');
  expect(Object.values(await team.all()).filter((member) => member.CanPurchaseProducts)).toEqual([]);
  await many.button('Undo all of it').click();
  await expect(many.panel.getByRole('heading')).toHaveText('Undo: Turn off Purchase products');
  await many.passUntil('Done: 9 of 9 saved');
  expect(await team.all()).toEqual(before);
  await expect(portal.permission('Purchase products', AISHA.name)).toBeChecked();
  await expect(many.button('Undo all of it')).toHaveCount(0);
});

test('what takes rights away again is asked for once more', async ({ portal }) => {
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.select(BJORN, DANIEL);
  await many.turn('Team administrator', true);
  await many.go();
  await expect(many.told).toHaveText('Done: 2 of 2 saved');
  await many.button('Undo all of it').click();
  await expect(many.panel).toContainText('They will no longer see and change the permissions of this team');
  await expect(many.panel.getByRole('heading')).toHaveText('Turn on Team administrator');
  await many.button('Remove the rights and save').click();
  await expect(many.panel.getByRole('heading')).toHaveText('Undo: Turn on Team administrator');
  await expect(portal.permission('Team administrator', BJORN)).not.toBeChecked();
  await expect(portal.permission('Team administrator', DANIEL)).not.toBeChecked();
});

test('what is cancelled half way is undone to what it was, too', async ({ portal, team }) => {
  const before = await team.all();
  const many = new Many(portal);
  await many.begin();
  await many.passUntil('4 of 9 saved');
  await many.button('Cancel the rest').click();
  // One more may have been on its way.
  await expect(many.told).toHaveText(/^Cancelled: [45] of 9 saved$/);
  const [saved] = /[45]/.exec((await many.told.textContent()) ?? '') ?? [];
  await many.panel.getByText('Results', { exact: true }).click();
  await expect(many.panel.getByRole('listitem')).toHaveCount(9);
  await expect(many.panel.getByRole('listitem').filter({ hasText: ' – saved' })).toHaveCount(Number(saved));
  await expect(many.panel.getByRole('listitem').filter({ hasText: ' – not changed' })).toHaveCount(9 - Number(saved));
  await many.button('Undo all of it').click();
  await many.passUntil(`Done: ${saved} of ${saved} saved`);
  expect(await team.all()).toEqual(before);
});

test('undoing does not overwrite what somebody else has changed since then', async ({ portal, team }) => {
  const many = new Many(portal);
  await many.begin();
  await many.passUntil('Done: 9 of 9 saved');
  await team.change(AISHA.id, { CanAccessCommunity: false, AccessCardId: 'SINCE' });
  await many.button('Undo all of it').click();
  await many.passUntil('Done: 9 of 9 saved');
  expect(await team.of(AISHA.id)).toMatchObject({
    CanPurchaseProducts: true,
    CanAccessCommunity: false,
    AccessCardId: 'SINCE',
  });
});

test('who could not be changed is listed with the reason, the others are changed, and the failed are tried again', async ({
  page,
  portal,
  team,
  guard,
}) => {
  guard.expectStatus(403, 500);
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.select(AISHA.name, BJORN, DANIEL, CHLOE);
  await page.route(new RegExp(`/permissions/${AISHA.id}$`), (route) => route.fulfill({ status: 500 }), { times: 1 });
  await page.route(/\/permissions\/119$/, (route) => route.fulfill({ status: 403 }), { times: 1 });
  await many.turn('Purchase event tickets', true);
  await expect(many.question).toContainText('3 members are changed');
  await many.go();
  await expect(many.told).toHaveText('Done: 1 of 3 saved, 2 not saved');
  await expect(many.panel.getByRole('listitem')).toHaveText([
    `${AISHA.name} – Not saved. The server has a problem. Try again in a moment.`,
    `${DANIEL} – Not saved. You do not have permission to do this.`,
  ]);
  await expect(portal.permission('Purchase event tickets', AISHA.name)).not.toBeChecked();
  await expect(portal.permission('Purchase event tickets', BJORN)).toBeChecked();
  await many.button('Try the failed again').click();
  await expect(many.told).toHaveText('Done: 3 of 3 saved');
  await expect(many.panel.getByRole('listitem')).toHaveCount(0);
  await expect(portal.permission('Purchase event tickets', AISHA.name)).toHaveAccessibleDescription('');
  for (const id of [AISHA.id, 116, 119]) expect((await team.of(id)).CanPurchaseEvents).toBe(true);
});

test('whoever has left the team by then is named among those that were not saved', async ({ portal, server, guard }) => {
  guard.expectStatus(404);
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.select(AISHA.name, BJORN, CHLOE);
  await many.turn('Purchase event tickets', true);
  await server.removeMember(AISHA.id);
  await many.go();
  await expect(many.told).toContainText('1 not saved');
  await expect(many.panel.getByRole('listitem')).toContainText([`${AISHA.name} – Not saved.`]);
  await expect(many.button('Undo all of it')).toBeVisible();
  await expect(many.button('Try the failed again')).toHaveCount(0);
});

test('when the server asks to wait, one waits as long and goes on by itself', async ({ page, portal, team, guard }) => {
  guard.expectStatus(429);
  const many = new Many(portal);
  await many.begin();
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '40' } }), {
    times: 1,
  });
  await many.pass(2_000);
  await expect.poll(puts).toBe(1);
  for (let seconds = 0; seconds < 36; seconds += 4) await many.pass(4_000);
  expect(puts()).toBe(1);
  // It is sent again by itself, so it has not failed.
  await expect(portal.main).not.toContainText('Not saved');
  await expect(portal.alert.filter({ hasText: 'saved' })).toHaveCount(0);
  await many.passUntil('Done: 9 of 9 saved');
  await expect(many.panel.getByRole('listitem')).toHaveCount(0);
  expect(Object.values(await team.all()).filter((member) => member.CanPurchaseProducts)).toEqual([]);
});

test('without a network it fails nobody, says so, and goes on by itself when there is one', async ({ context, page, portal, team, guard }) => {
  guard.expectNoNetwork();
  const many = new Many(portal);
  await many.begin();
  // A look that fails waits for its next try, so time goes on whatever is on its way.
  const goesOnUntil = (said: string | RegExp) =>
    expect(async () => {
      await page.clock.runFor(500);
      await expect(many.told).toContainText(said, { timeout: 100 });
    }).toPass({ intervals: [10] });
  await context.setOffline(true);
  await goesOnUntil('The server cannot be reached: it is tried again in');
  for (let seconds = 0; seconds < 30; seconds += 1) await page.clock.runFor(1_000);
  await goesOnUntil(/^[12] of 9 saved\. The server cannot be reached/);
  await expect(many.panel.getByRole('listitem')).toHaveCount(0);
  await context.setOffline(false);
  await goesOnUntil(/^[3-9] of 9 saved$/);
  await many.passUntil('Done: 9 of 9 saved');
  await expect(page.getByText('Not saved')).toHaveCount(0);
  expect(Object.values(await team.all()).filter((member) => member.CanPurchaseProducts)).toEqual([]);
});

test.describe('with a hundred members', () => {
  test.use({ serverArgs: ['--members', '100', '--writes-per-minute', '0'] });

  test('never more than sixty changes are sent in a minute', async ({ page, portal }) => {
    test.slow();
    await page.clock.install();
    const many = new Many(portal);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await portal.expectRows(100);
    await many.all.check();
    await many.turn('Team administrator', true);
    await page.clock.pauseAt(new Date(Date.now() + 60_000));
    const sent: number[] = [];
    await page.route(PERMISSIONS, async (route) => {
      sent.push(await page.evaluate(() => Date.now()));
      await route.continue();
    });
    await many.go();
    await many.passUntil('Done: 98 of 98 saved', 600);
    expect(sent).toHaveLength(98);
    const minutes = sent.slice(60).map((at, place) => at - (sent[place] ?? 0));
    expect(Math.min(...minutes), 'milliseconds from a change to the sixtieth after it').toBeGreaterThanOrEqual(60_000);
    // Not slower than it was said to be, either, but for the answers.
    expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeLessThan(98 * 2_500);
  });
});

test('a change to many that the server takes no more of says when it goes on', async ({ page, portal, guard }) => {
  guard.expectStatus(429);
  const many = new Many(portal);
  await many.begin();
  await many.passUntil('3 of 9 saved');
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '54' } }));
  const rests = /^3 of 9 saved\. The server takes no more for now: it goes on in 54 seconds\.$/;
  await expect(async () => {
    await page.clock.runFor(500);
    await expect(many.told).toHaveText(rests, { timeout: 100 });
  }).toPass();
  // It is seen to come nearer, and not heard every second.
  await page.clock.runFor(10_000);
  await expect(many.panel.getByText(/it goes on in 4[345] seconds/)).toBeVisible();
  await expect(many.told).toHaveText(rests);
  await page.unroute(PERMISSIONS);
  await many.passUntil('5 of 9 saved');
});
