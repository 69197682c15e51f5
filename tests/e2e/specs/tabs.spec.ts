import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { AISHA, LEO, LUMEN, MARIA, ONLY_LEOS, ONLY_MARIAS, PASSWORD } from '../support/people.ts';
import { Portal } from '../support/portal.ts';

const NOTE = (name: string) => `You are acting as ${name} in another tab. In this tab you are ${MARIA.name}.`;

/** What the browser does with a page that comes out of its back/forward cache. */
async function comeOutOfTheCache(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load');
  const painted = await page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    const painted = document.body.getClientRects().length;
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    return painted;
  });
  expect(painted, 'nothing is painted until the page is loaded anew').toBe(0);
  await loaded;
}

test('p05_acting_in_one_tab_leaves_the_other_itself_and_it_says_so_until_acting_ends', async ({
  portal,
  openTab,
  guard,
}) => {
  guard.kept = true;
  await portal.keepSignedIn(MARIA);
  const other = await openTab();
  await other.page.goto('/');
  await expect(other.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await portal.actAs(AISHA.name);
  await expect(other.said(NOTE(AISHA.name))).toBeVisible();
  await other.expectOwn(MARIA);
  await other.page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(other.impersonate(AISHA.name)).toBeVisible();
  await expect(other.said(NOTE(AISHA.name))).toBeVisible();
  await portal.returnButton.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await expect(other.said('in another tab')).toHaveCount(0);
});

test('sec_13_a_tab_opened_while_another_acts_is_oneself_and_says_so', async ({ portal, openTab, guard }) => {
  guard.kept = true;
  await portal.keepSignedIn(MARIA);
  await portal.actAs(AISHA.name);
  const other = await openTab();
  await other.page.goto('/');
  await expect(other.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await expect(other.said(NOTE(AISHA.name))).toBeVisible();
  await other.expectOwn(MARIA);
});

test('a tab that is duplicated while one acts is oneself, and does not say that acting has ended', async ({
  page,
  portal,
  guard,
}) => {
  guard.kept = true;
  await portal.keepSignedIn(MARIA);
  await portal.actAs(AISHA.name);
  await portal.expectToHoldLock('portal.acts.');
  // What is opened in this way begins with a copy of the storage of this tab, as a duplicate does.
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void window.open(location.href));
  const twin = new Portal(await opened);
  await expect(twin.said(NOTE(AISHA.name))).toBeVisible();
  await twin.expectOwn(MARIA);
  await expect(twin.page.getByText('was loaded again')).toHaveCount(0);
  await expect(portal.returnButton).toBeVisible();
  await page.reload();
  await expect(page.getByText('was loaded again')).not.toHaveCount(0);
});

test('who acts is known to the other tabs also when the browser takes the lock back that it has just granted', async ({
  page,
  portal,
  openTab,
  guard,
}) => {
  guard.kept = true;
  // As Chromium does when it grants one while the page opens a window.
  await page.addInitScript(() => {
    const request = LockManager.prototype.request as (...all: unknown[]) => Promise<unknown>;
    let refused = false;
    LockManager.prototype.request = function (this: LockManager, ...all: unknown[]) {
      if (refused || !String(all[0]).startsWith('portal.acts.')) return request.apply(this, all);
      refused = true;
      return Promise.reject(new Error('The provided callback is no longer runnable.'));
    } as typeof LockManager.prototype.request;
  });
  await portal.keepSignedIn(MARIA);
  await portal.actAs(AISHA.name);
  await portal.expectToHoldLock('portal.acts.');
  const other = await openTab();
  await other.page.goto('/');
  await expect(other.said(NOTE(AISHA.name))).toBeVisible();
});

test('a reload makes nobody somebody else who has signed in to stay meanwhile', async ({ portal, openTab, guard }) => {
  guard.kept = true;
  const other = await openTab();
  await other.page.goto('/sign-in');
  await expect(other.heading('Sign in')).toBeVisible();
  await portal.keepSignedIn(MARIA);
  await other.keep.check();
  await other.fillIn(LEO.email, PASSWORD);
  await other.submit.click();
  await other.expectOwn(LEO);

  await portal.page.reload();
  await portal.expectOwn(MARIA);
  await other.page.reload();
  await other.expectOwn(LEO);

  // A page that was thrown away had no time to keep anything for its tab.
  await portal.page.evaluate(() => sessionStorage.removeItem('portal.session'));
  await portal.page.reload();
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.said('Somebody else has signed in in this browser meanwhile.')).toBeVisible();
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  await portal.expectOwn(MARIA);
  await other.page.reload();
  await other.expectOwn(LEO);
});

test('whoever is kept and was followed by somebody who has signed out again is still there after a reload', async ({
  portal,
  openTab,
  guard,
}) => {
  guard.kept = true;
  const other = await openTab();
  await other.page.goto('/sign-in');
  await portal.keepSignedIn(MARIA);
  await other.keep.check();
  await other.fillIn(LEO.email, PASSWORD);
  await other.submit.click();
  await other.expectOwn(LEO);
  await other.signOut(LEO.name);
  await portal.page.reload();
  await portal.expectOwn(MARIA);
  await portal.signOut(MARIA.name);
  await portal.page.reload();
  await expect(portal.heading('Sign in')).toBeVisible();
});

