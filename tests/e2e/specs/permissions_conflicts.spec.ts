import type { Page } from '@playwright/test';
import { PERMISSIONS, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN_PAGE, MARIA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { TEAM } from '../support/team.ts';

const TITLE = 'Changed by somebody else meanwhile';

/** Presses the switch and waits until the server has it. */
async function change(portal: Portal, permission: string, on: boolean): Promise<void> {
  const saved = portal.page.waitForResponse((reply) => PERMISSIONS.test(reply.url()) && reply.ok());
  await portal.permission(permission, AISHA.name).click();
  await saved;
  await expect(portal.permission(permission, AISHA.name)).toBeChecked({ checked: on });
}

/** Holds the look before a save back until it is told to go on. */
async function holdTheLook(page: Page): Promise<{ held: () => number; go: () => void }> {
  let held = 0;
  let go = (): void => undefined;
  const wait = new Promise<void>((resolve) => (go = resolve));
  await page.route(TEAM, async (route) => {
    held += 1;
    await wait;
    await route.continue();
  });
  return { held: () => held, go };
}

/** Off and on again while an earlier save of the same member is on its way, and the other administrator turns it off. */
async function clash(page: Page, portal: Portal, colleague: Portal): Promise<void> {
  const look = await holdTheLook(page);
  const bookings = portal.permission('Make bookings', AISHA.name);
  await portal.permission('Book for team', AISHA.name).click();
  await expect.poll(look.held).toBe(1);
  await bookings.click();
  await expect(bookings).not.toBeChecked();
  await bookings.click();
  await expect(bookings).toBeChecked();
  await change(colleague, 'Make bookings', false);
  look.go();
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
}

test('another administrator’s change of another permission stays as it is, and one is told of it', async ({
  page,
  portal,
  colleague,
  team,
}) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.permission('Purchase event tickets', AISHA.name)).not.toBeChecked();
  const before = await team.of(AISHA.id);
  await change(colleague, 'Purchase event tickets', true);
  await change(colleague, 'Access community', false);
  await change(portal, 'Book for team', true);
  await expect(
    portal.said(
      `Somebody else has changed ${AISHA.name} meanwhile: Purchase event tickets is on, Access community is off.`,
    ),
  ).toHaveCount(1);
  await expect(portal.permission('Purchase event tickets', AISHA.name)).toBeChecked();
  await expect(portal.permission('Access community', AISHA.name)).not.toBeChecked();
  expect(await team.of(AISHA.id)).toEqual({
    ...before,
    CanPurchaseEvents: true,
    CanAccessCommunity: false,
    CanBookForTeam: true,
  });
  await expect(page.getByRole('heading', { name: TITLE })).toHaveCount(0);
});

test('another administrator’s change of the access card and of the administrator right stays as it is', async ({
  portal,
  team,
}) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.permission('Book for team', AISHA.name)).not.toBeChecked();
  const before = await team.of(AISHA.id);
  await team.change(AISHA.id, { AccessCardId: 'NEW-1', IsTeamAdministrator: true });
  await change(portal, 'Book for team', true);
  await expect(portal.said('Team administrator is on, Access card is “NEW-1”.')).toHaveCount(1);
  expect(await team.of(AISHA.id)).toEqual({
    ...before,
    AccessCardId: 'NEW-1',
    IsTeamAdministrator: true,
    CanBookForTeam: true,
  });
});

test('when both want the same, nothing is written twice and nobody is asked', async ({
  page,
  portal,
  colleague,
  team,
}) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const bookings = portal.permission('Make bookings', AISHA.name);
  await expect(bookings).toBeChecked();
  await change(colleague, 'Make bookings', false);
  const looked = page.waitForResponse(TEAM);
  await bookings.click();
  await looked;
  await expect(bookings).not.toBeChecked();
  await expect(bookings).toHaveAccessibleDescription('');
  // The next save is after this one, so this one is over when that one is.
  await change(portal, 'Book for team', true);
  expect(puts()).toBe(1);
  await expect(page.getByText('Somebody else')).toHaveCount(0);
  expect(await team.of(AISHA.id)).toMatchObject({ CanMakeBookings: false, CanBookForTeam: true });
});

test('there and back while the other has changed it: both values are shown, and nothing is written', async ({
  page,
  portal,
  colleague,
  team,
}) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await clash(page, portal, colleague);
  await expect(page.getByRole('alert').filter({ hasText: TITLE })).toContainText(
    `${AISHA.name} Make bookings is off on the server. You want it on.`,
  );
  const bookings = portal.permission('Make bookings', AISHA.name);
  await expect(bookings).not.toBeChecked();
  await expect(bookings).toHaveAccessibleDescription(
    'Not saved. Somebody else has changed this meanwhile. Choose above the members.',
  );
  expect(puts(), 'only the other permission').toBe(1);
  expect(await team.of(AISHA.id)).toMatchObject({ CanMakeBookings: false, CanBookForTeam: true });
});

test('“Keep” leaves what the other has made of it, and sends nothing', async ({ page, portal, colleague, team }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await clash(page, portal, colleague);
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await page.getByRole('button', { name: `Keep off: Make bookings for ${AISHA.name}` }).click();
  await expect(page.getByRole('heading', { name: TITLE })).toHaveCount(0);
  await expect(portal.manage(AISHA.name)).toBeFocused();
  const bookings = portal.permission('Make bookings', AISHA.name);
  await expect(bookings).not.toBeChecked();
  await expect(bookings).toHaveAccessibleDescription('');
  await page.reload();
  await expect(bookings).not.toBeChecked();
  expect(puts()).toBe(0);
  expect(await team.of(AISHA.id)).toMatchObject({ CanMakeBookings: false });
});

