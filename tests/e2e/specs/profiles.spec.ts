import { CURRENT_PROFILE, EXCHANGE, IMPERSONATE, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, LEO, LEOS_ATELIER, LEOS_STUDIO, LUMEN, MARIA, MARIAS_COMPANY, SOFIA } from '../support/people.ts';

const IMPERSONATE_URL = /\/coworkers\/\d+\/impersonate$/;

test('a single profile of a person who administers nothing skips the choice', async ({ page, portal }) => {
  await portal.signIn(AISHA);
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('a single profile of an administrator is offered, with the members', async ({ portal }) => {
  await portal.signInToProfiles(JONAS);
  await expect(portal.ownProfile(JONAS.name)).toBeVisible();
  await portal.ownProfile(JONAS.name).click();
  await expect(portal.heading(`Welcome, ${JONAS.name}`)).toBeVisible();
});

test('the only active profile is offered to whoever is on another one', async ({ page, portal }) => {
  await page.route(/coworkers\/profiles(\?|$)/, async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { Profiles: { Id: number; Active: boolean }[] };
    for (const profile of json.Profiles) profile.Active = profile.Id === LEOS_STUDIO.id;
    await route.fulfill({ response, json });
  });
  await portal.signIn(LEO);
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
});

test('whoever administers nothing sees their profiles and no members', async ({ page, portal }) => {
  await portal.signIn(LEO);
  await expect(portal.heading('Choose a profile')).toBeVisible();
  for (const name of [LEO.name, LEOS_STUDIO.name, LEOS_ATELIER.name]) {
    await expect(portal.ownProfile(name)).toBeVisible();
  }
  await expect(page.getByRole('heading', { name: 'Sign in as a team member' })).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveCount(0);
});

test('another own profile is taken with one PUT, and the pages are that profile’s', async ({ page, portal, server }) => {
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  const starts = countRequests(page, 'GET', IMPERSONATE);
  await portal.signIn(LEO);
  const put = page.waitForRequest((request) => request.method() === 'PUT');
  await portal.ownProfile(LEOS_STUDIO.name).click();
  expect(new URL((await put).url()).searchParams.get('coworkerId')).toBe(String(LEOS_STUDIO.id));
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(portal.menuButton(LEOS_STUDIO.name)).toBeVisible();
  await expect(portal.said(`You are now using the profile ${LEOS_STUDIO.name}.`)).toHaveCount(1);
  await expect(portal.banner).toHaveCount(0);
  expect([puts(), starts()]).toEqual([1, 0]);
  await page.reload();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  expect(await server.audit()).toEqual([]);
});

test('the profile that is current already needs no request', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  await portal.signIn(LEO);
  await portal.ownProfile(LEO.name).click();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
  expect(puts()).toBe(0);
});

test('rights belong to the profile: the other one administers nothing', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIAS_COMPANY.name).click();
  await expect(portal.heading(`Welcome, ${MARIAS_COMPANY.name}`)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Team permissions' })).toHaveCount(0);
  await expect(portal.main).toContainText('You do not administer a team with this profile.');
});

test('p20_a_profile_that_is_not_available_any_more_leaves_the_person_where_they_were', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(404);
  await portal.signIn(LEO);
  await server.deactivateMember(LEOS_STUDIO.id);
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.alert).toContainText(`The profile ${LEOS_STUDIO.name} is not available any more.`);
  await expect(page).toHaveURL('/sign-in/profiles');
  await expect(portal.menuButton(LEO.name)).toBeVisible();
  await portal.ownProfile(LEO.name).click();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
});

test('a switch that the server fails is told, and trying again works', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  await portal.signIn(LEO);
  await page.route(/profiles\/current/, (route) => route.fulfill({ status: 500 }), { times: 1 });
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.alert).toContainText('The server has a problem. Try again in a moment.');
  await expect(portal.menuButton(LEO.name)).toBeVisible();
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.menuButton(LEOS_STUDIO.name)).toBeVisible();
});

test('a switch that failed is told once: not again to whoever comes back later', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  await portal.signIn(LEO);
  await page.route(/profiles\/current/, (route) => route.fulfill({ status: 500 }), { times: 1 });
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.alert).toContainText('The server has a problem.');
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
  await portal.follow('/sign-in/profiles');
  await expect(portal.ownProfile(LEOS_STUDIO.name)).toBeVisible();
  await expect(portal.alert).toHaveCount(0);
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
});

test('a switch that is confirmed but did not happen is told as such', async ({ page, portal }) => {
  await portal.signIn(LEO);
  const yes = { WasSuccessful: true, Value: null, Status: 200, Message: null, Errors: null };
  await page.route(/profiles\/current/, (route) => route.fulfill({ json: yes }));
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.alert).toContainText(`The server said yes, but you are not on the profile ${LEOS_STUDIO.name}.`);
  await expect(portal.menuButton(LEO.name)).toBeVisible();
});

