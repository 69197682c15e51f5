import { expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN, MARIA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';

const FILTERED = `/user/team/permissions/${LUMEN.id}?find=aisha`;

/** Breaks the page: from here on the browser refuses to make elements, which no code of the portal reckons with. */
async function breakThePage(portal: Portal, name: string): Promise<void> {
  await portal.page.evaluate(() => {
    document.createElement = () => {
      throw new Error('broken on purpose');
    };
  });
  // A reply that comes in just now breaks it even before the press.
  const press = portal.menuButton(name).click({ timeout: 5_000 }).catch(() => undefined);
  await expect(portal.heading('Something went wrong')).toBeVisible();
  await press;
}

test('sec_38_a_page_that_breaks_while_acting_leaves_a_way_back_to_ones_own_account', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectPanic();
  await portal.signInToPermissions(MARIA, FILTERED);
  await portal.actFromPermissions(AISHA.name);
  await breakThePage(portal, AISHA.name);
  await expect(page.getByText(AISHA.name)).toHaveCount(0);
  await expect(page).toHaveTitle('Something went wrong');
  const [acting] = await guard.tokens('acting');
  await expect
    .poll(() => server.whoami(acting), {
      message: 'acting is over on the server too',
    })
    .toBe(401);
  await portal.link('Return to my account').click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  // With what was searched for and filtered by.
  await expect(page).toHaveURL(FILTERED);
  await expect(page.getByRole('searchbox', { name: 'Find a member' })).toHaveValue('aisha');
  await portal.expectOwn(MARIA);
  await expect(portal.said(`ended your session as ${AISHA.name}`)).toHaveCount(1);
});

test('sec_38_the_screen_of_a_broken_page_offers_to_return_and_to_sign_out', async ({ page, portal, server, openTab, guard }) => {
  guard.expectPanic();
  const other = await openTab();
  await other.signIn(MARIA);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const own = (JSON.parse((await portal.storedCredential()) ?? '{}') as { access: string }).access;
  await breakThePage(portal, AISHA.name);
  await expect(portal.link('Return to my account')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(page.getByText('You have signed out.')).toBeVisible();
  await expect(page).toHaveURL('/sign-in');
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
  await expect.poll(() => server.whoami(own)).toBe(401);
  await expect(other.page.getByText('You have signed out in another tab.')).toBeVisible();
});

test('a page that breaks while one is oneself offers to load the portal again', async ({ portal, guard }) => {
  guard.expectPanic();
  await portal.signInToPermissions(MARIA);
  await breakThePage(portal, MARIA.name);
  await portal.link('Load the portal again').click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
});

test('an address that asks to sign out without the word that was arranged signs nobody out', async ({ page, portal }) => {
  await portal.signIn(MARIA);
  for (const word of ['', 'x', '1']) {
    await page.goto(`/sign-in?leave=${word}`);
    await expect(portal.menuButton(MARIA.name)).toBeVisible();
  }
});
