import type { Locator } from '@playwright/test';
import { PERMISSIONS, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, LUMEN_PAGE, MARIA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';

const UNSAVED = 'What you have changed is not saved.';

async function open(portal: Portal, name = AISHA.name): Promise<Locator> {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await portal.manage(name).click();
  const dialog = portal.page.getByRole('dialog', { name: `Manage permissions: ${name}` });
  await expect(dialog).toBeVisible();
  return dialog;
}

const flag = (dialog: Locator, name: string) => dialog.getByRole('switch', { name, exact: true });
const save = (dialog: Locator) => dialog.getByRole('button', { name: 'Save permissions' });
const card = (dialog: Locator) => dialog.getByRole('textbox', { name: 'Access card' });

test('all six permissions and the card are saved with one request, and the focus is back on the row', async ({
  page,
  portal,
  team,
}) => {
  const bodies: unknown[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') bodies.push(request.postDataJSON());
  });
  const dialog = await open(portal);
  for (const name of [
    'Team administrator',
    'Make bookings',
    'Book for team',
    'Purchase products',
    'Purchase event tickets',
    'Access community',
  ]) {
    await flag(dialog, name).click();
  }
  await card(dialog).fill(' NEW-CARD-15-CHR ');
  await save(dialog).click();
  await expect(dialog).toHaveCount(0);
  await expect(portal.said(`The permissions of ${AISHA.name} were saved.`)).toHaveCount(1);
  await expect(portal.manage(AISHA.name)).toBeFocused();
  const wanted = {
    IsTeamAdministrator: true,
    CanMakeBookings: false,
    CanBookForTeam: true,
    CanPurchaseProducts: false,
    CanPurchaseEvents: true,
    CanAccessCommunity: false,
    AccessCardId: 'NEW-CARD-15-CHR',
  };
  expect(bodies).toEqual([{ Id: AISHA.id, ...wanted }]);
  expect(await team.of(AISHA.id)).toEqual(wanted);
  await expect(portal.table.getByRole('row', { name: AISHA.name })).toContainText('NEW-CARD-15-CHR');
  await expect(portal.permission('Team administrator', AISHA.name)).toBeChecked();
});

test('the card is checked while it is typed, and a card too long is not saved', async ({ page, portal, team }) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  const dialog = await open(portal);
  await card(dialog).fill('123456789012345');
  await expect(card(dialog)).not.toHaveAttribute('aria-invalid', 'true');
  await expect(save(dialog)).toBeEnabled();
  await card(dialog).press('6');
  await expect(card(dialog)).toHaveAttribute('aria-invalid', 'true');
  await expect(card(dialog)).toHaveAccessibleDescription(/At most 15 characters; this has 16\./);
  await expect(save(dialog)).toHaveAccessibleDescription('The access card is too long.');
  await card(dialog).press('Enter');
  await save(dialog).click({ force: true });
  await expect(dialog).toBeVisible();
  expect(puts()).toBe(0);
  await card(dialog).press('End');
  await page.keyboard.press('Backspace');
  await expect(card(dialog)).not.toHaveAttribute('aria-invalid', 'true');
  await card(dialog).press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(puts()).toBe(1);
  expect((await team.of(AISHA.id)).AccessCardId).toBe('123456789012345');
});

test('an empty card takes the card away', async ({ portal, team }) => {
  const dialog = await open(portal);
  await expect(card(dialog)).toHaveValue('CARD-00104');
  await card(dialog).fill('');
  await save(dialog).click();
  await expect(dialog).toHaveCount(0);
  expect((await team.of(AISHA.id)).AccessCardId ?? '').toBe('');
});

test('with nothing changed there is nothing to save, with the reason, and nothing to lose', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  const dialog = await open(portal);
  await expect(save(dialog)).toBeDisabled();
  await expect(save(dialog)).toHaveAccessibleDescription('Nothing has been changed yet.');
  const bookings = flag(dialog, 'Make bookings');
  await bookings.click();
  await expect(save(dialog)).toBeEnabled();
  await bookings.click();
  await expect(save(dialog)).toHaveAccessibleDescription('Nothing has been changed yet.');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(portal.manage(AISHA.name)).toBeFocused();
  expect(puts()).toBe(0);
});

