import type { Page } from '@playwright/test';
import { PERMISSIONS, expect, test } from '../support/fixtures.ts';
import { loseReply } from '../support/faults.ts';
import { hold } from '../support/held.ts';
import { mailed } from '../support/mailed.ts';
import { Members, TALL } from '../support/members.ts';
import { painted } from '../support/painted.ts';
import { AISHA, JONAS, LEO, LEOS_ATELIER, LEOS_STUDIO, LUMEN, PASSWORD, TOMAS, VERA } from '../support/people.ts';
import { Profiles } from '../support/profiles.ts';
import type { Server } from '../support/server.ts';
import { TEAM } from '../support/team.ts';

// What one does while the answer to something else is on its way.

test.use({ viewport: TALL });

const MEMBER = /\/api\/public\/teams\/\d+\/members\/\d+$/;
const UNSAVED = 'What you have changed is not saved.';

test('what is changed in the dialog while it saves stays, and is saved next', async ({ page, portal, team }) => {
  const members = await Members.open(portal);
  const save = await hold(page, 'PUT', PERMISSIONS);
  await members.manage(AISHA.name).click();
  const flag = (name: string) => members.dialog.getByRole('switch', { name, exact: true });
  const card = members.dialog.getByRole('textbox', { name: 'Access card' });
  await flag('Book for team').click();
  await members.button('Save permissions').click();
  await expect.poll(save.count).toBe(1);
  await flag('Purchase event tickets').click();
  await card.fill('MEANWHILE');
  save.letGo();
  await expect(portal.said(`The permissions of ${AISHA.name} were saved.`)).toHaveCount(1);
  await expect(flag('Purchase event tickets')).toBeChecked();
  await expect(card).toHaveValue('MEANWHILE');
  await members.button('Save permissions').click();
  await expect(members.dialog).toHaveCount(0);
  expect(await team.of(AISHA.id)).toMatchObject({
    CanBookForTeam: true,
    CanPurchaseEvents: true,
    AccessCardId: 'MEANWHILE',
  });
});

test('what is put back in the dialog while it saves stays put back, and is saved next', async ({ page, portal, team }) => {
  const members = await Members.open(portal);
  for (const held of ['GET', 'PUT']) {
    const save = await hold(page, held, held === 'GET' ? TEAM : PERMISSIONS);
    await members.manage(AISHA.name).click();
    const flag = members.dialog.getByRole('switch', { name: 'Book for team', exact: true });
    await flag.click();
    await expect(flag).toBeChecked();
    await members.button('Save permissions').click();
    await expect.poll(save.count).toBe(1);
    await flag.click();
    await expect(flag).not.toBeChecked();
    save.letGo();
    await expect(members.button('Save permissions')).not.toHaveAttribute('aria-busy', 'true');
    await expect(flag).not.toBeChecked();
    await expect.poll(async () => (await team.of(AISHA.id)).CanBookForTeam).toBe(true);
    await members.button('Save permissions').click();
    await expect(members.dialog).toHaveCount(0);
    expect((await team.of(AISHA.id)).CanBookForTeam).toBe(false);
    await page.unroute(held === 'GET' ? TEAM : PERMISSIONS);
  }
});

test('what is on its way is not given up by closing the dialog, which says so afterwards', async ({ page, portal, team }) => {
  const members = await Members.open(portal);
  const save = await hold(page, 'PUT', PERMISSIONS);
  const flag = members.dialog.getByRole('switch', { name: 'Book for team', exact: true });
  await members.manage(AISHA.name).click();
  await flag.click();
  await members.button('Save permissions').click();
  await expect.poll(save.count).toBe(1);
  await page.keyboard.press('Escape');
  await expect(members.dialog).toHaveCount(0);
  // Opened again, it goes on with the same.
  await members.manage(AISHA.name).click();
  await expect(flag).toBeChecked();
  await expect(members.button('Save permissions')).toHaveAttribute('aria-busy', 'true');
  // What is not on its way would be given up.
  await flag.click();
  await page.keyboard.press('Escape');
  await expect(members.dialog.getByText(UNSAVED)).toBeVisible();
  await members.button('Discard the changes').click();
  await expect(members.dialog).toHaveCount(0);
  save.letGo();
  await expect(portal.said(`The permissions of ${AISHA.name} were saved.`)).toHaveCount(1);
  expect((await team.of(AISHA.id)).CanBookForTeam).toBe(true);
  await members.manage(AISHA.name).click();
  await expect(flag).toBeChecked();
});

