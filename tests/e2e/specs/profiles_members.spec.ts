import { countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, LUMEN, NORA, NORAS_FAIR } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { Profiles, teamReads } from '../support/profiles.ts';

const TEAMS = /^\/api\/public\/teams\/my$/;

/** The choice as the profile that administers a dozen teams, with the requests for their members. */
async function openFair(portal: Portal) {
  const profiles = new Profiles(portal);
  await portal.signIn(NORA);
  await profiles.tile(NORAS_FAIR.name).click();
  await expect(portal.heading(`Welcome, ${NORAS_FAIR.name}`)).toBeVisible();
  const reads = teamReads(portal.page);
  await profiles.open();
  await expect(profiles.rows.first()).toBeVisible();
  return { profiles, reads };
}

test('nobody’s members are read for whoever administers nothing', async ({ page, portal }) => {
  const reads = teamReads(page);
  await portal.signIn(AISHA);
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  expect(reads).toEqual([]);
});

test('one team is read at once, with one request', async ({ page, portal }) => {
  const reads = teamReads(page);
  const lists = countRequests(page, 'GET', TEAMS);
  await portal.signInToProfiles(JONAS);
  expect(reads.map(({ team }) => team)).toEqual([LUMEN.id]);
  expect(lists()).toBe(1);
  await expect(new Profiles(portal).team).toHaveCount(0);
});

test('of many teams one is read, and the others one after the other when somebody is sought', async ({ portal }) => {
  const { profiles, reads } = await openFair(portal);
  await expect(portal.said('Loaded 1 of 12 teams')).toBeVisible();
  await expect(portal.said('Type part of a name to look through all 12 teams.')).toBeVisible();
  expect(reads.map(({ team }) => team)).toEqual([63]);

  await profiles.memberSearch.fill('gudrun');
  await expect(portal.said('Looking through the team members…')).toBeVisible();
  await expect(portal.said('Loaded 12 of 12 teams')).toBeVisible({ timeout: 20_000 });
  await expect(portal.said('1 member found')).toBeVisible();
  await expect(profiles.rows).toHaveText('Sign in as Guðrún Steinsdóttir');
  await expect(profiles.members).toContainText('Fair: Night Shift, Fair: Press');
  expect(reads.map(({ team }) => team)).toEqual([63, 67, 68, 60, 61, 64, 71, 62, 70, 66, 69, 65]);
  const sixApart = reads.slice(6).map(({ at }, place) => at - (reads[place]?.at ?? 0));
  // Ten requests in five seconds are the API's limit. Of a single one it is heard later than it was sent, on a busy machine.
  expect(Math.min(...sixApart)).toBeGreaterThan(6 * 650);
});

test('nothing is read any more when nobody looks', async ({ page, portal }) => {
  const { profiles, reads } = await openFair(portal);
  await profiles.memberSearch.fill('o');
  await expect.poll(() => reads.length).toBeGreaterThan(2);
  await profiles.memberSearch.fill('');
  await expect(portal.said('Type part of a name')).toBeVisible();
  const cleared = reads.length;
  await profiles.memberSearch.fill('o');
  await expect.poll(() => reads.length).toBeGreaterThan(cleared);
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${NORAS_FAIR.name}`)).toBeVisible();
  const left = reads.length;
  // Long enough for another one to follow.
  const started = Date.now();
  await expect.poll(() => Date.now() - started).toBeGreaterThan(1_500);
  expect(reads.length).toBe(left);
  expect(left).toBeLessThan(12);
});

test('a team that is chosen is read alone, and only its members are found', async ({ portal }) => {
  const { profiles, reads } = await openFair(portal);
  await profiles.team.selectOption('Fair: Stage');
  // She herself is one of them.
  await expect(profiles.rows).toHaveCount(3);
  await expect(profiles.rows.filter({ hasText: /Nilufar Rahimi|Tom Ashdown/ })).toHaveCount(2);
  expect(reads.map(({ team }) => team)).toEqual([63, 69]);
  await profiles.memberSearch.fill('henrik');
  await expect(portal.said('No member found')).toBeVisible();
  await profiles.memberSearch.fill('');
  await profiles.team.selectOption('All teams');
  await expect(profiles.rows).toHaveCount(5);
});

test('what comes in moves neither the focus nor what stands there', async ({ page, portal }) => {
  const { profiles } = await openFair(portal);
  await profiles.memberSearch.fill('a');
  await expect(profiles.rows.first()).toBeVisible();
  await profiles.rows.first().focus();
  const first = await profiles.rows.first().textContent();
  await expect(portal.said('Loaded 12 of 12 teams')).toBeVisible({ timeout: 20_000 });
  await expect(profiles.rows.first()).toBeFocused();
  await expect(profiles.rows.first()).toHaveText(first ?? '');
  await page.keyboard.press('Enter');
  await expect(portal.dialog).toBeVisible();
});

test('a team that cannot be read says so, and the others are found', async ({ page, portal, guard }) => {
  guard.expectStatus(404);
  let failing = true;
  await page.route(/\/teams\/62\/profile/, (route) => (failing ? route.fulfill({ status: 404 }) : route.fallback()));
  const { profiles } = await openFair(portal);
  await profiles.memberSearch.fill('mori');
  await expect(portal.alert).toContainText('The members of Fair: Poetry could not be loaded.');
  await expect(profiles.rows).toHaveText('Sign in as Yuki Mori');
  await expect(portal.said('Loaded 11 of 12 teams')).toBeVisible({ timeout: 20_000 });
  failing = false;
  await page.getByRole('button', { name: 'Try again: Fair: Poetry' }).click();
  await expect(portal.said('Loaded 12 of 12 teams')).toBeVisible();
  await expect(portal.alert).toHaveCount(0);
  await expect(profiles.members).toContainText('Fair: Antiquarian, Fair: Poetry');
});

test('without a network one team says so, and the others wait', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  const { profiles, reads } = await openFair(portal);
  await page.route(/\/teams\/\d+\/profile/, (route) => route.abort('connectionreset'));
  await profiles.memberSearch.fill('gudrun');
  await expect(portal.alert).toContainText('The members of Fair: Audio could not be loaded.', { timeout: 20_000 });
  expect(new Set(reads.map(({ team }) => team))).toEqual(new Set([63, 67]));
  await page.unroute(/\/teams\/\d+\/profile/);
  await page.getByRole('button', { name: /^Try again/ }).click();
  await expect(profiles.rows).toHaveText('Sign in as Guðrún Steinsdóttir', { timeout: 20_000 });
});
