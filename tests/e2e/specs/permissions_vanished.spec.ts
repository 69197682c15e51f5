import { PERMISSIONS, countRequests, expect, test } from '../support/fixtures.ts';
import { Members, LUMEN_PAGE, PERMISSION_NAMES, TALL } from '../support/members.ts';
import { AISHA, JONAS, LUMEN, MARIA, NORTHWIND, PLACE, TOMAS } from '../support/people.ts';

test.use({ viewport: TALL });

const TEAM = /\/api\/public\/teams\/\d+\/profile(\?|$)/;
interface Reply {
  AllTeamMembers: Record<string, unknown>[];
}

test('a member that has left meanwhile is not saved, and it is said so at the switch', async ({ portal, server, guard }) => {
  guard.expectStatus(404);
  await Members.open(portal);
  const change = portal.permission('Book for team', AISHA.name);
  await expect(change).toBeVisible();
  await server.removeMember(AISHA.id);
  await change.click();
  await expect(portal.main).toContainText(/could not be found|not in this team any more|not in the team any more/);
  await expect(change.and(portal.page.locator('[aria-checked=true]'))).toHaveCount(0);
});

test('a member that has left meanwhile cannot be removed, and the dialog says so', async ({ portal, server, guard }) => {
  guard.expectStatus(404);
  const members = await Members.open(portal);
  await members.manage(AISHA.name).click();
  await members.button('Remove from the team').click();
  await server.removeMember(AISHA.id);
  await members.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(portal.page.getByText(`${AISHA.name} is not in this team any more.`)).toBeVisible();
});

test('who does not administer the team any more changes nothing of it', async ({ portal, server, guard }) => {
  guard.expectStatus(403, 404);
  const members = await Members.open(portal);
  const change = portal.permission('Book for team', AISHA.name);
  await expect(change).not.toBeChecked();
  await server.removeAdministrator(LUMEN.id, MARIA.id);
  await change.click();
  // As a member one may still look at it, so nothing but the list of one's teams tells.
  await expect(members.page.getByText('Not one of your teams')).toBeVisible();
  await expect(change).toHaveCount(0);
});

test('who loses the team that was shown unasked is not shown another one in its place', async ({ page, portal, server, guard }) => {
  guard.expectStatus(403, 404);
  await Members.open(portal, '/user/team/permissions');
  await expect(page).toHaveTitle(`Team permissions - ${LUMEN.name} - ${PLACE}`);
  const change = portal.permission('Book for team', AISHA.name);
  await expect(change).not.toBeChecked();
  await server.removeAdministrator(LUMEN.id, MARIA.id);
  await change.click();
  await expect(page.getByText('Not one of your teams')).toBeVisible();
  await expect(portal.table).toHaveCount(0);
  await expect(page).toHaveTitle(`Team permissions - ${PLACE}`);
  // The other one is a step away, and says which it is.
  await page.getByRole('link', { name: 'Show a team of yours' }).click();
  await expect(page).toHaveURL(`/user/team/permissions/${NORTHWIND.id}`);
  await expect(portal.main.getByText(NORTHWIND.name, { exact: true })).toBeVisible();
  await expect(page).toHaveTitle(`Team permissions - ${NORTHWIND.name} - ${PLACE}`);
});

test('who loses a team while something of it is saved hears that it was not, and the keyboard is at the top', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(403, 404);
  const members = await Members.open(portal);
  await members.manage(AISHA.name).click();
  await members.dialog.getByRole('switch', { name: 'Book for team', exact: true }).click();
  await server.removeAdministrator(LUMEN.id, MARIA.id);
  await members.button('Save permissions').click();
  await expect(members.page.getByText('Not one of your teams')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: `Book for team for ${AISHA.name}: Not saved` })).toHaveCount(1);
  await expect(portal.heading('Team permissions')).toBeFocused();
});

test('a team that is not one of ones own is not shown as one of them, and they can all be chosen', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(403, 404);
  await portal.signInToPermissions(MARIA, '/user/team/permissions/9999');
  await expect(page.getByText('Not one of your teams')).toBeVisible();
  const teams = page.getByRole('combobox', { name: 'Team', exact: true });
  await expect(teams).toHaveValue('');
  await teams.selectOption(LUMEN.name);
  await expect(portal.table).toBeVisible();
  await expect(teams.getByRole('option')).toHaveCount(2);
});

test('what was changed of a member who is gone can be left, not saved', async ({ page, portal, server, guard }) => {
  guard.expectStatus(404);
  const members = await Members.open(portal);
  await members.manage(AISHA.name).click();
  await page.getByRole('textbox', { name: 'Access card' }).fill('CARD-77');
  await server.removeMember(AISHA.id);
  await members.button('Save permissions').click();
  await expect(members.button('Save permissions')).toHaveAccessibleDescription(
    `${AISHA.name} is not in this team any more, so nothing was saved.`,
  );
  const gone = `${AISHA.name} is not in this team any more.`;
  const change = members.dialog.getByRole('switch', { name: 'Make bookings', exact: true });
  for (const control of [change, members.button('Remove from the team')]) {
    await expect(control).toHaveAccessibleDescription(gone);
  }
  await members.button('Cancel').click();
  await expect(members.dialog).toHaveCount(0);
});