test('a dialog that is opened again while it saves stays open when that is saved', async ({ page, portal }) => {
  const members = await Members.open(portal);
  const save = await hold(page, 'PUT', PERMISSIONS);
  await members.manage(AISHA.name).click();
  await members.dialog.getByRole('switch', { name: 'Book for team', exact: true }).click();
  await members.button('Save permissions').click();
  await expect.poll(save.count).toBe(1);
  await page.keyboard.press('Escape');
  await members.manage(AISHA.name).click();
  save.letGo();
  await expect(members.dialog.getByText(`The permissions of ${AISHA.name} were saved.`)).not.toHaveCount(0);
  // A press that was meant for it would reach what lies behind it.
  await expect(members.dialog).toBeVisible();
  await expect(members.button('Save permissions')).toHaveAccessibleDescription('Nothing has been changed yet.');
});

test('what is typed into one’s details while they are saved stays, and is saved next', async ({ page, portal }) => {
  await portal.signIn(TOMAS);
  await portal.ownProfile(TOMAS.name).click();
  await page.getByRole('button', { name: 'Change details' }).click();
  const save = await hold(page, 'PATCH', /\/api\/public\/coworker\/profile$/);
  const name = page.getByRole('textbox', { name: 'Full name' });
  await name.fill('One');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(save.count).toBe(1);
  await name.fill('One and more');
  save.letGo();
  await expect(portal.said('The details were saved.')).toHaveCount(1);
  await expect(portal.dialog).toBeVisible();
  await expect(name).toHaveValue('One and more');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(portal.heading('Welcome, One and more')).toBeVisible();
  await expect(portal.dialog).toHaveCount(0);
});

test('a person who is being removed is not asked to be removed once more', async ({ page, portal }) => {
  const members = await Members.open(portal);
  const removal = await hold(page, 'DELETE', MEMBER);
  const remove = members.dialog.getByRole('button', { name: 'Remove', exact: true });
  for (const press of [true, false]) {
    await members.manage(AISHA.name).click();
    await members.button('Remove from the team').click();
    if (press) {
      await remove.click();
      await expect.poll(removal.count).toBe(1);
      await members.button('Cancel').click();
      await expect(members.dialog).toHaveCount(0);
    }
  }
  await expect(remove).toHaveAttribute('aria-busy', 'true');
  await remove.click();
  removal.letGo();
  await expect(portal.said(`${AISHA.name} was removed from the team.`)).toHaveCount(1);
  await expect(portal.said(`${LUMEN.members - 1} members`)).toBeVisible();
  await expect(members.dialog).toHaveCount(0);
  expect(removal.count()).toBe(1);
});

test('a removal whose answer is lost is not called undone', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  const members = await Members.open(portal);
  const removal = await hold(page, 'DELETE', MEMBER, loseReply);
  await members.manage(AISHA.name).click();
  await members.button('Remove from the team').click();
  await members.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await members.button('Cancel').click();
  await expect(members.dialog).toHaveCount(0);
  removal.letGo();
  const told = portal.alert.filter({ hasText: 'It may have been done all the same: look before you try again.' });
  await expect(told).toHaveCount(1);
  await expect(told).not.toContainText('was not removed');
  await expect(members.manage(AISHA.name)).toHaveCount(0);
});

/** The location speaks German from now on; what comes back lets the words arrive, which nothing on the page tells. */
async function germanLater(page: Page, server: Server): Promise<{ asked: () => number; arrive: () => Promise<void> }> {
  await server.setLocation({ LanguageCulture: 'de-DE', Configuration: { DefaultLanguage: 'de' } });
  const words = await hold(page, 'GET', /\/words-de-.*\.txt$/);
  const arrive = async () => {
    const heard = page.waitForResponse(/\/words-de-.*\.txt$/);
    words.letGo();
    await (await heard).finished();
  };
  return { asked: words.count, arrive };
}