for (const [what, before] of [
  ['is closed', () => {}],
  // As in a browser that lets nothing be told any more by a page that is closed.
  ['breaks without a word', () => void (BroadcastChannel.prototype.postMessage = () => {})],
] as const) {
  test(`a tab that acts and ${what} no longer counts`, async ({ portal, openTab, guard }) => {
    guard.kept = true;
    await portal.keepSignedIn(MARIA);
    const other = await openTab();
    await other.page.goto('/');
    await portal.actAs(AISHA.name);
    await expect(other.said(NOTE(AISHA.name))).toBeVisible();
    await portal.page.evaluate(before);
    await portal.page.close({ runBeforeUnload: true });
    await expect(other.said('in another tab')).toHaveCount(0);
  });
}

test('sec_12_a_forged_or_malformed_message_of_another_tab_changes_nothing', async ({ portal, openTab }) => {
  await portal.signInToProfiles(MARIA);
  const other = await openTab();
  await other.page.goto('/sign-in');
  const account = await portal.page.evaluate(() => (JSON.parse(sessionStorage.getItem('portal.session') ?? '{}') as { user?: number }).user);
  expect(account).toEqual(expect.any(Number));
  await other.page.evaluate((account) => {
    const channel = new BroadcastChannel('portal');
    const forged = { news: 'acting', tab: 1, user: 424242, name: 'Mallory' };
    const gone = { news: 'signed_out', user: account, at: Date.now() };
    for (const text of ['{"news":"signed_out"}', JSON.stringify(gone), JSON.stringify(forged), '{', '', 'null']) channel.postMessage(text);
    channel.postMessage({ news: 'signed_out' });
    channel.close();
  }, account);
  await portal.ownProfile(MARIA.name).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await expect(portal.said('in another tab')).toHaveCount(0);
});

test('p04_no_frame_mixes_two_people_there_about_back_forward_and_back_again', async ({
  page,
  portal,
  recorder,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(LEO.name);
  await portal.follow('/sign-in/profiles');
  await expect(portal.ownProfile('Martin Photography')).toBeVisible();
  await page.goBack();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
  await page.goBack();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await expect(portal.ownProfile('Martin Photography')).toBeVisible();
  await page.goForward();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await expect(page).toHaveURL('/sign-in/profiles');
  for (let steps = 0; steps < 2; steps += 1) {
    await page.goBack();
    await portal.expectOwn(MARIA);
  }
  await page.goForward();
  await portal.expectOwn(MARIA);
  await page.reload();
  await portal.expectOwn(MARIA);
  recorder.expectNeverMixed({ own: ONLY_MARIAS, others: ONLY_LEOS });
});

test('p04_a_reply_of_ones_own_that_comes_late_is_never_shown_while_acting', async ({ page, portal, recorder }) => {
  await portal.signInToProfiles(MARIA);
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(
    /\/teams\/\d+\/profile/,
    async (route) => {
      await held;
      // By then the portal has given the request up.
      await route.continue().catch(() => undefined);
    },
    // The page of the profiles asks once more, on its own.
    { times: 1 },
  );
  const asked = page.waitForRequest(/\/teams\/\d+\/profile/);
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await asked;
  await portal.menuButton(MARIA.name).click();
  await page.getByRole('menuitem', { name: 'Switch profile' }).click();
  await page.getByRole('link', { name: 'Choose a profile or a team member' }).click();
  await portal.actAs(LEO.name);
  answer();
  await portal.follow('/sign-in/profiles');
  await expect(portal.ownProfile('Martin Photography')).toBeVisible();
  recorder.expectNeverMixed({ own: ONLY_MARIAS, others: ONLY_LEOS });
});

test('after signing out, Back, Forward and loading again show nobody', async ({ page, portal, recorder }) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${LUMEN.id}`);
  await expect(portal.impersonate(AISHA.name)).toBeVisible();
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await portal.signOut(MARIA.name);
  recorder.clear();
  for (const move of [() => page.goBack(), () => page.goForward(), () => page.reload()]) {
    await move();
    await expect(portal.heading('Sign in')).toBeVisible();
  }
  await page.goto(`/user/team/permissions/${LUMEN.id}`);
  await expect(portal.heading('Sign in')).toBeVisible();
  expect(recorder.count).toBeGreaterThan(0);
  recorder.expectNever([...ONLY_MARIAS, AISHA.name, LUMEN.name]);
});

test('sec_33_the_next_person_to_sign_in_sees_nothing_of_the_one_before', async ({ page, portal, recorder }) => {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIA.name).click();
  await page.getByRole('link', { name: LUMEN.name }).click();
  await expect(portal.impersonate(AISHA.name)).toBeVisible();
  await portal.signOut(MARIA.name);
  recorder.clear();
  await portal.fillIn(LEO.email, PASSWORD);
  await portal.submit.click();
  await portal.ownProfile(LEO.name).click();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL('/');
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
  await portal.follow('/user/team/permissions');
  await expect(portal.heading('Team permissions')).toBeVisible();
  recorder.expectNever([MARIA.name, MARIA.email, 'Santos Consulting', AISHA.name, LUMEN.name]);
});

test('sec_30_a_page_out_of_the_back_forward_cache_is_proved_anew_and_acting_has_ended', async ({ page, portal, recorder }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(LEO.name);
  await comeOutOfTheCache(page);
  recorder.clear();
  await portal.expectOwn(MARIA);
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  recorder.expectNever(ONLY_LEOS);
});

test('a page out of the back/forward cache after a sign-out elsewhere shows nobody', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(400, 401);
  await portal.signInToProfiles(MARIA);
  await server.revokeSessions(MARIA.email);
  await comeOutOfTheCache(page);
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.main).not.toContainText(MARIA.name);
});