for (const [way, leave] of [
  ['Escape', (dialog: Locator) => dialog.press('Escape')],
  ['Cancel', (dialog: Locator) => dialog.getByRole('button', { name: 'Cancel' }).click()],
] as const) {
  test(`${way} with something unsaved asks first, and what was changed is still there`, async ({
    page,
    portal,
    team,
  }) => {
    const puts = countRequests(page, 'PUT', PERMISSIONS);
    const dialog = await open(portal);
    const before = await team.of(AISHA.id);
    await flag(dialog, 'Make bookings').click();
    await leave(dialog);
    await expect(dialog).toContainText(UNSAVED);
    await dialog.getByRole('button', { name: 'Go on editing' }).click();
    await expect(dialog).not.toContainText(UNSAVED);
    await expect(flag(dialog, 'Make bookings')).not.toBeChecked();
    await leave(dialog);
    await dialog.getByRole('button', { name: 'Discard the changes' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(portal.manage(AISHA.name)).toBeFocused();
    await expect(portal.permission('Make bookings', AISHA.name)).toBeChecked();
    expect(puts()).toBe(0);
    expect(await team.of(AISHA.id)).toEqual(before);
  });
}

test('Back with something unsaved asks first, and goes back once it is given up', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  for (const name of ['Home', 'Team permissions']) await page.getByRole('link', { name, exact: true }).click();
  await portal.manage(AISHA.name).click();
  await flag(portal.dialog, 'Make bookings').click();
  const here = page.url();
  await page.evaluate(() => history.back());
  await expect(portal.dialog).toContainText(UNSAVED);
  expect(page.url()).toBe(here);
  await portal.dialog.getByRole('button', { name: 'Discard the changes' }).click();
  await expect(portal.dialog).toHaveCount(0);
  await page.goBack();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
});

test('whoever closes the tab with something unsaved is asked first, and is not once it is given up', async ({
  page,
  portal,
}) => {
  const dialog = await open(portal);
  await flag(dialog, 'Make bookings').click();
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await expect(dialog).toContainText(UNSAVED);
  await dialog.getByRole('button', { name: 'Discard the changes' }).click();
  await expect(dialog).toHaveCount(0);
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
});

test('what is asked in a dialog is in sight, also where the dialog is longer than the window', async ({ page, portal }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  const dialog = await open(portal);
  await dialog.getByText(/^See as /).click();
  await flag(dialog, 'Make bookings').click();
  await page.keyboard.press('Escape');
  for (const name of ['Go on editing', 'Discard the changes']) {
    await expect(dialog.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  }
  await dialog.getByRole('button', { name: 'Go on editing' }).click();
  await dialog.evaluate((box) => box.scrollTo(0, 0));
  await expect(save(dialog)).toBeInViewport({ ratio: 1 });
});

test('however often Escape is pressed, what was changed is not lost', async ({ page, portal }) => {
  const dialog = await open(portal);
  await card(dialog).fill('UNSAVED');
  for (let presses = 0; presses < 5; presses += 1) {
    await page.keyboard.press('Escape');
    await expect(dialog).toBeVisible();
    await expect(card(dialog)).toHaveValue('UNSAVED');
  }
});

test('taking the administrator rights is asked for once more, and not sent before', async ({ page, portal, team }) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  const dialog = await open(portal, JONAS.name);
  await flag(dialog, 'Team administrator').click();
  await save(dialog).click();
  const question = `${JONAS.name} will no longer see and change the permissions of this team, or act as its members.`;
  await expect(dialog).toContainText(question);
  expect(puts()).toBe(0);
  await dialog.getByRole('button', { name: 'Go on editing' }).click();
  await expect(dialog).not.toContainText(question);
  await expect(flag(dialog, 'Team administrator')).not.toBeChecked();
  expect((await team.of(JONAS.id)).IsTeamAdministrator).toBe(true);
  await save(dialog).click();
  await dialog.getByRole('button', { name: 'Remove the rights and save' }).click();
  await expect(dialog).toHaveCount(0);
  expect(puts()).toBe(1);
  await expect(portal.permission('Team administrator', JONAS.name)).not.toBeChecked();
});

test('one’s own administrator right is refused in the dialog, too, and so is removing oneself', async ({ portal }) => {
  const dialog = await open(portal, MARIA.name);
  const own = flag(dialog, 'Team administrator');
  await expect(own).toBeDisabled();
  await expect(own).toHaveAccessibleDescription('You cannot change your own administrator rights.');
  await own.press('Space');
  await expect(own).toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Remove from the team' })).toHaveAccessibleDescription(
    'You cannot remove yourself from the team.',
  );
});

