import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { CURRENT_PROFILE, countRequests, expect, test } from '../support/fixtures.ts';
import { tabTo } from '../support/keyboard.ts';
import { AISHA, LEO, LEOS_ATELIER, LEOS_STUDIO, LUMEN_PAGE, MARIA, MARIAS_COMPANY, NORA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expectToFit } from '../support/width.ts';

/** A team that is read for its administrators alone. */
const ADMINISTRATORS = /\/teams\/\d+\/profile\?_shape=Id%2CTeamAdministrators.Id(&|$)/;

/** Counts how often it was asked who administers a team, from now on. */
function countAsked(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => (count += ADMINISTRATORS.test(request.url()) ? 1 : 0));
  return () => count;
}

/** The directory of teams shows none, so nothing says who administers one. */
const hideTeams = (page: Page) => page.route(/\/teams\/published/, (route) => route.fulfill({ json: { Records: [] } }));
const NONE = 'None of your profiles administers this team.';

const others = (page: Page) => page.getByRole('region', { name: 'Your other profiles' });
const switchTo = (page: Page, name: string) => others(page).getByRole('button', { name: `Switch to ${name}`, exact: true });

/** Maria as her company, which administers nothing. This browser has seen what she herself administers. */
async function asMariasCompany(portal: Portal): Promise<void> {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIAS_COMPANY.name).click();
  await expect(portal.heading(`Welcome, ${MARIAS_COMPANY.name}`)).toBeVisible();
}

test('a link for a profile that this browser has seen with the team asks by name and opens it after the switch', async ({
  page,
  portal,
}) => {
  await asMariasCompany(portal);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  const asked = countAsked(page);
  await page.goto(`${LUMEN_PAGE}?on=book-for-team`);
  await expect(others(page)).toContainText(`${MARIA.name} administers this team. Switch to this profile?`);
  await expect(others(page)).toContainText(`${MARIAS_COMPANY.name} does not administer this team.`);
  expect([puts(), asked()], 'nobody is switched, and nothing asked, without a press').toEqual([0, 0]);
  await switchTo(page, MARIA.name).click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(portal.menuButton(MARIA.name)).toBeVisible();
  await expect(portal.table).toBeVisible();
  await expect(page).toHaveURL(`${LUMEN_PAGE}?on=book-for-team`);
  expect(puts()).toBe(1);
});

test('what the present profile may read of the team says who administers it', async ({ page, portal }) => {
  await asMariasCompany(portal);
  await page.evaluate(() => localStorage.clear());
  await page.route(ADMINISTRATORS, (route) => route.fulfill({ json: { Id: 55, TeamAdministrators: [{ Id: MARIA.id }] } }));
  await page.goto(LUMEN_PAGE);
  await expect(others(page)).toContainText(`${MARIA.name} administers this team. Switch to this profile?`);
  await switchTo(page, MARIA.name).click();
  await expect(portal.impersonate(AISHA.name)).toBeVisible();
});

test('a team that one is not in is looked up in the directory, and a twin has its number', async ({ page, portal, guard }) => {
  guard.expectStatus(404);
  await portal.signIn(NORA);
  await portal.ownProfile(NORA.name).first().click();
  await expect(portal.heading(`Welcome, ${NORA.name}`)).toBeVisible();
  await page.goto('/user/team/permissions/58');
  await expect(others(page)).toContainText('Quill Editions #204 administers this team. Switch to this profile?');
  await expect(others(page).getByRole('button')).toHaveCount(1);
  await switchTo(page, 'Quill Editions #204').click();
  await expect(portal.menuButton('Quill Editions')).toBeVisible();
  await expect(portal.table).toBeVisible();
  await expect(page).toHaveURL('/user/team/permissions/58');
});

test('among many of whom nothing is known one searches', async ({ page, portal, guard }) => {
  guard.expectStatus(404);
  await hideTeams(page);
  await portal.signIn(NORA);
  await portal.ownProfile(NORA.name).first().click();
  await expect(portal.heading(`Welcome, ${NORA.name}`)).toBeVisible();
  await page.goto('/user/team/permissions/59');
  // All but the present one and the three that are not active.
  await expect(others(page).getByRole('listitem')).toHaveCount(28);
  await others(page).getByRole('searchbox', { name: 'Find a profile' }).fill('lantern');
  await expect(others(page).getByRole('status')).toHaveText('1 of 28 profiles');
  await switchTo(page, 'Paper Lantern Press').click();
  await expect(portal.table).toBeVisible();
  await expect(page).toHaveURL('/user/team/permissions/59');
});