test('a switch of which the server does not say who one is by now shows nobody until it does', async ({ page, portal, guard }) => {
  guard.expectStatus(403);
  await portal.signIn(LEO);
  await page.route(/coworkers\/profiles(\?|$)/, (route) => route.fulfill({ status: 403 }), { times: 1 });
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.heading('Your session could not be checked')).toBeVisible();
  await expect(portal.menuButton(LEO.name)).toHaveCount(0);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(portal.said(`You are now using the profile ${LEOS_STUDIO.name}.`)).toHaveCount(1);
});

test('a member is found by part of the name, of the company, in any case', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  const search = page.getByRole('searchbox', { name: 'Find a team member' });
  for (const [typed, name] of [
    ['aish', AISHA.name],
    ['KHAN ai', AISHA.name],
    ['okonkwo & daughters', 'Zoë Okonkwo'],
    ['فارسي', 'محمد الفارسي'],
  ] as const) {
    await search.fill(typed);
    await expect(page.getByRole('button', { name: /^Sign in as / })).toHaveCount(1);
    await expect(page.getByRole('button', { name: `Sign in as ${name}`, exact: true })).toBeVisible();
    await expect(portal.said('1 member found')).toBeVisible();
  }
});

test('a name without its accents finds the member too', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await page.getByRole('searchbox', { name: 'Find a team member' }).fill('leo martin');
  await expect(page.getByRole('button', { name: `Sign in as ${LEO.name}`, exact: true })).toBeVisible();
});

test('nobody by that name is told, with a way to clear the search', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  const search = page.getByRole('searchbox', { name: 'Find a team member' });
  await search.fill('zzzz');
  await expect(portal.said('No member found')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('');
  await expect(page.getByRole('button', { name: /^Sign in as / }).first()).toBeVisible();
});

test('oneself and inactive members are refused with the reason, and stay focusable', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  for (const [name, reason] of [
    [MARIA.name, 'This is you.'],
    [SOFIA.name, 'This member is not active, so nobody can act as them.'],
  ] as const) {
    const button = await portal.findMember(name);
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(reason);
    await button.focus();
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(portal.dialog).toHaveCount(0);
  }
});

test('members that cannot be loaded are told, and trying again shows them', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  let failing = true;
  await page.route(/\/teams\/my/, (route) => (failing ? route.fulfill({ status: 500 }) : route.fallback()));
  await portal.signIn(MARIA);
  await expect(portal.alert).toContainText('The server has a problem.');
  await expect(portal.ownProfile(MARIAS_COMPANY.name)).toBeVisible();
  failing = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('searchbox', { name: 'Find a team member' })).toBeVisible();
});

test.describe('where profiles are taken by impersonation', () => {
  test.use({ serverArgs: ['--profile-choice', 'impersonate'] });

  test('the choice goes through one token and one exchange, to the same user, without a banner', async ({
    page,
    portal,
    server,
    guard,
  }) => {
    const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
    const starts = countRequests(page, 'GET', IMPERSONATE);
    const exchanges = countRequests(page, 'POST', EXCHANGE);
    await portal.signIn(LEO);
    const before = await portal.storedCredential();
    await portal.ownProfile(LEOS_STUDIO.name).click();
    await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    await expect(portal.main).toContainText(LEO.email);
    await expect(portal.banner).toHaveCount(0);
    expect([puts(), starts(), exchanges()]).toEqual([0, 1, 1]);
    expect(await portal.storedCredential()).not.toBe(before);
    expect(await guard.tokens('acting')).toEqual([]);
    await page.reload();
    await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    expect((await server.audit()).map(({ Event }) => Event)).toEqual(['start', 'exchange']);
  });

  test('signing out ends the session that the profile was taken from, too', async ({ portal, server }) => {
    await portal.signIn(LEO);
    const before = await portal.storedCredential();
    await portal.ownProfile(LEOS_STUDIO.name).click();
    await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    const { access } = JSON.parse(before ?? '{}') as { access: string };
    // A tab that began as a copy of this one may go on with it.
    expect(await server.whoami(access)).toBe(200);
    await portal.signOut(LEOS_STUDIO.name);
    await expect.poll(() => server.whoami(access)).toBe(401);
  });

  test('a failing choice leaves the person where they were', async ({ page, portal, guard }) => {
    guard.expectStatus(403);
    await portal.signIn(LEO);
    const before = await portal.storedCredential();
    await page.route(IMPERSONATE_URL, (route) => route.fulfill({ status: 403 }));
    await portal.ownProfile(LEOS_STUDIO.name).click();
    await expect(portal.alert).toContainText(`You do not have permission to use the profile ${LEOS_STUDIO.name}.`);
    await expect(portal.menuButton(LEO.name)).toBeVisible();
    expect(await portal.storedCredential()).toBe(before);
  });
});

test('signing in for a page goes on to it after another profile is taken', async ({ page, portal, guard }) => {
  guard.expectStatus(404);
  await portal.signIn(LEO, { at: `/sign-in?next=/user/team/permissions/${LUMEN.id}` });
  await portal.ownProfile(LEOS_STUDIO.name).click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(page).toHaveURL(`/user/team/permissions/${LUMEN.id}`);
});
