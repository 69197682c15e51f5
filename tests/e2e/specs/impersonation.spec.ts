import { IMPERSONATE, countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { AISHA, JONAS, LEO, LUMEN, MARIA, NORTHWIND, PLACE, SOFIA } from '../support/people.ts';

test('p01_one_returns_to_the_page_where_acting_began_without_signing_in_again', async ({
  page,
  portal,
  server,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await expect(page).toHaveURL('/');
  await expect(portal.said(`You are now acting as ${AISHA.name}.`)).toHaveCount(1);
  await portal.returnButton.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await portal.expectOwn(MARIA);
  await expect(page).toHaveURL('/sign-in/profiles');
  await expect(portal.said(`You are back in your own account. You no longer act as ${AISHA.name}.`)).toHaveCount(1);
  expect((await server.audit()).map(({ Event }) => Event)).toEqual(['start', 'exchange', 'end']);
});

test('p03_from_a_teams_permissions_the_pages_become_the_members_and_ones_own_again', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${NORTHWIND.id}`);
  await portal.actFromPermissions(LEO.name);
  await portal.returnButton.click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(page).toHaveURL(`/user/team/permissions/${NORTHWIND.id}`);
  await expect(portal.impersonate(LEO.name)).toBeVisible();
  await portal.expectOwn(MARIA);
});

test('sec_24_a_reason_is_required_and_nothing_is_sent_without_one', async ({ page, portal }) => {
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToProfiles(MARIA);
  await (await portal.findMember(AISHA.name)).click();
  await portal.start.click();
  const reason = page.getByRole('textbox', { name: 'Reason' });
  await expect(reason).toHaveAccessibleDescription(/Say in a few words why you need this\./);
  await reason.fill('ok');
  await portal.start.click();
  await expect(reason).toHaveAccessibleDescription(/Say in a few words why you need this\./);
  expect(starts()).toBe(0);
});

test('p23_the_start_asks_for_view_only_unless_told_otherwise_and_the_banner_says_which', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await (await portal.findMember(AISHA.name)).click();
  await expect(page.getByRole('radio', { name: 'View only' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Full access' })).not.toBeChecked();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await portal.actAs(AISHA.name);
  await expect(portal.banner).toContainText('View only');
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await portal.actAs(AISHA.name, 'Full access');
  await expect(portal.banner).toContainText('Full access');
});

test('Cancel and Escape close the dialog and start nothing', async ({ page, portal }) => {
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToProfiles(MARIA);
  await portal.askToActAs(AISHA.name);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(portal.dialog).toHaveCount(0);
  await portal.askToActAs(AISHA.name);
  await page.keyboard.press('Escape');
  await expect(portal.dialog).toHaveCount(0);
  await (await portal.findMember(AISHA.name)).click();
  await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('');
  expect(starts()).toBe(0);
});

test('sec_23_the_banner_is_first_on_every_page_with_who_how_long_and_how_much', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(JONAS.name);
  for (const [path, heading] of [
    ['/', `Welcome, ${JONAS.name}`],
    ['/user/team/permissions', 'Team permissions'],
    [`/user/team/permissions/${NORTHWIND.id}`, 'Team permissions'],
    ['/sign-in/profiles', 'Choose a profile'],
    ['/nowhere/at/all', 'Page not found'],
  ] as const) {
    await portal.follow(path);
    await expect(page).toHaveURL(path);
    await expect(portal.heading(heading)).toBeVisible();
    await expect(portal.banner).toContainText(`Acting as ${JONAS.name}`);
    await expect(portal.banner).toContainText(/(30|29) minutes left/);
    await expect(portal.banner).toContainText('View only');
    await expect(portal.returnButton).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`^Acting as ${JONAS.name} – `));
    const landmarks = page.getByRole('region').or(page.getByRole('banner')).or(page.getByRole('main'));
    await expect(landmarks.first()).toHaveAccessibleName('Impersonation');
  }
  await portal.returnButton.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('sec_06_a_double_click_on_start_sends_one_request', async ({ page, portal }) => {
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToProfiles(MARIA);
  await portal.askToActAs(AISHA.name);
  await portal.start.dblclick();
  await portal.expectActingAs(AISHA.name);
  expect(starts()).toBe(1);
});

test('p11_the_own_stored_credential_is_the_same_to_the_byte_after_three_times_there_and_back', async ({
  page,
  portal,
  guard,
}) => {
  await portal.signInToProfiles(MARIA);
  const before = await portal.storedCredential();
  expect(before).not.toBeNull();
  for (const name of [AISHA.name, LEO.name, AISHA.name]) {
    await portal.actAs(name);
    expect(await portal.storedCredential()).toBe(before);
    await portal.returnButton.click();
    await expect(portal.heading('Choose a profile')).toBeVisible();
    expect(await portal.storedCredential()).toBe(before);
  }
  const kept = await page.evaluate(() => Object.keys(sessionStorage).sort());
  expect(kept).toEqual(['portal.ledger', 'portal.session', 'portal.whose']);
  expect(await guard.tokens('one-time')).toHaveLength(3);
});

test('p07_after_the_return_the_acting_session_is_over_on_the_server_too_and_the_own_one_lives', async ({
  portal,
  server,
  guard,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const [acting] = await guard.tokens('acting');
  expect(await server.whoami(acting)).toBe(200);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  expect(await server.whoami(acting)).toBe(401);
  const stored = JSON.parse((await portal.storedCredential()) ?? '{}') as { access: string };
  expect((await server.api('GET', '/api/public/coworkers/profiles', stored.access)).status).toBe(200);
});

test('p09_loading_the_page_again_while_acting_gives_the_own_account_back_and_says_so', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await page.reload();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await portal.expectOwn(MARIA);
  await expect(portal.said(`which ended your session as ${AISHA.name}. You are in your own account.`)).toHaveCount(1);
  await page.reload();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await expect(portal.said('which ended your session')).toHaveCount(0);
});

test('the way back says what is going on while the server is slow', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const { letGo: answer } = await hold(page, 'GET', /\/login\/logout$/);
  await portal.returnButton.click();
  await expect(portal.heading('Returning to your account')).toBeFocused();
  await expect(portal.banner).toHaveCount(0);
  await expect(page).toHaveTitle(`Returning to your account - ${PLACE}`);
  answer();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await portal.expectOwn(MARIA);
});

test('sec_17_the_way_back_works_without_a_network_and_says_what_the_server_was_not_told', async ({ context, portal, guard }) => {
  guard.expectNoNetwork();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await context.setOffline(true);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(portal.said('The server could not be told, so its session for them ends by itself later.')).toHaveCount(1);
  await context.setOffline(false);
});

test('sec_17_a_web_page_in_place_of_the_servers_word_does_not_mean_that_it_was_told', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await page.route(/\/login\/logout$|\/coworkers\/profiles$/, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><h1>Accept our terms</h1>' }),
  );
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(portal.said('The server could not be told, so its session for them ends by itself later.')).toHaveCount(1);
});

test('sec_17_a_web_page_after_which_the_server_knows_the_session_no_more_does', async ({ page, portal, guard }) => {
  guard.expectStatus(401);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await page.route(/\/login\/logout$/, async (route) => {
    await route.fetch();
    await route.fulfill({ contentType: 'text/html', body: '<!doctype html><h1>Goodbye</h1>' });
  });
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(portal.said('You are back in your own account.')).toHaveCount(1);
  await expect(portal.said('The server could not be told')).toHaveCount(0);
});

test('sec_20_oneself_and_inactive_members_are_refused_in_the_table_with_the_reason', async ({
  page,
  portal,
}) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${LUMEN.id}`);
  for (const [name, reason] of [
    [MARIA.name, 'This is you.'],
    [SOFIA.name, 'This member is not active, so nobody can act as them.'],
  ] as const) {
    await portal.findInTable(name);
    const button = portal.impersonate(name);
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(reason);
    await button.focus();
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(portal.dialog).toHaveCount(0);
  }
});

