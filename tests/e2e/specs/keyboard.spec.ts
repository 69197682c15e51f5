import { expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN, MARIA, PASSWORD, PLACE } from '../support/people.ts';
import { tabTo } from '../support/keyboard.ts';

test('the whole journey works by keyboard alone', async ({ page, portal }) => {
  await page.goto('/sign-in');
  await expect(portal.heading('Sign in')).toBeVisible();
  await tabTo(page, portal.email);
  await page.keyboard.type(MARIA.email);
  await tabTo(page, portal.password);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  await expect(portal.heading('Choose a profile')).toBeFocused();
  await tabTo(page, portal.ownProfile(MARIA.name));
  await page.keyboard.press('Enter');

  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: LUMEN.name }));
  await page.keyboard.press('Enter');

  await expect(portal.heading('Team permissions')).toBeFocused();
  await tabTo(page, page.getByRole('searchbox', { name: 'Find a member' }));
  await page.keyboard.type('aisha');
  const change = portal.permission('Book for team', AISHA.name);
  await tabTo(page, change);
  await page.keyboard.press('Space');
  await expect(change).toBeChecked();
  await expect(change).toBeFocused();

  await tabTo(page, portal.impersonate(AISHA.name));
  await page.keyboard.press('Enter');
  await expect(portal.dialog).toBeVisible();
  await tabTo(page, page.getByRole('textbox', { name: 'Reason' }));
  await page.keyboard.type('Correct a booking they asked about');
  await tabTo(page, page.getByRole('radio', { name: 'View only' }));
  await tabTo(page, portal.start);
  await page.keyboard.press('Enter');

  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeFocused();
  await tabTo(page, portal.returnButton);
  await page.keyboard.press('Enter');
  await expect(portal.heading('Team permissions')).toBeFocused();
  await portal.expectOwn(MARIA);

  await tabTo(page, portal.menuButton(MARIA.name));
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(portal.heading('Sign in')).toBeFocused();
});

test('the focus goes to the heading on each new page', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA);
  await expect(portal.heading('Team permissions')).toBeFocused();
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeFocused();
  await expect(page).toHaveTitle(`Welcome, ${MARIA.name} - ${PLACE}`);
  await portal.follow('/nowhere');
  await expect(portal.heading('Page not found')).toBeFocused();
  await page.goBack();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeFocused();
});

test('when the dialog closes, the focus is back on the button that opened it', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  const opener = await portal.findMember(AISHA.name);
  for (const close of [
    () => page.keyboard.press('Escape'),
    () => page.getByRole('button', { name: 'Cancel' }).click(),
  ]) {
    await opener.click();
    await expect(portal.dialog).toBeVisible();
    await close();
    await expect(portal.dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
});

test('the dialog keeps the focus inside', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.askToActAs(AISHA.name);
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused !== document.body && focused?.closest('[role=dialog], dialog') === null;
    });
    expect(outside).toBe(false);
  }
});

test('Escape closes the menu and gives the focus back', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  const button = portal.menuButton(MARIA.name);
  await button.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Switch profile' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('the first stop of every page skips to its content', async ({ page, portal }) => {
  await portal.signIn(AISHA);
  await page.goto('/');
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(portal.main).toBeFocused();
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeVisible();
});

test('a change of person is announced', async ({ portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await expect(portal.said(`You are now acting as ${AISHA.name}.`)).toHaveCount(1);
  await portal.returnButton.click();
  await expect(portal.said('You are back in your own account.')).toHaveCount(1);
});