test('a team that is answered with 401 for a session that is fine is not one of one\'s teams', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(401);
  await page.route(TEAM, (route) => route.fulfill({ status: 401 }));
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(page.getByText('Not one of your teams')).toBeVisible();
  await expect(portal.main).not.toContainText('E401');
});

test('somebody who takes the last team away while one looks at it says so after loading again', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(403, 404);
  await portal.signInToPermissions(TOMAS);
  await expect(portal.table).toBeVisible();
  await server.removeAdministrator(57, TOMAS.id);
  await page.reload();
  await expect(portal.main).toContainText('You do not administer a team with this profile.');
});

test('a team without members offers to add some', async ({ page, portal }) => {
  await page.route(TEAM, async (route) => {
    const response = await route.fetch();
    const json = { ...((await response.json()) as Reply), AllTeamMembers: [] };
    await route.fulfill({ response, json });
  });
  const members = await Members.open(portal);
  await expect(portal.main).toContainText('Nobody is in this team yet');
  await expect(portal.said('0 members')).toBeVisible();
  await page.getByRole('button', { name: 'Add members' }).last().click();
  await expect(members.dialog).toBeVisible();
});

test('who acts as an administrator of a team without members adds nobody, and the button says so before', async ({
  page,
  portal,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(JONAS.name, 'Full access');
  await page.route(TEAM, async (route) => {
    const response = await route.fetch();
    const json = { ...((await response.json()) as Reply), AllTeamMembers: [] };
    await route.fulfill({ response, json });
  });
  await portal.follow(LUMEN_PAGE);
  await expect(portal.main).toContainText('Nobody is in this team yet');
  const buttons = page.getByRole('button', { name: 'Add members' });
  await expect(buttons).toHaveCount(2);
  for (const button of await buttons.all()) {
    await expect(button).toHaveAccessibleDescription(`Nobody can be added while you act as ${JONAS.name}.`);
    await button.press('Enter');
    await expect(portal.dialog).toHaveCount(0);
  }
});

test('flags that the server does not tell are unknown, and never written', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await page.route(TEAM, async (route) => {
    const response = await route.fetch();
    const reply = (await response.json()) as Reply;
    for (const member of reply.AllTeamMembers) {
      if (member['Id'] === AISHA.id) {
        delete member['CanMakeBookings'];
        member['CanAccessCommunity'] = null;
      }
    }
    await route.fulfill({ response, json: reply });
  });
  const members = await Members.open(portal);
  for (const name of PERMISSION_NAMES) {
    const change = portal.permission(name, AISHA.name);
    const unknown = name === 'Make bookings' || name === 'Access community';
    if (unknown) await expect(change).toHaveAttribute('aria-checked', 'mixed');
    await expect(change).toHaveAttribute('aria-disabled', 'true');
    await expect(change).toHaveAccessibleDescription(/does not say all of this member's permissions/);
    await change.focus();
    await page.keyboard.press('Space');
  }
  await members.filter('Make bookings', 'On');
  await expect(members.manage(AISHA.name)).toHaveCount(0);
  await members.filter('Make bookings', 'Off');
  await expect(members.manage(AISHA.name)).toHaveCount(0);
  await members.filter('Make bookings', 'Any');

  await members.select(AISHA.name).check();
  await members.button('Turn on for all').click();
  await expect(members.dialog).toContainText('1 member cannot be changed');
  await expect(members.dialog.getByRole('button', { name: 'Change', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await members.dialog.getByRole('button', { name: 'Cancel' }).click();

  const file = await members.export();
  const line = file.rows.find(([id]) => id === String(AISHA.id));
  expect(line?.slice(4, 10)).toEqual(['no', '', 'no', 'yes', 'no', '']);
  expect(puts()).toBe(0);
});

test('the file holds those who are shown, in the order on the screen', async ({ portal }) => {
  const members = await Members.open(portal, `${LUMEN_PAGE}?on=book-for-team&sort=-name`);
  await expect(portal.table).toBeVisible();
  const shown = await members.names();
  const file = await members.export();
  expect(file.name).toBe(`team-${LUMEN.id}-permissions.csv`);
  const [headings, ...rows] = file.rows;
  expect(headings).toEqual(['Id', 'Member', 'Company', 'Role', ...PERMISSION_NAMES, 'Access card', 'Also in']);
  expect(rows.map(([, name]) => name)).toEqual(shown);
  expect(rows.every((row) => row[6] === 'yes')).toBe(true);
  expect(rows.find(([, name]) => name === 'Chloé Dubois')?.at(-1)).toBe(NORTHWIND.name);
});

test('what somebody would be offered is shown by their switches, and nothing is sent for it', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', /./);
  const members = await Members.open(portal);
  await members.manage(AISHA.name).click();
  await page.getByText(`See as ${AISHA.name} would with these switches`).click();
  const offers = members.dialog.getByRole('listitem').filter({ hasText: /^(Not offered|Offered): / });
  const before = await offers.allTextContents();
  expect(before.some((offer) => offer.startsWith('Offered: '))).toBe(true);
  await members.dialog.getByRole('switch', { name: 'Make bookings' }).click();
  await expect.poll(() => offers.allTextContents()).not.toEqual(before);
  await members.button('Cancel').click();
  await members.button('Discard the changes').click();
  await expect(members.dialog).toHaveCount(0);
  expect(puts()).toBe(0);
});