test('what the member would be offered follows the switches, and asks the server nothing', async ({ page, portal }) => {
  const dialog = await open(portal);
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
  await dialog.getByText(`See as ${AISHA.name} would with these switches`).click();
  const offer = (what: string) => dialog.getByRole('listitem').filter({ hasText: what });
  const books = offer('Book rooms, desks and equipment for themselves');
  const manages = offer('Impersonate account: act as any member of the team');
  await expect(books).toHaveText(/^Offered: /);
  await expect(manages).toHaveText(/^Not offered: /);
  await flag(dialog, 'Make bookings').click();
  await flag(dialog, 'Team administrator').click();
  await expect(books).toHaveText(/^Not offered: /);
  await expect(manages).toHaveText(/^Offered: /);
  await flag(dialog, 'Make bookings').click();
  await expect(books).toHaveText(/^Offered: /);
  expect(asked).toEqual([]);
});

test('a save that fails stands in the dialog, nothing is lost, and the next try is saved', async ({
  page,
  portal,
  team,
  guard,
}) => {
  guard.expectStatus(500);
  const dialog = await open(portal);
  const before = await team.of(AISHA.id);
  await flag(dialog, 'Make bookings').click();
  await card(dialog).fill('NEW');
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 500 }), { times: 1 });
  await save(dialog).click();
  await expect(dialog.getByRole('alert')).toHaveText('Not saved. The server has a problem. Try again in a moment.');
  await expect(flag(dialog, 'Make bookings')).not.toBeChecked();
  await expect(card(dialog)).toHaveValue('NEW');
  expect(await team.of(AISHA.id)).toEqual(before);
  await save(dialog).click();
  await expect(dialog).toHaveCount(0);
  expect(await team.of(AISHA.id)).toEqual({ ...before, CanMakeBookings: false, AccessCardId: 'NEW' });
});

test('what is given up is forgotten, also where somebody else has changed it meanwhile', async ({ portal, team }) => {
  const dialog = await open(portal);
  await card(dialog).fill('MARIA');
  await team.change(AISHA.id, { AccessCardId: 'JONAS' });
  await save(dialog).click();
  await expect(dialog).toContainText('JONAS');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Discard the changes' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(portal.main).not.toContainText('MARIA');
  await expect(portal.main).not.toContainText('Not saved');
  await portal.manage(AISHA.name).click();
  await expect(card(dialog)).toHaveValue('JONAS');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
});

test('one question is asked at a time', async ({ page, portal }) => {
  const dialog = await open(portal, JONAS.name);
  await flag(dialog, 'Team administrator').click();
  await save(dialog).click();
  await expect(dialog.getByRole('button', { name: 'Remove the rights and save' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toContainText(UNSAVED);
  await expect(dialog.getByRole('button', { name: 'Go on editing' })).toHaveCount(1);
  await expect(dialog.getByRole('button', { name: 'Remove the rights and save' })).toHaveCount(0);
  await save(dialog).click();
  await expect(dialog.getByRole('button', { name: 'Remove the rights and save' })).toBeVisible();
  await expect(dialog).not.toContainText(UNSAVED);
});
