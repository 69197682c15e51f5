import { PERMISSIONS, expect, test } from '../support/fixtures.ts';
import { loseReply } from '../support/faults.ts';
import { hold } from '../support/held.ts';
import { Members, TALL } from '../support/members.ts';
import { AISHA, LUMEN, PASSWORD, TOMAS, VERA } from '../support/people.ts';

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
  let letGo = () => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(MEMBER, async (route) => {
    await free;
    await loseReply(route);
  });
  await members.manage(AISHA.name).click();
  await members.button('Remove from the team').click();
  await members.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await members.button('Cancel').click();
  await expect(members.dialog).toHaveCount(0);
  letGo();
  const told = portal.alert.filter({ hasText: 'It may have been done all the same: look before you try again.' });
  await expect(told).toHaveCount(1);
  await expect(told).not.toContainText('was not removed');
  await expect(members.manage(AISHA.name)).toHaveCount(0);
});

test('the answer to signing in is not lost when the language of the location arrives', async ({ page, portal, server, guard }) => {
  guard.expectStatus(400);
  await server.setLocation({ LanguageCulture: 'de-DE', Configuration: { DefaultLanguage: 'de' } });
  const words = await hold(page, 'GET', /\/words-de-.*\.txt$/);
  const answer = await hold(page, 'POST', /\/api\/token$/);
  await page.goto('/sign-in');
  await expect.poll(words.count).toBe(1);
  await portal.fillIn(VERA.email, PASSWORD);
  await portal.submit.click();
  await expect.poll(answer.count).toBe(1);
  const heard = page.waitForResponse(/\/words-de-.*\.txt$/);
  words.letGo();
  await (await heard).finished();
  answer.letGo();
  await expect(portal.verificationCode).toBeFocused();
  await portal.verificationCode.fill(await server.verificationCode(VERA.email));
  await portal.verificationCode.press('Enter');
  // Then it is spoken.
  await expect(portal.menuButton(VERA.name)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});