test('“Change to” writes what one wants, and the rest as it is now', async ({ page, portal, colleague, team }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await clash(page, portal, colleague);
  await change(colleague, 'Purchase event tickets', true);
  const saved = page.waitForResponse((reply) => PERMISSIONS.test(reply.url()) && reply.ok());
  await page.getByRole('button', { name: `Change to on: Make bookings for ${AISHA.name}` }).click();
  await saved;
  await expect(page.getByRole('heading', { name: TITLE })).toHaveCount(0);
  await expect(portal.manage(AISHA.name)).toBeFocused();
  await expect(portal.permission('Make bookings', AISHA.name)).toBeChecked();
  await expect(portal.permission('Purchase event tickets', AISHA.name)).toBeChecked();
  expect(await team.of(AISHA.id)).toMatchObject({
    CanMakeBookings: true,
    CanBookForTeam: true,
    CanPurchaseEvents: true,
  });
});

test('what clashes once one has left the page is told by name', async ({ page, portal, team }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await portal.follow('/');
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await portal.follow(LUMEN_PAGE);
  await portal.manage(AISHA.name).click();
  await portal.dialog.getByRole('textbox', { name: 'Access card' }).fill('MARIAS');
  await team.change(AISHA.id, { AccessCardId: 'JONAS' });
  const look = await holdTheLook(page);
  await portal.dialog.getByRole('button', { name: 'Save permissions' }).click();
  await expect.poll(look.held).toBe(1);
  await page.goBack();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  look.go();
  await expect(portal.alert).toHaveText([
    `Access card for ${AISHA.name}: Not saved. Somebody else has changed this meanwhile. Choose above the members.`,
  ]);
});

test.describe('in the dialog', () => {
  test.beforeEach(async ({ portal, colleague }) => {
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    for (const [who, card] of [
      [portal, 'MARIAS'],
      [colleague, 'JONAS'],
    ] as const) {
      await who.manage(AISHA.name).click();
      await who.dialog.getByRole('textbox', { name: 'Access card' }).fill(card);
    }
    await colleague.dialog.getByRole('button', { name: 'Save permissions' }).click();
    await expect(colleague.dialog).toHaveCount(0);
  });

  test('a card that both have changed: both are shown, and nothing is written before one has chosen', async ({
    page,
    portal,
    team,
  }) => {
    const puts = countRequests(page, 'PUT', PERMISSIONS);
    await portal.dialog.getByRole('switch', { name: 'Book for team' }).click();
    await portal.dialog.getByRole('button', { name: 'Save permissions' }).click();
    await expect(portal.dialog).toContainText(
      'Somebody else has changed Access card meanwhile: it is “JONAS” now. You want it “MARIAS”.',
    );
    await expect(portal.dialog.getByRole('textbox', { name: 'Access card' })).toHaveValue('MARIAS');
    expect(puts(), 'not the card').toBeLessThanOrEqual(1);
    expect((await team.of(AISHA.id)).AccessCardId).toBe('JONAS');
  });

  test('“Keep” takes over the other’s card and writes nothing', async ({ page, portal, team }) => {
    const puts = countRequests(page, 'PUT', PERMISSIONS);
    await portal.dialog.getByRole('button', { name: 'Save permissions' }).click();
    await portal.dialog.getByRole('button', { name: 'Keep “JONAS”' }).click();
    await expect(portal.dialog.getByRole('textbox', { name: 'Access card' })).toHaveValue('JONAS');
    await expect(portal.dialog.getByRole('button', { name: 'Save permissions' })).toBeFocused();
    await expect(portal.dialog.getByRole('button', { name: 'Save permissions' })).toHaveAccessibleDescription(
      'Nothing has been changed yet.',
    );
    await portal.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(portal.dialog).toHaveCount(0);
    await expect(page.getByRole('heading', { name: TITLE })).toHaveCount(0);
    expect(puts()).toBe(0);
    expect((await team.of(AISHA.id)).AccessCardId).toBe('JONAS');
  });

  test('“Use mine” keeps one’s own card, and what was to be saved is, when nothing is left to choose', async ({ page, portal, team }) => {
    const puts = countRequests(page, 'PUT', PERMISSIONS);
    await portal.dialog.getByRole('button', { name: 'Save permissions' }).click();
    const mine = page.getByRole('button', { name: 'Use mine: “MARIAS”' });
    await expect(portal.dialog.getByRole('status').filter({ has: mine })).toBeVisible();
    expect(puts()).toBe(0);
    await mine.click();
    await expect(portal.dialog).toHaveCount(0);
    await expect(portal.said(`The permissions of ${AISHA.name} were saved.`)).toHaveCount(1);
    expect((await team.of(AISHA.id)).AccessCardId).toBe('MARIAS');
    await expect(page.getByRole('heading', { name: TITLE })).toHaveCount(0);
  });

  test('what was changed after “Save” is not saved by choosing', async ({ page, portal, team }) => {
    const puts = countRequests(page, 'PUT', PERMISSIONS);
    const save = portal.dialog.getByRole('button', { name: 'Save permissions' });
    await save.click();
    const keep = portal.dialog.getByRole('button', { name: 'Keep “JONAS”' });
    await expect(keep).toBeVisible();
    await portal.dialog.getByRole('switch', { name: 'Book for team' }).click();
    await keep.click();
    await expect(save).toBeFocused();
    await expect(portal.dialog.getByRole('switch', { name: 'Book for team' })).toBeChecked();
    expect(puts()).toBe(0);
    await save.click();
    await expect(portal.dialog).toHaveCount(0);
    expect(await team.of(AISHA.id)).toMatchObject({ AccessCardId: 'JONAS', CanBookForTeam: true });
  });
});