/** Gives the words that have arrived the time in which they would be spoken: a picture or two. */
async function expectNothingToChange(page: Page): Promise<void> {
  await painted(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
}

test('what is being typed goes on in its field when the language of the location arrives', async ({ page, portal, server }) => {
  const german = await germanLater(page, server);
  await page.goto('/sign-in');
  await expect.poll(german.asked).toBe(1);
  await portal.password.fill(PASSWORD);
  await portal.email.focus();
  const [first, ...rest] = AISHA.email;
  await page.keyboard.press(first ?? '');
  await german.arrive();
  // One after the other, as people type: the words may be read between any two of them.
  for (const letter of rest) await page.keyboard.press(letter);
  await expectNothingToChange(page);
  await expect(portal.email).toHaveValue(AISHA.email);
  await expect(portal.email).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});

test('a press that has begun counts when the language of the location arrives before its end', async ({ page, portal, server }) => {
  const german = await germanLater(page, server);
  await page.goto('/sign-in');
  await expect.poll(german.asked).toBe(1);
  await portal.fillIn(AISHA.email, PASSWORD);
  await portal.submit.hover();
  await page.mouse.down();
  await german.arrive();
  await expectNothingToChange(page);
  await page.mouse.up();
  await expect(portal.menuButton(AISHA.name)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});

test('the answer to signing in is not lost when the language of the location arrives', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400);
  const german = await germanLater(page, server);
  const answer = await hold(page, 'POST', /\/api\/token$/);
  await page.goto('/sign-in');
  await expect.poll(german.asked).toBe(1);
  await portal.fillIn(VERA.email, PASSWORD);
  await portal.submit.click();
  await expect.poll(answer.count).toBe(1);
  await german.arrive();
  answer.letGo();
  await expect(portal.verificationCode).toBeFocused();
  await portal.verificationCode.fill(await server.verificationCode(VERA.email));
  await portal.verificationCode.press('Enter');
  // Then it is spoken.
  await expect(portal.menuButton(VERA.name)).toBeVisible();
  await portal.follow('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});

test('why a mailed link was refused stays said when the language of the location arrives', async ({ page, portal, server, guard }) => {
  guard.expectStatus(401);
  const german = await germanLater(page, server);
  const { Link } = await mailed(server, AISHA.email);
  guard.hide(Link);
  await page.goto(Link);
  await expect.poll(german.asked).toBe(1);
  await server.advanceClock(16 * 60);
  await portal.submit.click();
  const why = portal.alert.filter({ hasText: 'This link has expired or was used before.' });
  await expect(why).toBeVisible();
  await german.arrive();
  await expect(why).toBeVisible();
});

test('a device goes straight on with its profile although the language of the location arrives', async ({ page, portal, server }) => {
  const profiles = new Profiles(portal);
  await portal.signIn(LEO);
  await profiles.always.check();
  await profiles.tile(LEOS_STUDIO.name).click();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await portal.signOut(LEOS_STUDIO.name);
  const bearer = await server.bearer(LEO.email, PASSWORD);
  const path = `/api/public/coworkers/profiles/current?coworkerId=${LEOS_ATELIER.id}`;
  expect((await server.api('PUT', path, bearer)).ok).toBe(true);
  const german = await germanLater(page, server);
  const answer = await hold(page, 'POST', /\/api\/token$/);
  await page.goto('/sign-in');
  await expect.poll(german.asked).toBe(1);
  await portal.fillIn(LEO.email, PASSWORD);
  await portal.submit.click();
  await expect.poll(answer.count).toBe(1);
  await german.arrive();
  answer.letGo();
  await expect(portal.menuButton(LEOS_STUDIO.name)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(profiles.own).toHaveCount(0);
});

test('what two members were given is told of both, also where the second was sent before the first was saved', async ({
  page,
  portal,
}) => {
  const members = await Members.open(portal);
  const save = await hold(page, 'PUT', PERMISSIONS);
  for (const name of [AISHA.name, JONAS.name]) {
    await members.manage(name).click();
    await members.dialog.getByRole('switch', { name: 'Book for team', exact: true }).click();
    await members.button('Save permissions').click();
    await expect(members.button('Save permissions')).toHaveAttribute('aria-busy', 'true');
    await page.keyboard.press('Escape');
    await expect(members.dialog).toHaveCount(0);
  }
  save.letGo();
  // Whichever is saved first.
  const messages = page.getByRole('region', { name: 'Messages' });
  for (const name of [AISHA.name, JONAS.name]) {
    await expect(messages.getByText(`The permissions of ${name} were saved.`)).toBeVisible();
  }
});
