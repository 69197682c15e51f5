import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { History } from '../support/history.ts';
import { tabTo } from '../support/keyboard.ts';
import { AISHA, JONAS, LEO, MARIA, TOMAS } from '../support/people.ts';
import { expectToFit } from '../support/width.ts';

const PROFILE = /\/api\/public\/coworker\/profile$/;
const FORMULA = '=HYPERLINK("http://evil.example";"Fix their booking")';

test('what was changed as somebody else is listed on the return, in the history and until it is dismissed', async ({
  page,
  portal,
}) => {
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await history.actWithOneChange();
  await expect(portal.said('You changed one thing.')).toHaveCount(1);
  await expect(history.summary).toHaveAccessibleName(`What you changed as ${JONAS.name}`);
  await expect(history.summary.getByRole('listitem')).toHaveText(/^Changed details: done /);
  await history.summary.getByRole('link', { name: 'Impersonation history' }).click();
  await expect(portal.heading('Impersonation history')).toBeFocused();
  await expect(history.rows).toHaveCount(1);
  await expect(history.rows.getByRole('cell')).toContainText([
    JONAS.name,
    'Correct a booking they asked about',
    'Full access',
    'You returned',
    '1 change',
  ]);
  await expect(history.rows.locator('time').first()).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  await history.rows.getByText('1 change').click();
  await expect(history.rows.getByRole('listitem')).toHaveText(/^Changed details: done /);
  await history.summary.getByRole('button', { name: 'Dismiss' }).click();
  await expect(history.summary).toHaveCount(0);
  await expect(portal.heading('Impersonation history')).toBeFocused();
  await portal.follow('/sign-in/profiles');
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await expect(history.summary).toHaveCount(0);
});

test('without a change there is nothing to list, and the next start takes away what was listed', async ({
  page,
  portal,
}) => {
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await history.actWithOneChange();
  await expect(history.summary).toBeVisible();
  await portal.actAs(AISHA.name);
  await expect(history.summary).toHaveCount(0);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(portal.said('Nothing was changed.')).toHaveCount(1);
  await expect(history.summary).toHaveCount(0);
  await history.open();
  await expect(history.rows.locator('td:last-child')).toHaveText(['None', /^1 change/]);
});

test('what failed, and what was not answered, is listed as that', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  guard.expectNoNetwork();
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(JONAS.name, 'Full access');
  await page.getByRole('button', { name: 'Change details' }).click();
  await page.getByRole('textbox', { name: 'Company' }).fill('Weber & Co');
  await page.route(PROFILE, (route) => route.fulfill({ status: 400 }));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(portal.alert).toContainText('E400');
  await page.unroute(PROFILE);
  await page.route(PROFILE, (route) => route.abort('connectionreset'));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(portal.alert).toContainText('E-OFFLINE');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Discard the changes' }).click();
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(history.summary.getByRole('listitem')).toHaveText([
    /^Changed details: failed \(E400\) /,
    /^Changed details: answer not seen /,
  ]);
});

