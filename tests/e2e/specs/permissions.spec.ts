import { PERMISSIONS, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, LEO, LUMEN, MARIA, NORTHWIND, PASSWORD, TOMAS } from '../support/people.ts';

const LUMEN_PAGE = `/user/team/permissions/${LUMEN.id}`;
const NAMES = [
  'Team administrator',
  'Make bookings',
  'Book for team',
  'Purchase products',
  'Purchase event tickets',
  'Access community',
];

/** How many of Lumen Studio have each permission. */
const HELD = [2, 12, 7, 9, 7, 10];

test('every member is shown, each with six switches by name', async ({ page, portal }) => {
  // High enough for all rows: of a table only the rows near what is seen are in the page.
  await page.setViewportSize({ width: 1280, height: 3200 });
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.table.getByRole('row')).toHaveCount(LUMEN.members + 1);
  await portal.expectRows(LUMEN.members);
  await expect(portal.table.getByRole('switch')).toHaveCount(LUMEN.members * 6);
  await expect(portal.table.getByRole('checkbox')).toHaveCount(LUMEN.members + 1);
  // Where there is room; else the company stands under the name.
  await page.setViewportSize({ width: 1600, height: 3200 });
  await expect(portal.table.getByRole('columnheader')).toHaveText([
    'Member',
    'Company',
    'Role',
    ...NAMES.map((name, place) => `${name}With this permission: ${HELD[place]} of ${LUMEN.members}`),
    'Access card',
    'Actions',
  ]);
  await expect(portal.said(`${LUMEN.members} members`)).toBeVisible();
  const held = ['Make bookings', 'Purchase products', 'Access community'];
  for (const name of NAMES) {
    await expect(portal.permission(name, AISHA.name)).toBeChecked({ checked: held.includes(name) });
  }
  for (const action of [/^Manage permissions: /, /^Impersonate account: /]) {
    await expect(portal.table.getByRole('button', { name: action })).toHaveCount(LUMEN.members);
  }
});

test('a change is saved: the server has it, and it is there after loading the page again', async ({
  page,
  portal,
  server,
}) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const change = portal.permission('Book for team', AISHA.name);
  const saved = page.waitForResponse((reply) => PERMISSIONS.test(reply.url()) && reply.ok());
  await change.click();
  await expect(change).toBeChecked();
  expect((await saved).request().postDataJSON()).toMatchObject({
    IsTeamAdministrator: false,
    CanMakeBookings: true,
    CanBookForTeam: true,
    CanPurchaseProducts: true,
    CanPurchaseEvents: false,
    CanAccessCommunity: true,
  });
  const bearer = await server.bearer(MARIA.email, PASSWORD);
  const team = (await (await server.api('GET', `/api/public/teams/${LUMEN.id}/profile`, bearer)).json()) as {
    AllTeamMembers: { Id: number; CanBookForTeam: boolean; CanMakeBookings: boolean; AccessCardId: string }[];
  };
  expect(team.AllTeamMembers.find(({ Id }) => Id === AISHA.id)).toMatchObject({
    CanBookForTeam: true,
    CanMakeBookings: true,
    AccessCardId: 'CARD-00104',
  });
  await page.reload();
  await expect(change).toBeChecked();
});

test('switches of several members can be changed at once, and all are saved', async ({ page, portal }) => {
  let saved = 0;
  page.on('response', (reply) => (saved += PERMISSIONS.test(reply.url()) && reply.ok() ? 1 : 0));
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const names = ['Daniel Mbeki', 'Björn Þórsson', 'Ravi Subramaniam'];
  for (const name of names) await portal.permission('Purchase event tickets', name).click();
  for (const name of names) await expect(portal.permission('Purchase event tickets', name)).toBeChecked();
  await expect.poll(() => saved).toBe(3);
  await page.reload();
  for (const name of names) await expect(portal.permission('Purchase event tickets', name)).toBeChecked();
});

