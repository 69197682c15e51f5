import { IMPERSONATE, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, LEO, LUMEN, MARIA, NORTHWIND, SOFIA } from '../support/people.ts';

test('from the profiles page one acts as a member and returns to that page, without signing in again', async ({
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

test('from a team’s permissions one acts as a member and returns to that team', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${NORTHWIND.id}`);
  await portal.actFromPermissions(LEO.name);
  await portal.returnButton.click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(page).toHaveURL(`/user/team/permissions/${NORTHWIND.id}`);
  await expect(portal.impersonate(LEO.name)).toBeVisible();
  await portal.expectOwn(MARIA);
});

test('a reason is required, and nothing is sent without one', async ({ page, portal }) => {
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

test('the start asks for View only unless told otherwise, and the banner says which', async ({ page, portal }) => {
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

test('the banner is first on every page, with who, how long and how much', async ({ page, portal }) => {
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

test('a double click on Start sends one request', async ({ page, portal }) => {
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToProfiles(MARIA);
  await portal.askToActAs(AISHA.name);
  await portal.start.dblclick();
  await portal.expectActingAs(AISHA.name);
  expect(starts()).toBe(1);
});

test('the own stored credential is the same to the byte after three times there and back', async ({
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
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual(['portal.session']);
  expect(await guard.tokens('one-time')).toHaveLength(3);
});

test('after the return the acting session is over on the server too, and the own one lives', async ({
  portal,
  server,
  guard,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const [acting] = await guard.tokens('acting');
  expect((await server.api('GET', '/api/public/coworkers/profiles', acting)).status).toBe(200);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  expect((await server.api('GET', '/api/public/coworkers/profiles', acting)).status).toBe(401);
  const stored = JSON.parse((await portal.storedCredential()) ?? '{}') as { access: string };
  expect((await server.api('GET', '/api/public/coworkers/profiles', stored.access)).status).toBe(200);
});

test('loading the page again while acting gives the own account back, and says so', async ({ page, portal }) => {
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

test('the way back works without a network', async ({ context, portal, guard }) => {
  guard.expectNoNetwork();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await context.setOffline(true);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(portal.said(`its session for ${AISHA.name} ends by itself later.`)).toHaveCount(1);
  await context.setOffline(false);
});

test('oneself and inactive members are refused in the table with the reason, and stay focusable', async ({
  page,
  portal,
}) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${LUMEN.id}`);
  for (const [name, reason] of [
    [MARIA.name, 'This is you.'],
    [SOFIA.name, 'This member is not active, so nobody can act as them.'],
  ] as const) {
    const button = portal.impersonate(name);
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(reason);
    await button.focus();
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(portal.dialog).toHaveCount(0);
  }
});

test('while acting nobody else can be acted as, and no permission changed, with words', async ({ page, portal }) => {
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

test('what the server does is written down with both people', async ({ portal, server }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  for (const line of await server.audit()) {
    expect(line).toMatchObject({ ActorCoworkerId: MARIA.id, TargetCoworkerId: AISHA.id });
  }
  expect(await server.audit()).toHaveLength(2);
});

test('sec_05 no link leads to an impersonation, and an address cannot start one', async ({ page, portal }) => {
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signInToPermissions(MARIA);
  const links = await page.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(links.filter((href) => /impersonate|\/api\//.test(href ?? ''))).toEqual([]);
  await page.goto(`/?impersonate=${AISHA.id}`);
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  expect(starts()).toBe(0);
});