test('where nothing is known the other profiles are offered one after the other until none is left', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(404);
  await hideTeams(page);
  await portal.signIn(LEO, { at: LUMEN_PAGE });
  await portal.ownProfile(LEO.name).click();
  await expect(others(page)).toContainText(`${LEO.name} does not administer this team.`);
  await expect(others(page)).toContainText('One of your other profiles may be able to open it.');
  await expect(switchTo(page, LEOS_ATELIER.name)).toBeVisible();
  await switchTo(page, LEOS_STUDIO.name).click();
  await expect(portal.menuButton(LEOS_STUDIO.name)).toBeVisible();
  await expect(others(page)).toContainText(`${LEOS_STUDIO.name} does not administer this team either.`);
  await expect(switchTo(page, LEO.name)).toHaveCount(0);
  await switchTo(page, LEOS_ATELIER.name).click();
  await expect(others(page)).toContainText(NONE);
  await expect(others(page).getByRole('button')).toHaveCount(0);
  await expect(portal.main).toContainText('You do not administer a team with this profile.');
  await expect(page).toHaveURL(LUMEN_PAGE);
});

test('a profile that cannot be taken leaves the person where they were, with the reason and the rest of the offers', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(404);
  await hideTeams(page);
  await portal.signIn(LEO, { at: LUMEN_PAGE });
  await portal.ownProfile(LEO.name).click();
  await expect(switchTo(page, LEOS_STUDIO.name)).toBeVisible();
  await server.deactivateMember(LEOS_STUDIO.id);
  await switchTo(page, LEOS_STUDIO.name).click();
  await expect(others(page).getByRole('alert')).toContainText(`The profile ${LEOS_STUDIO.name} is not available any more.`);
  await expect(portal.menuButton(LEO.name)).toBeVisible();
  await switchTo(page, LEOS_ATELIER.name).click();
  await expect(portal.menuButton(LEOS_ATELIER.name)).toBeVisible();
});

test('where the team itself says that none of one’s profiles administers it, none is offered', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(403, 404);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.table).toBeVisible();
  await server.removeAdministrator(55, MARIA.id);
  await page.reload();
  await expect(portal.main).toContainText('Not one of your teams');
  await expect(others(page)).toContainText(NONE);
  await expect(others(page).getByRole('button')).toHaveCount(0);
});

test('with one profile, and while acting, nothing is offered', async ({ page, portal }) => {
  const asked = countAsked(page);
  await portal.signIn(AISHA, { at: LUMEN_PAGE });
  await expect(portal.main).toContainText('You do not administer a team with this profile.');
  await expect(others(page)).toHaveCount(0);
  await portal.signOut(AISHA.name);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(LEO.name);
  await portal.follow(LUMEN_PAGE);
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(portal.main).toContainText('You do not administer a team with this profile.');
  await expect(others(page)).toHaveCount(0);
  expect(asked()).toBe(0);
});

test('what is kept for this is ids alone, by person, and nothing of what is seen while acting', async ({ page, portal }) => {
  const kept = () => page.evaluate(() => localStorage.getItem('portal.seen-teams'));
  await portal.signInToProfiles(MARIA);
  await expect.poll(kept).toBe('{"profiles":[{"user":9001,"profile":101,"teams":[55,56]}]}');
  const before = await kept();
  await portal.actAs('Jonas Weber');
  await portal.follow('/user/team/permissions');
  await expect(portal.impersonate(AISHA.name)).toBeVisible();
  expect(await kept()).toBe(before);
});

test('the offer works by keyboard alone, at 320 pixels, and axe finds nothing, by light and by dark', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(404);
  await asMariasCompany(portal);
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(LUMEN_PAGE);
  await expect(switchTo(page, MARIA.name)).toBeVisible();
  await expectAccessible(page, 'light', 'dark');
  await expectToFit(page, 320);
  await tabTo(page, switchTo(page, MARIA.name));
  await page.keyboard.press('Enter');
  await expect(portal.heading('Team permissions')).toBeFocused();
  await expect(portal.menuButton(MARIA.name)).toBeVisible();
});
