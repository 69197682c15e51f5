import { expectAccessible } from '../support/axe.ts';
import { CURRENT_PROFILE, EXCHANGE, IMPERSONATE, countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { tabTo } from '../support/keyboard.ts';
import { Many } from '../support/many.ts';
import { AISHA, LEO, LEOS_ATELIER, LEOS_STUDIO, LUMEN_PAGE, MARIA, MARIAS_COMPANY, NORA, PASSWORD } from '../support/people.ts';
import { asLeo, dialog, openSwitcher, profile } from '../support/switcher.ts';
import { expectToFit } from '../support/width.ts';

test('a profile is taken from any page with one PUT, and the page stays', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  await asLeo(portal);
  await openSwitcher(portal, LEO.name);
  await expect(profile(page, LEO.name)).toContainText('Current');
  await profile(page, LEOS_STUDIO.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeFocused();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page).toHaveURL('/');
  await expect(portal.said(`You are now using the profile ${LEOS_STUDIO.name}.`)).toHaveCount(1);
  expect(puts()).toBe(1);
});

test('the current profile closes the dialog and asks nothing', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  await asLeo(portal);
  await openSwitcher(portal, LEO.name);
  await profile(page, LEO.name).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(portal.menuButton(LEO.name)).toBeFocused();
  expect(puts()).toBe(0);
});

test('a page that the other profile cannot open gives way to the first page, and it is said why', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.table).toBeVisible();
  await openSwitcher(portal, MARIA.name);
  await profile(page, MARIAS_COMPANY.name).click();
  await expect(portal.heading(`Welcome, ${MARIAS_COMPANY.name}`)).toBeVisible();
  await expect(portal.said(`${MARIAS_COMPANY.name} does not administer this team. You are on the home page.`)).toBeVisible();
  await expect(page).toHaveURL('/');
  // Whoever comes for the page itself stays there and is asked.
  await page.goto(LUMEN_PAGE);
  await expect(portal.main).toContainText(`${MARIA.name} administers this team. Switch to this profile?`);
});

test('a page that every profile can open stays, with what was chosen on it', async ({ page, portal }) => {
  await portal.signIn(NORA);
  await portal.ownProfile('Paper Lantern Press').click();
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(portal.table).toBeVisible();
  await page.getByRole('searchbox', { name: 'Find a member' }).fill('a');
  await expect(page).toHaveURL('/user/team/permissions?find=a');
  await openSwitcher(portal, 'Paper Lantern Press');
  await page.getByRole('searchbox', { name: 'Find a profile' }).fill('#204');
  await profile(page, 'Quill Editions').click();
  await expect(portal.menuButton('Quill Editions')).toBeVisible();
  await expect(portal.heading('Team permissions')).toBeFocused();
  await expect(portal.table).toBeVisible();
  await expect(page).toHaveURL('/user/team/permissions?find=a');
});