test('making somebody an administrator and taking it back works', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const change = portal.permission('Team administrator', AISHA.name);
  const saved = () => page.waitForResponse((reply) => PERMISSIONS.test(reply.url()));
  const made = saved();
  await change.click();
  expect((await made).status()).toBe(200);
  await expect(change).toBeChecked();
  // Nobody loses such a right by a slip: it is asked for, and Cancel leaves it.
  const dialog = page.getByRole('dialog', { name: `Remove the administrator rights from ${AISHA.name}?` });
  await change.click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(change).toBeFocused();
  await expect(change).toBeChecked();
  const taken = saved();
  await change.click();
  await dialog.getByRole('button', { name: 'Remove the rights' }).click();
  expect((await taken).status()).toBe(200);
  await expect(change).not.toBeChecked();
});

test('a change is shown before it is saved, and the last of many is what the server gets', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const bodies: { CanMakeBookings: boolean; CanBookForTeam: boolean }[] = [];
  let [open, most] = [0, 0];
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(PERMISSIONS, async (route) => {
    open += 1;
    most = Math.max(most, open);
    bodies.push(route.request().postDataJSON() as (typeof bodies)[number]);
    await held;
    await route.continue();
    open -= 1;
  });
  const bookings = portal.permission('Make bookings', AISHA.name);
  const forTeam = portal.permission('Book for team', AISHA.name);
  await expect(bookings).toBeChecked();
  await bookings.click();
  await expect(bookings).not.toBeChecked();
  await expect.poll(() => bodies.length).toBe(1);
  for (const on of [true, false, true]) {
    await bookings.click();
    await expect(bookings).toBeChecked({ checked: on });
  }
  await forTeam.click();
  await expect(forTeam).toBeChecked();
  answer();
  await expect.poll(() => bodies.length).toBe(2);
  expect(bodies.map((body) => [body.CanMakeBookings, body.CanBookForTeam])).toEqual([
    [false, false],
    [true, true],
  ]);
  expect(most, 'one save of a member at a time').toBe(1);
  await page.unroute(PERMISSIONS);
  await page.reload();
  await expect(bookings).toBeChecked();
  await expect(forTeam).toBeChecked();
});

test('what was wanted is saved also when one leaves the page at once', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const bookings = portal.permission('Make bookings', AISHA.name);
  await bookings.click();
  const saved = page.waitForResponse((reply) => PERMISSIONS.test(reply.url()));
  await portal.permission('Book for team', AISHA.name).click();
  await page.getByRole('link', { name: 'Home' }).click();
  await saved;
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(bookings).not.toBeChecked();
  await expect(portal.permission('Book for team', AISHA.name)).toBeChecked();
});

test('the last administrator cannot be taken away, and the switch says why', async ({ page, portal }) => {
  await page.route(/\/teams\/\d+\/profile/, async (route) => {
    const reply = await route.fetch();
    const team = (await reply.json()) as { TeamAdministrators: object[]; AllTeamMembers: { Id: number }[] };
    team.TeamAdministrators = [{ Id: AISHA.id }];
    for (const member of team.AllTeamMembers) Object.assign(member, { IsTeamAdministrator: member.Id === AISHA.id });
    await route.fulfill({ response: reply, json: team });
  });
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const last = portal.permission('Team administrator', AISHA.name);
  await expect(last).toHaveAccessibleDescription(/This is the team's last administrator\./);
  await last.focus();
  await page.keyboard.press('Space');
  await expect(last).toBeChecked();
  await expect(last).toBeFocused();
});

test('sec_34_403_of_a_save_flips_the_switch_back_and_says_why_beside_it', async ({ page, portal, guard }) => {
  guard.expectStatus(403);
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  // Of this change alone: whoever does not administer the team any more is told that in place of the table.
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 403 }), { times: 1 });
  const change = portal.permission('Make bookings', AISHA.name);
  await expect(change).toBeChecked();
  await change.click();
  await expect(change).toHaveAccessibleDescription('Not saved. You do not have permission to do this.');
  await expect(change).toBeChecked();
  await expect(change).toHaveAttribute('aria-invalid', 'true');
  await expect(change).toBeFocused();
  expect(puts()).toBe(1);
});

test('sec_34_500_of_a_save_flips_the_switch_back_and_trying_again_saves', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await page.route(PERMISSIONS, (route) => route.fulfill({ status: 500 }), { times: 1 });
  const change = portal.permission('Make bookings', AISHA.name);
  await change.click();
  await expect(change).toHaveAccessibleDescription('Not saved. The server has a problem. Try again in a moment.');
  await expect(change).toBeChecked();
  expect(puts()).toBe(1);
  await change.click();
  await expect(change).not.toBeChecked();
  await expect(change).toHaveAccessibleDescription('');
});

