import { CURRENT_PROFILE, PROFILES, countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { LEO, LEOS_ATELIER, LEOS_STUDIO, MARIA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { Profiles } from '../support/profiles.ts';

const SAID = `This device always uses the profile ${LEOS_STUDIO.name}.`;

/** Signs Léo in, has this device always use his studio, and signs him out. */
async function alwaysTheStudio(portal: Portal): Promise<Profiles> {
  const profiles = new Profiles(portal);
  await portal.signIn(LEO);
  await expect(profiles.always).not.toBeChecked();
  await profiles.always.check();
  await profiles.tile(LEOS_STUDIO.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(portal.said(SAID)).toHaveCount(1);
  await portal.signOut(LEOS_STUDIO.name);
  return profiles;
}

async function signInAgain(portal: Portal, at = '/sign-in'): Promise<void> {
  await portal.page.goto(at);
  await portal.fillIn(LEO.email, 'harbour-demo');
  await portal.submit.click();
}

test('a device that always uses a profile goes straight on, and says so', async ({ page, portal }) => {
  const profiles = await alwaysTheStudio(portal);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  await signInAgain(portal, '/sign-in?next=/user/impersonation-history');
  await expect(portal.heading('Impersonation history')).toBeVisible();
  await expect(portal.said(SAID)).toHaveCount(1);
  await expect(profiles.own).toHaveCount(0);
  // The server had not forgotten.
  expect(puts()).toBe(0);
});

test('the profile is taken first where another device has taken another one', async ({ page, portal, server }) => {
  await alwaysTheStudio(portal);
  const bearer = await server.bearer(LEO.email, 'harbour-demo');
  const path = `/api/public/coworkers/profiles/current?coworkerId=${LEOS_ATELIER.id}`;
  expect((await server.api('PUT', path, bearer)).ok).toBe(true);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  const painted = page.getByRole('heading', { name: 'Choose a profile' });
  let seen = false;
  await page.route(CURRENT_PROFILE, async (route) => {
    seen = await painted.isVisible();
    await route.continue();
  });
  await signInAgain(portal);
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(portal.said(SAID)).toHaveCount(1);
  expect(puts()).toBe(1);
  expect(seen, 'the choice was shown on the way').toBe(false);
});

test('the choice never goes straight on for whoever opens it, and takes the tick back at once', async ({ page, portal }) => {
  const profiles = await alwaysTheStudio(portal);
  await signInAgain(portal);
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await profiles.open();
  await expect(profiles.always).toBeChecked();
  await expect(profiles.always).toHaveAccessibleDescription(`Now it is ${LEOS_STUDIO.name}.`);
  await page.reload();
  await profiles.expectChoice();
  await profiles.always.uncheck();
  await expect(profiles.always).toHaveAccessibleDescription(/you are not asked/);
  await page.getByRole('link', { name: 'Home' }).click();
  await portal.signOut(LEOS_STUDIO.name);
  await signInAgain(portal);
  await profiles.expectChoice();
  await expect(profiles.always).not.toBeChecked();
});

test('the sign-in page asks whoever opens it while they are signed in, and takes nothing', async ({ page, portal, server }) => {
  const profiles = await alwaysTheStudio(portal);
  await signInAgain(portal);
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  const bearer = await server.bearer(LEO.email, 'harbour-demo');
  const path = `/api/public/coworkers/profiles/current?coworkerId=${LEOS_ATELIER.id}`;
  expect((await server.api('PUT', path, bearer)).ok).toBe(true);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  await page.goto('/sign-in');
  await profiles.expectChoice();
  await expect(profiles.tile(LEOS_ATELIER.name)).toContainText('Current');
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${LEOS_ATELIER.name}`)).toBeVisible();
  await portal.follow('/sign-in');
  await profiles.expectChoice();
  await expect(portal.menuButton(LEOS_ATELIER.name)).toBeVisible();
  expect(puts()).toBe(0);
});

test('a tick counts for the profile that is chosen then, and for nothing before that', async ({ page, portal }) => {
  const profiles = new Profiles(portal);
  await portal.signIn(LEO);
  await profiles.always.check();
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
  await profiles.open();
  await expect(profiles.always).not.toBeChecked();
  await profiles.always.check();
  await profiles.tile(LEO.name).click();
  await expect(portal.said(`This device always uses the profile ${LEO.name}.`)).toHaveCount(1);
});

test('while a profile is taken the others are refused with the reason, and the tick counts for the one taken', async ({
  page,
  portal,
}) => {
  const profiles = new Profiles(portal);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  await portal.signIn(LEO);
  await profiles.always.check();
  const { letGo: answer } = await hold(page, 'PUT', /\/coworkers\/profiles\/current\?/);
  await profiles.tile(LEOS_STUDIO.name).click();
  await expect(profiles.tile(LEOS_STUDIO.name)).toHaveAttribute('aria-busy', 'true');
  await expect(profiles.tile(LEOS_STUDIO.name)).not.toHaveAttribute('aria-disabled');
  for (const name of [LEOS_ATELIER.name, LEO.name]) {
    const other = profiles.tile(name);
    await expect(other).toHaveAttribute('aria-disabled', 'true');
    await expect(other).toHaveAccessibleDescription('Your profile is being changed. Wait until that is done.');
    await other.press('Enter');
  }
  await profiles.expectChoice();
  answer();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(portal.said(SAID)).toHaveCount(1);
  expect(puts()).toBe(1);
});

test('it counts only for the person who ticked it', async ({ portal }) => {
  const profiles = await alwaysTheStudio(portal);
  await portal.signInToProfiles(MARIA);
  await expect(profiles.always).not.toBeChecked();
});

test('a profile that cannot be taken is told, once, and the person chooses', async ({ page, portal, server, guard }) => {
  const profiles = await alwaysTheStudio(portal);
  const bearer = await server.bearer(LEO.email, 'harbour-demo');
  const path = `/api/public/coworkers/profiles/current?coworkerId=${LEO.id}`;
  expect((await server.api('PUT', path, bearer)).ok).toBe(true);
  guard.expectStatus(500);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  await page.route(/\/coworkers\/profiles\/current\?/, (route) => route.fulfill({ status: 500 }), { times: 1 });
  await signInAgain(portal);
  await profiles.expectChoice();
  await expect(portal.alert).toContainText('The server has a problem.');
  await expect(portal.said(SAID)).toHaveCount(1);
  expect(puts()).toBe(1);
  await profiles.tile(LEOS_STUDIO.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
});

test('a profile that is not active now is told, and kept for later', async ({ portal, server }) => {
  const profiles = await alwaysTheStudio(portal);
  await server.deactivateMember(LEOS_STUDIO.id);
  await signInAgain(portal);
  await profiles.expectChoice();
  await expect(portal.said(`${LEOS_STUDIO.name}, which is not active now.`)).toHaveCount(1);
  await expect(profiles.tile(LEOS_STUDIO.name)).toBeDisabled();
  await expect(profiles.always).toBeChecked();
});

test('a profile that is gone is told and forgotten', async ({ page, portal, server }) => {
  const profiles = await alwaysTheStudio(portal);
  await server.removeMember(LEOS_STUDIO.id);
  await signInAgain(portal);
  await profiles.expectChoice();
  await expect(portal.said('The profile that this device always used is not yours any more.')).toHaveCount(1);
  await expect(profiles.always).not.toBeChecked();
  expect(await page.evaluate(() => localStorage.getItem('portal.profiles'))).not.toContain(`"always":${LEOS_STUDIO.id}`);
});

test('a session that is only read again is no sign-in', async ({ page, portal }) => {
  const profiles = await alwaysTheStudio(portal);
  await page.route(PROFILES, (route) => route.fallback());
  await signInAgain(portal);
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await page.goto('/sign-in/profiles');
  await profiles.expectChoice();
});