test('p13_while_acting_nobody_else_can_be_acted_as_and_no_permission_changed_with_words', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', /permissions/);
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(JONAS.name, 'Full access');
  await portal.follow(`/user/team/permissions/${LUMEN.id}`);
  const change = portal.permission('Make bookings', AISHA.name);
  await expect(change).toHaveAttribute('aria-disabled', 'true');
  await expect(change).toHaveAccessibleDescription(`Permissions cannot be changed while you act as ${JONAS.name}.`);
  await change.press('Space');
  const start = portal.impersonate(AISHA.name);
  await expect(start).toHaveAccessibleDescription(
    `You are already acting as ${JONAS.name}. Return to your account first.`,
  );
  await start.press('Enter');
  await expect(portal.dialog).toHaveCount(0);
  // Nor is anything typed that could only be given up.
  await page.getByRole('button', { name: `Manage permissions: ${AISHA.name}`, exact: true }).click();
  await portal.dialog.getByLabel('Access card').fill('CARD-1');
  const save = portal.button('Save permissions');
  await expect(save).toHaveAccessibleDescription(`Permissions cannot be changed while you act as ${JONAS.name}.`);
  await save.press('Enter');
  await portal.dialog.getByLabel('Access card').press('Enter');
  expect([puts(), starts()]).toEqual([0, 1]);
});

test('while acting another profile of that person cannot be taken, with words', async ({ portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(LEO.name, 'Full access');
  await portal.follow('/sign-in/profiles');
  await expect(portal.ownProfile('Martin Photography')).toHaveAccessibleDescription(
    `You are acting as ${LEO.name}. Return to your account to change your profile.`,
  );
});

for (const [width, height] of [[568, 320], [667, 375], [320, 256]] as const) {
  test(`while acting one can sign out by a tap at ${width} by ${height}, whatever is said over the menu`, async ({ page, portal }) => {
    await page.setViewportSize({ width, height });
    await portal.signInToProfiles(MARIA);
    await portal.actAs(AISHA.name);
    await expect(portal.said(`You are now acting as ${AISHA.name}.`)).toHaveCount(1);
    await portal.menuButton(AISHA.name).click();
    const items = page.getByRole('menuitem');
    await expect(items.first()).toBeFocused();
    await expect(page.locator('.tip')).toBeVisible();
    const inReach = (item: Element) => {
      const { x, y, width, height } = item.getBoundingClientRect();
      return item.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    };
    expect(await items.filter({ hasText: 'Sign out' }).evaluate(inReach)).toBe(true);
  });
}

test('p21_what_the_server_does_is_written_down_with_both_people', async ({ portal, server }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  for (const line of await server.audit()) {
    expect(line).toMatchObject({ ActorCoworkerId: MARIA.id, TargetCoworkerId: AISHA.id });
  }
  expect(await server.audit()).toHaveLength(2);
});

test('sec_05_no_link_leads_to_an_impersonation_and_an_address_cannot_start_one', async ({ page, portal }) => {
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToPermissions(MARIA);
  const links = await page.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(links.filter((href) => /impersonate|\/api\//.test(href ?? ''))).toEqual([]);
  await page.goto(`/?impersonate=${AISHA.id}`);
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  expect(starts()).toBe(0);
});