test('sec_34_a_save_without_a_network_flips_the_switch_back_and_says_why', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await page.route(PERMISSIONS, (route) => route.abort('internetdisconnected'));
  const change = portal.permission('Access community', AISHA.name);
  await change.click();
  await expect(change).toHaveAccessibleDescription(/^Not saved\. The server cannot be reached\./);
  await expect(change).toBeChecked();
});

test('a save that the server finds wrong shows the server’s own sentence', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await page.route(PERMISSIONS, (route) =>
    route.continue({ postData: { ...(route.request().postDataJSON() as object), AccessCardId: 'far too long a card' } }),
  );
  const change = portal.permission('Make bookings', AISHA.name);
  await change.click();
  await expect(change).toHaveAccessibleDescription('Not saved. The access card has at most 15 characters.');
  await expect(change).toBeChecked();
});

test('sec_34_ones_own_administrator_right_is_refused_with_the_reason', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const own = portal.permission('Team administrator', MARIA.name);
  await expect(own).toHaveAttribute('aria-disabled', 'true');
  await expect(own).toHaveAccessibleDescription('You cannot change your own administrator rights.');
  await own.focus();
  await expect(own).toBeFocused();
  await page.keyboard.press('Space');
  await expect(own).toBeChecked();
  expect(puts()).toBe(0);
  await expect(portal.permission('Make bookings', MARIA.name)).not.toHaveAttribute('aria-disabled', 'true');
});

test('with several teams one is picked, and its address is its own', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA);
  const team = page.getByRole('combobox', { name: 'Team' });
  await expect(team.getByRole('option')).toHaveText([LUMEN.name, NORTHWIND.name]);
  await expect(portal.impersonate(AISHA.name)).toBeVisible();
  await team.selectOption(NORTHWIND.name);
  await expect(page).toHaveURL(`/user/team/permissions/${NORTHWIND.id}`);
  await expect(portal.impersonate(LEO.name)).toBeVisible();
  await expect(portal.impersonate(AISHA.name)).toHaveCount(0);
  await page.goBack();
  await expect(portal.impersonate(AISHA.name)).toBeVisible();
  await expect(team).toHaveValue(String(LUMEN.id));
});

test('with one team there is nothing to pick', async ({ page, portal }) => {
  await portal.signInToPermissions(TOMAS);
  await expect(portal.table).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Team' })).toHaveCount(0);
});

test('the address of a team opens it', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${NORTHWIND.id}`);
  await expect(page.getByRole('combobox', { name: 'Team' })).toHaveValue(String(NORTHWIND.id));
  await expect(portal.impersonate(LEO.name)).toBeVisible();
});

for (const [what, id] of [
  ['of others', 57],
  ['that does not exist', 999_999],
] as const) {
  test(`a team ${what} says so and shows a way on`, async ({ page, portal, guard }) => {
    // Who administers it is asked for the sake of her other profile.
    guard.expectStatus(404);
    await portal.signInToPermissions(MARIA, `/user/team/permissions/${id}`);
    await expect(portal.main).toContainText('Not one of your teams');
    await expect(portal.table).toHaveCount(0);
    await page.getByRole('link', { name: 'Show a team of yours' }).click();
    await expect(portal.impersonate(AISHA.name)).toBeVisible();
  });
}

test('whoever administers no team is told so', async ({ page, portal }) => {
  await portal.signIn(AISHA, { at: LUMEN_PAGE });
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(portal.main).toContainText('You do not administer a team with this profile.');
  await page.getByRole('link', { name: 'Go to the home page' }).click();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a member is found by part of the name', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const search = page.getByRole('searchbox', { name: 'Find a member' });
  await search.fill('jonas');
  await portal.expectRows(1);
  await expect(portal.table.getByRole('row')).toHaveCount(2);
  await expect(portal.impersonate(JONAS.name)).toBeVisible();
  await expect(portal.said(`1 of ${LUMEN.members} members`)).toBeVisible();
  await search.fill('zzzz');
  await expect(portal.main).toContainText('Nobody by that name');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(search).toBeFocused();
  await portal.expectRows(LUMEN.members);
  await expect(portal.impersonate(AISHA.name)).toBeVisible();
});
