import { expectAccessible, expectAccessibleInForcedColours } from '../support/axe.ts';
import { PERMISSIONS, expect, test } from '../support/fixtures.ts';
import { Members } from '../support/members.ts';
import { AISHA, JONAS, MARIA, PASSWORD } from '../support/people.ts';
import { expectReachable } from '../support/reach.ts';
import type { Server } from '../support/server.ts';
import { speak } from '../support/speak.ts';
import { expectToFit } from '../support/width.ts';

/** Aisha may book for the team, by somebody else's hand. */
async function changeMeanwhile(server: Server): Promise<void> {
  const bearer = await server.bearer(JONAS.email, PASSWORD);
  const flags = { IsTeamAdministrator: false, CanMakeBookings: false, CanBookForTeam: true };
  const others = { CanPurchaseProducts: true, CanPurchaseEvents: false, CanAccessCommunity: true };
  const body = { ...flags, ...others, AccessCardId: 'OTHER' };
  const reply = await server.api('PUT', `/api/public/teams/55/permissions/${AISHA.id}`, bearer, body);
  expect(reply.status).toBe(200);
}

const STATES: Record<string, (members: Members, server: Server) => Promise<void>> = {
  'the table': async () => {},
  'the filters, open and narrowed': async (members) => {
    await members.filter('Make bookings', 'On');
    await members.filter('Sort by', 'Role, other way round');
  },
  'selected rows': async (members) => {
    await members.select(AISHA.name).check();
    await members.select(JONAS.name).check();
  },
  'the question before many are changed': async (members) => {
    await members.select(AISHA.name).check();
    await members.select(MARIA.name).check();
    await members.page.getByRole('combobox', { name: 'Permission', exact: true }).selectOption('Team administrator');
    await members.button('Turn off for all').click();
    await expect(members.dialog).toBeVisible();
  },
  'whom to copy permissions from': async (members) => {
    await members.select(AISHA.name).check();
    await members.button('Copy permissions from…').click();
    await expect(members.dialog).toBeVisible();
  },
  'a change to many that is paused': async (members) => {
    for (const name of [AISHA.name, 'Björn Þórsson', 'Chloé Dubois']) await members.select(name).check();
    await members.page.getByRole('combobox', { name: 'Permission', exact: true }).selectOption('Purchase event tickets');
    await members.page.route(PERMISSIONS, () => {});
    await members.button('Turn on for all').click();
    await members.dialog.getByRole('button', { name: /^Change / }).click();
    await members.button('Pause').click();
    await expect(members.button('Go on')).toBeVisible();
  },
  'a change to many that has failed': async (members) => {
    for (const name of [AISHA.name, 'Björn Þórsson']) await members.select(name).check();
    await members.page.route(PERMISSIONS, (route) => route.fulfill({ status: 500 }));
    await members.button('Turn off for all').click();
    await members.dialog.getByRole('button', { name: /^Change / }).click();
    await expect(members.button('Try the failed again')).toBeVisible({ timeout: 30_000 });
  },
  'all that can be changed of a member, with what they would be offered': async (members) => {
    await members.manage(AISHA.name).click();
    await members.page.getByText(/^See as /).click();
    await members.page.getByRole('textbox', { name: 'Access card' }).fill('more than fifteen');
  },
  'the question before changes are discarded': async (members) => {
    await members.manage(AISHA.name).click();
    await members.page.getByRole('textbox', { name: 'Access card' }).fill('NEW');
    await members.button('Cancel').click();
    await expect(members.button('Discard the changes')).toBeVisible();
  },
  'what somebody else has changed meanwhile': async (members, server) => {
    await changeMeanwhile(server);
    await members.portal.permission('Make bookings', AISHA.name).click();
    await members.portal.permission('Book for team', AISHA.name).click();
    await expect(members.page.getByText(/ meanwhile/).first()).toBeVisible();
  },
  'people to add, not all of them right': async (members) => {
    await members.button('Add members').click();
    await members.page.getByRole('textbox', { name: 'People' }).fill('Ada, ada@example.org\nGrace\ngrace@');
    await members.dialog.getByRole('button', { name: 'Add members' }).click();
    await expect(members.dialog).toContainText('Line 2');
  },
  'the question before a removal': async (members) => {
    await members.manage(AISHA.name).click();
    await members.button('Remove from the team').click();
    await expect(members.page.getByRole('dialog', { name: `Remove ${AISHA.name} from the team?` })).toBeVisible();
  },
  'nobody found': async (members) => {
    await members.search.fill('zzzz');
    await expect(members.portal.main).toContainText('Nobody by that name');
  },
  'nobody like that': async (members) => {
    await members.filter('Role', 'Not active');
    await members.filter('Team administrator', 'On');
    await expect(members.portal.main).toContainText('No member matches');
  },
};

for (const [name, arrange] of Object.entries(STATES)) {
  test(`axe finds nothing on ${name}, and nothing is out of reach however it is shown`, async ({
    page,
    portal,
    server,
    guard,
  }) => {
    test.setTimeout(180_000);
    guard.expectStatus(500);
    const members = await Members.open(portal);
    await arrange(members, server);
    await expectAccessible(page, 'light', 'dark');
    await members.expectNoSidewaysScroll();
    await expectAccessibleInForcedColours(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await expectAccessible(page, 'light');
    await members.expectNoSidewaysScroll();
    await expectReachable(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await members.expectNoSidewaysScroll();
    await expectReachable(page);
    await expectAccessible(page, 'light');
  });
}

test('on a phone with text of 200 % a card holds its buttons, and so does the dialog', async ({ page, portal }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const members = await Members.open(portal);
  await expect(members.manage(AISHA.name)).toBeVisible();
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await expectToFit(page, 390);
  await members.manage(AISHA.name).click();
  const dialog = await members.dialog.boundingBox();
  for (const name of ['Remove from the team', 'Cancel', 'Save permissions']) {
    const button = await members.button(name).boundingBox();
    expect(button?.x, name).toBeGreaterThanOrEqual(dialog?.x ?? Infinity);
    expect((button?.x ?? Infinity) + (button?.width ?? 0), name).toBeLessThanOrEqual((dialog?.x ?? 0) + (dialog?.width ?? 0));
  }
});

test('on a phone with text of 200 % the cards are as wide as the phone in every language', async ({ page, portal }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await Members.open(portal);
  for (const language of ['de', 'es', 'fr', 'it', 'pt']) {
    await speak(page, language);
    await expect(page.getByRole('rowheader').first()).toBeVisible();
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await expectToFit(page, 390);
    await page.locator('.cell-actions button').first().click();
    const tooLong = page.locator('dialog[open] button').filter({ visible: true });
    await expect(tooLong.last()).toBeVisible();
    const out = await tooLong.evaluateAll((buttons) => buttons.filter((button) => button.scrollWidth > button.clientWidth).map((button) => button.textContent));
    expect(out, 'runs out of its button').toEqual([]);
    await page.keyboard.press('Escape');
  }
});