test('many profiles are searched, twins have their numbers, and those that are not active say so', async ({ page, portal }) => {
  await portal.signIn(NORA);
  await expect(portal.heading('Choose a profile')).toBeVisible();
  const opened = await openSwitcher(portal, NORA.name);
  await expect(opened.getByRole('listitem')).toHaveCount(32);
  const search = opened.getByRole('searchbox', { name: 'Find a profile' });
  await expect(search).toBeFocused();
  await search.fill('quill editions');
  const said = opened.getByRole('status').filter({ hasText: /./ });
  await expect(said).toHaveText('2 of 32 profiles');
  await expect(opened.getByRole('button', { name: /#204/ })).toBeVisible();
  await expect(opened.getByRole('button', { name: /#205/ })).toBeVisible();
  await search.fill('#207');
  const inactive = opened.getByRole('listitem').getByRole('button');
  await expect(inactive).toHaveAttribute('aria-disabled', 'true');
  await expect(inactive).toHaveAccessibleDescription('This profile is not active, so it cannot be used.');
  await search.fill('zzzz');
  await expect(said).toHaveText('No profile found');
  await page.keyboard.press('Escape');
  await expect(search).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
});

test('the whole choice, with the members of teams, is one link away and comes back to the page', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await openSwitcher(portal, MARIA.name);
  await page.getByRole('link', { name: 'Choose a profile or a team member' }).click();
  await expect(portal.heading('Choose a profile')).toBeFocused();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Sign in as a team member' })).toBeVisible();
  await portal.ownProfile(MARIA.name).click();
  await expect(page).toHaveURL(LUMEN_PAGE);
});

test('from the choice of profiles the dialog leads where the choice would have led', async ({ page, portal }) => {
  await portal.signIn(LEO, { at: '/sign-in?next=/user/impersonation-history' });
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await openSwitcher(portal, LEO.name);
  await profile(page, LEOS_STUDIO.name).click();
  await expect(portal.menuButton(LEOS_STUDIO.name)).toBeVisible();
  await expect(page).toHaveURL('/user/impersonation-history');
});

test('while acting the command says why no profile can be taken, and stays where it is', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await portal.menuButton(AISHA.name).press('Enter');
  const command = page.getByRole('menuitem', { name: 'Switch profile' });
  await expect(command).toBeFocused();
  await expect(command).toHaveAttribute('aria-disabled', 'true');
  await expect(command).toHaveAccessibleDescription(
    `You are acting as ${AISHA.name}. Return to your account to change your profile.`,
  );
  await page.keyboard.press('Enter');
  await expect(command).toBeFocused();
  await expect(dialog(page)).toHaveCount(0);
});

test('while many are changed no profile is taken, with the reason, until it is done', async ({ page, portal }) => {
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.all.check();
  await many.turn('Purchase products', false);
  await many.go();
  await many.button('Pause').click();
  await expect(many.told).toHaveText(/^Paused: /);
  const opened = await openSwitcher(portal, MARIA.name);
  const other = profile(page, MARIAS_COMPANY.name);
  await expect(other).toHaveAttribute('aria-disabled', 'true');
  await expect(other).toHaveAccessibleDescription(
    'Many members are being changed. Wait until that is done, or cancel it, before you switch profiles.',
  );
  await other.press('Enter');
  await expect(opened).toBeVisible();
  expect(puts()).toBe(0);
  await opened.getByRole('button', { name: 'Cancel' }).click();
  await many.button('Cancel the rest').click();
  await openSwitcher(portal, MARIA.name);
  await other.click();
  await expect(portal.menuButton(MARIAS_COMPANY.name)).toBeVisible();
});

test.describe('where profiles are taken by impersonation', () => {
  test.use({ serverArgs: ['--profile-choice', 'impersonate'] });

  test('the switch goes through one token and one exchange, to the same user, without a banner', async ({ page, portal, guard }) => {
    const [puts, starts, exchanges] = [
      countRequests(page, 'PUT', CURRENT_PROFILE),
      countRequests(page, 'GET', IMPERSONATE),
      countRequests(page, 'POST', EXCHANGE),
    ];
    await asLeo(portal);
    await openSwitcher(portal, LEO.name);
    await profile(page, LEOS_STUDIO.name).click();
    await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    await expect(portal.banner).toHaveCount(0);
    expect([puts(), starts(), exchanges()]).toEqual([0, 1, 1]);
    expect(await guard.tokens('acting')).toEqual([]);
  });
});

test.describe('in several tabs and on several devices', () => {
  const told = (name: string) => `Your profile was changed to ${name} in another tab or on another device.`;

  test('a switch in one tab is told in the other, whose page is that profile’s', async ({ portal, openTab, guard, recorder }) => {
    guard.kept = true;
    await portal.page.goto('/sign-in');
    await portal.keep.check();
    await portal.fillIn(LEO.email, PASSWORD);
    await portal.submit.click();
    await portal.ownProfile(LEO.name).click();
    const other = await openTab();
    await other.page.goto('/');
    await expect(other.heading(`Welcome, ${LEO.name}`)).toBeVisible();
    recorder.clear();
    await openSwitcher(portal, LEO.name);
    await profile(portal.page, LEOS_STUDIO.name).click();
    await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    await expect(other.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    await expect(other.said(told(LEOS_STUDIO.name))).toBeVisible();
    await expect(portal.said(told(LEOS_STUDIO.name))).toHaveCount(0);
  });

  test('a switch while another tab loads is noticed by that tab, whatever it has asked before', async ({ portal, openTab, guard }) => {
    guard.kept = true;
    await portal.keepSignedIn(LEO);
    await portal.ownProfile(LEO.name).click();
    await openSwitcher(portal, LEO.name);
    const other = await openTab();
    const inside = await hold(other.page, 'GET', /\/split_inside-[^/]*\.wasm$/);
    const asked = other.page.waitForResponse(/\/coworkers\/profiles(\?|$)/);
    await other.page.goto('/', { waitUntil: 'commit' });
    await asked;
    await profile(portal.page, LEOS_STUDIO.name).click();
    await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    inside.letGo();
    await expect(other.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
    await expect(other.said(told(LEOS_STUDIO.name))).toBeVisible();
  });

  test('a switch is noticed by other tabs also where its own is closed before it knows', async ({ portal, openTab, guard }) => {
    guard.kept = true;
    await portal.keepSignedIn(LEO);
    await portal.ownProfile(LEO.name).click();
    const other = await openTab();
    await other.page.goto('/');
    await expect(other.heading(`Welcome, ${LEO.name}`)).toBeVisible();
    await openSwitcher(portal, LEO.name);
    const look = await hold(portal.page, 'GET', /\/coworkers\/profiles(\?|$)/);
    await profile(portal.page, LEOS_STUDIO.name).click();
    await expect.poll(look.count).toBe(1);
    await portal.page.close();
    await expect(other.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  });

  test('a switch on another device is noticed when the page has the focus again, and told', async ({ page, portal, server }) => {
    await asLeo(portal);
    await page.clock.install();
    const elsewhere = await server.bearer(LEO.email, PASSWORD);
    const path = `/api/public/coworkers/profiles/current?coworkerId=${LEOS_ATELIER.id}`;
    expect((await server.api('PUT', path, elsewhere)).ok).toBe(true);
    await page.clock.setSystemTime(Date.now() + 30_000);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(portal.heading(`Welcome, ${LEOS_ATELIER.name}`)).toBeVisible();
    await expect(portal.said(told(LEOS_ATELIER.name))).toBeVisible();
  });

  test('a switch on another device on a page that the profile cannot open asks for the one that can', async ({
    page,
    portal,
    server,
    guard,
  }) => {
    guard.expectStatus(403, 404);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await expect(portal.table).toBeVisible();
    await page.clock.install();
    const elsewhere = await server.bearer(MARIA.email, PASSWORD);
    const path = `/api/public/coworkers/profiles/current?coworkerId=${MARIAS_COMPANY.id}`;
    expect((await server.api('PUT', path, elsewhere)).ok).toBe(true);
    await page.clock.setSystemTime(Date.now() + 30_000);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(portal.said(told(MARIAS_COMPANY.name))).toBeVisible();
    await expect(portal.main).toContainText(`${MARIA.name} administers this team. Switch to this profile?`);
    await expect(page).toHaveURL(LUMEN_PAGE);
    await page.getByRole('button', { name: `Switch to ${MARIA.name}` }).click();
    await expect(portal.impersonate(AISHA.name)).toBeVisible();
  });
});

test('the switch works by keyboard alone', async ({ page, portal }) => {
  await asLeo(portal);
  await tabTo(page, portal.menuButton(LEO.name));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await tabTo(page, profile(page, LEOS_ATELIER.name));
  await page.keyboard.press('Enter');
  await expect(portal.heading(`Welcome, ${LEOS_ATELIER.name}`)).toBeFocused();
});

test('axe finds nothing on the dialog, by light and by dark, and 320 pixels are wide enough', async ({ page, portal }) => {
  await portal.signIn(NORA);
  await openSwitcher(portal, NORA.name);
  await expectAccessible(page, 'light', 'dark');
  await page.setViewportSize({ width: 320, height: 700 });
  await expectToFit(page, 320);
  const wide = await dialog(page).evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(wide, 'pixels that the dialog scrolls sideways').toBeLessThanOrEqual(0);
  await expectAccessible(page, 'light');
});