test('a change that was refused because the session was over was not made, and is told as that', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(401);
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(JONAS.name, 'Full access');
  await page.getByRole('button', { name: 'Change details' }).click();
  await page.getByRole('textbox', { name: 'Company' }).fill('Weber & Co');
  // When the change is on its way: what is read before it would be refused first.
  await page.route(/\/coworker\/profile$/, async (route) => {
    await server.revokeSessions(JONAS.email);
    await route.continue();
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await portal.expectOwn(MARIA);
  await expect(portal.said(/^The server ended your session as .*Nothing was changed\./)).toHaveCount(1);
  await expect(history.summary).toHaveAccessibleName(`What you tried to change as ${JONAS.name}`);
  await expect(history.summary.getByRole('listitem')).toHaveText(/^Changed details: failed \(E401\) /);
});

test('sec_24_the_history_is_kept_exported_without_tokens_and_cleared_on_sign_out', async ({ page, portal, guard }) => {
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await history.actWithOneChange(FORMULA);
  await history.open();
  await page.reload();
  await expect(history.rows).toHaveCount(1);

  const csv = await history.download('Export as CSV');
  expect(csv.name).toMatch(/^impersonation-history-\d{4}-\d\d-\d\d\.csv$/);
  expect(csv.text).toContain(`"'${FORMULA.replaceAll('"', '""')}"`);
  expect(csv.text).toMatch(/Changed details: done/);
  expect(csv.text.startsWith('\ufeff"Started",')).toBe(true);

  const json = await history.download('Export as JSON');
  expect(json.name).toMatch(/^impersonation-history-\d{4}-\d\d-\d\d\.json$/);
  expect(JSON.parse(json.text)).toMatchObject([
    {
      by: { profile: MARIA.id, name: MARIA.name },
      as: { profile: JONAS.id, name: JONAS.name },
      reason: FORMULA,
      access: 'Full access',
      howItEnded: 'You returned',
      steps: [{ what: 'Changed details', outcome: 'done' }],
    },
  ]);

  const tokens = [...(await guard.tokens('own')), ...(await guard.tokens('acting')), ...(await guard.tokens('one-time'))];
  expect(tokens.length).toBeGreaterThanOrEqual(3);
  const kept = await page.evaluate(() => sessionStorage.getItem('portal.ledger') ?? '');
  expect(kept).toContain(JONAS.name);
  for (const token of tokens) {
    for (const text of [csv.text, json.text, kept]) expect(text.includes(token), 'a token').toBe(false);
  }

  await portal.signOut(MARIA.name);
  expect(await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).not.toContain(JONAS.name);
  await portal.fillIn(MARIA.email, 'harbour-demo');
  await portal.submit.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await history.open();
  await expect(portal.main).toContainText('Nothing yet');
  await expect(history.table).toHaveCount(0);
});

test('sec_24_another_person_in_the_same_tab_sees_nothing_of_the_history', async ({ page, portal, server, guard }) => {
  guard.expectStatus(401, 400);
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await history.actWithOneChange();
  await server.revokeSessions(MARIA.email);
  await page.reload();
  await expect(portal.heading('Sign in')).toBeVisible();
  await portal.fillIn(TOMAS.email, 'harbour-demo');
  await portal.submit.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await expect(history.summary).toHaveCount(0);
  await history.open();
  await expect(portal.main).toContainText('Nothing yet');
  expect(await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).not.toContain(JONAS.name);
});

test('sec_24_while_acting_nothing_of_ones_own_history_is_shown_and_nothing_leads_to_it', async ({ page, portal }) => {
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await history.actWithOneChange();
  await portal.actAs(AISHA.name);
  await expect(await history.item(AISHA.name)).toHaveCount(0);
  // The menu is called Aisha Khan, whom it does not sign out.
  await expect(page.getByRole('menuitem', { name: `Sign out of ${MARIA.name}'s account` })).toBeVisible();
  await page.keyboard.press('Escape');
  await history.open();
  await expect(portal.main).toContainText('Return to your account to see your history.');
  await expect(history.table).toHaveCount(0);
  await expect(portal.main).not.toContainText(JONAS.name);
  await expect(page.getByRole('button', { name: /^Export/ })).toHaveCount(0);
});

test('a page that was loaded again while acting is what ended the session', async ({ page, portal }) => {
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await page.reload();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await (await history.item(MARIA.name)).click();
  await expect(history.rows).toHaveCount(1);
  await expect(history.rows).toContainText('The page was loaded again');
  await page.goto('/sign-in/profiles');
  await portal.actAs(AISHA.name);
  await page.goto('/user/impersonation-history');
  await expect(history.rows, 'on the page itself, too').toHaveCount(2);
});

test('the newest session is first, with why more was allowed', async ({ page, portal }) => {
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(LEO.name);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await portal.actAs(AISHA.name);
  await history.raise('They asked for it');
  await history.changeCompany('Khan');
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await history.open();
  await expect(history.rows).toHaveText([new RegExp(AISHA.name), new RegExp(LEO.name)]);
  await expect(history.rows.first()).toContainText('Full access');
  await history.rows.first().getByText('1 change').click();
  await expect(history.rows.first().getByRole('listitem')).toHaveText([
    /^Full access taken: They asked for it /,
    /^Changed details: done /,
  ]);
});

test('a session without changes says so, and what happened in it all the same', async ({ page, portal }) => {
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await history.raise('They asked for it');
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await history.open();
  await expect(history.rows.first().getByRole('cell').last()).toContainText('None');
  await history.rows.first().getByText('What happened').click();
  await expect(history.rows.first().getByRole('listitem')).toHaveText([/^Full access taken: They asked for it /]);
});

test('a member who administers nobody has no history to open', async ({ page, portal }) => {
  await portal.signIn(AISHA);
  await expect(await new History(page, portal).item(AISHA.name)).toHaveCount(0);
});

test('the history is the page one came for, through signing in', async ({ page, portal }) => {
  await portal.signIn(MARIA, { at: '/user/impersonation-history' });
  await portal.ownProfile(MARIA.name).click();
  await expect(portal.heading('Impersonation history')).toBeVisible();
  await expect(page).toHaveURL('/user/impersonation-history');
});

test('by keyboard alone the history is reached, opened and exported, without a network', async ({
  page,
  context,
  portal,
  guard,
}) => {
  // The choice of profiles, where one is back, may be reading who is in the team.
  guard.expectNoNetwork();
  const history = new History(page, portal);
  await portal.signInToProfiles(MARIA);
  await history.actWithOneChange();
  await context.setOffline(true);
  await tabTo(page, portal.menuButton(MARIA.name));
  await page.keyboard.press('Enter');
  await page.keyboard.press('i');
  await page.keyboard.press('Enter');
  await expect(portal.heading('Impersonation history')).toBeFocused();
  const steps = history.rows.locator('summary');
  await tabTo(page, steps);
  await page.keyboard.press('Enter');
  await expect(history.rows.getByRole('listitem')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Export as CSV' }));
  const coming = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect(await readFile(await (await coming).path(), 'utf8')).toContain(JONAS.name);
  await context.setOffline(false);
});

const STATES: Record<string, (history: History) => Promise<void>> = {
  'the empty history': async (history) => history.open(),
  'the history': async (history) => {
    await history.actWithOneChange();
    await history.open();
    await history.rows.getByText('1 change').click();
  },
  'what was changed as somebody else': async (history) => {
    await history.actWithOneChange();
    await expect(history.summary).toBeVisible();
  },
  'the history while acting': async (history) => {
    await history.portal.actAs(AISHA.name);
    await history.open();
  },
};

for (const [what, reach] of Object.entries(STATES)) {
  test(`axe finds nothing on ${what}, by light and by dark, and 320 pixels are wide enough`, async ({ page, portal }) => {
    await portal.signInToProfiles(MARIA);
    await reach(new History(page, portal));
    await expectAccessible(page, 'light', 'dark');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectToFit(page, 320);
    await expectAccessible(page, 'light');
  });
}
