import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { Details, openOwn } from '../support/details.ts';
import { countRequests, CURRENT_PROFILE, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { tabTo } from '../support/keyboard.ts';
import { AISHA, JONAS, LEO, LEOS_STUDIO, MARIA, PLACE, TOMAS } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { asLeo, openSwitcher, profile } from '../support/switcher.ts';
import { expectToFit } from '../support/width.ts';

const PROFILE = /\/api\/public\/coworker\/profile$/;

/** The bodies of the changes that were sent. */
function sent(page: Page): unknown[] {
  const bodies: unknown[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') bodies.push(request.postDataJSON());
  });
  return bodies;
}

test('a changed name is shown everywhere at once, and only what was changed is sent', async ({ page, portal }) => {
  const bodies = sent(page);
  const details = await openOwn(portal, page);
  await expect(details.name).toHaveValue(TOMAS.name);
  await page.evaluate(() => document.querySelector('main h1')?.setAttribute('data-same', ''));
  await details.name.fill('  Tomas Lindqvist ');
  await details.save.click();
  await expect(portal.heading('Welcome, Tomas Lindqvist')).toBeVisible();
  await expect(portal.menuButton('Tomas Lindqvist')).toBeVisible();
  await expect(details.card).toContainText('Tomas Lindqvist');
  await expect(page).toHaveTitle(`Welcome, Tomas Lindqvist - ${PLACE}`);
  await expect(portal.said('The details were saved.')).toHaveCount(1);
  expect(bodies).toEqual([{ FullName: 'Tomas Lindqvist' }]);
  // The page was not mounted anew, and the keyboard is where it was.
  await expect(portal.heading('Welcome, Tomas Lindqvist')).toHaveAttribute('data-same');
  await expect(details.dialog('Your details')).toHaveCount(0);
  await expect(details.open).toBeFocused();
  await page.reload();
  await expect(portal.heading('Welcome, Tomas Lindqvist')).toBeVisible();
});

test('a company is changed, and taken away', async ({ page, portal }) => {
  const bodies = sent(page);
  const details = await openOwn(portal, page);
  await details.company.fill('Tidal & Sons');
  await details.save.click();
  await expect(details.card).toContainText('Tidal & Sons');
  await details.open.click();
  await details.company.fill('');
  await details.save.click();
  await expect(details.card).not.toContainText('Tidal & Sons');
  expect(bodies).toEqual([{ CompanyName: 'Tidal & Sons' }, { CompanyName: '' }]);
});

test('what was typed is given up only by the button that says so, and nothing is sent', async ({ page, portal }) => {
  const bodies = sent(page);
  const details = await openOwn(portal, page);
  await details.cancel.click();
  // So that there is a page of the portal to go back to.
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await page.getByRole('link', { name: 'Home' }).click();
  await details.open.click();
  const here = page.url();
  await details.name.fill('Somebody');
  for (const leave of [
    () => details.cancel.click(),
    () => page.keyboard.press('Escape'),
    () => page.evaluate(() => history.back()),
  ]) {
    await leave();
    await expect(portal.dialog).toContainText('What you have changed is not saved.');
    await expect(details.name).toHaveValue('Somebody');
    await portal.dialog.getByRole('button', { name: 'Go on editing' }).click();
  }
  expect(page.url()).toBe(here);
  await details.cancel.click();
  await portal.dialog.getByRole('button', { name: 'Discard the changes' }).click();
  await expect(portal.dialog).toHaveCount(0);
  await details.open.click();
  await expect(details.name).toHaveValue(TOMAS.name);
  expect(bodies).toEqual([]);
});

test('Cancel, Escape and a save without a change send nothing', async ({ page, portal }) => {
  const bodies = sent(page);
  const details = await openOwn(portal, page);
  await details.cancel.click();
  await expect(portal.dialog).toHaveCount(0);
  await details.open.click();
  await details.name.fill('Somebody');
  await details.name.fill(TOMAS.name);
  await page.keyboard.press('Escape');
  await expect(portal.dialog).toHaveCount(0);
  await details.open.click();
  await details.save.click();
  await expect(portal.dialog).toHaveCount(0);
  expect(bodies).toEqual([]);
});

test('a blank name is refused with words, and nothing is sent', async ({ page, portal }) => {
  const bodies = sent(page);
  const details = await openOwn(portal, page);
  await details.name.fill('   ');
  await details.save.click();
  await expect(details.name).toHaveAccessibleDescription('Enter a name.');
  await expect(details.name).toBeFocused();
  expect(bodies).toEqual([]);
});

test('what the server says of a field stands beside it until it is another text', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  const details = await openOwn(portal, page);
  await details.name.fill('Tomas the Second');
  await details.company.fill('c'.repeat(201));
  await details.save.click();
  await expect(details.company).toHaveAccessibleDescription('The company has at most 200 characters.');
  await expect(details.company).toBeFocused();
  await expect(details.name).toHaveValue('Tomas the Second');
  await expect(details.name).toHaveAccessibleDescription('');
  await expect(portal.alert).toHaveCount(0);
  await details.company.fill('Short');
  await expect(details.company).toHaveAccessibleDescription('');
  await details.save.click();
  await expect(portal.heading('Welcome, Tomas the Second')).toBeVisible();
  await expect(details.card).toContainText('Short');
});

test('any other refusal is said with its code, and what was typed stays', async ({ page, portal, guard }) => {
  guard.expectStatus(500);
  const details = await openOwn(portal, page);
  await page.route(PROFILE, (route) => route.fulfill({ json: { WasSuccessful: false, Message: 'The books are closed.' } }));
  await details.name.fill('Other');
  await details.save.click();
  await expect(portal.alert).toHaveText('The books are closed. (E400)');
  await page.unroute(PROFILE);
  await page.route(PROFILE, (route) => route.fulfill({ status: 500 }));
  await details.save.click();
  await expect(portal.alert).toHaveText('The server has a problem. Try again in a moment. (E500)');
  await expect(details.name).toHaveValue('Other');
  await expect(portal.menuButton(TOMAS.name)).toHaveCount(1);
});

test('without a network it says so, and works when there is one again', async ({ page, context, portal, guard }) => {
  guard.expectNoNetwork();
  const details = await openOwn(portal, page);
  await details.name.fill('Tomas Online');
  await context.setOffline(true);
  await details.save.click();
  await expect(portal.alert).toContainText('The server cannot be reached.');
  await expect(details.name).toHaveValue('Tomas Online');
  await context.setOffline(false);
  await details.save.click();
  await expect(portal.heading('Welcome, Tomas Online')).toBeVisible();
});

test('while it is being saved a second press sends nothing, closed or not', async ({ page, portal }) => {
  const patches = countRequests(page, 'PATCH', PROFILE);
  const details = await openOwn(portal, page);
  const { letGo: answer } = await hold(page, 'PATCH', PROFILE);
  await details.name.fill('Tomas Once');
  await details.save.dblclick();
  await details.name.press('Enter');
  await expect(details.save).toHaveAttribute('aria-busy', 'true');
  await details.cancel.click();
  await details.open.click();
  await details.name.fill('Tomas Twice');
  await details.name.press('Enter');
  answer();
  await expect(portal.said('The details were saved.')).toHaveCount(1);
  await expect(portal.menuButton('Tomas Once')).toHaveCount(1);
  expect(patches()).toBe(1);
});

/** Léo changes his name, which is held back, closes the dialog, and takes another profile, which waits for it. */
async function renameAndSwitch(portal: Portal, name: string, held: () => number): Promise<void> {
  const { page } = portal;
  const details = new Details(page);
  await details.open.click();
  await details.name.fill(name);
  await details.save.click();
  await expect.poll(held).toBe(1);
  await details.cancel.click();
  await openSwitcher(portal, LEO.name);
  await profile(page, LEOS_STUDIO.name).click();
  await expect(profile(page, LEOS_STUDIO.name)).toHaveAttribute('aria-busy', 'true');
}

test('another profile is taken only when what was sent for the one before is answered, and gets nothing of it', async ({
  page,
  portal,
}) => {
  await asLeo(portal);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  const { letGo, count } = await hold(page, 'PATCH', PROFILE);
  await renameAndSwitch(portal, 'Léo Renamed', count);
  expect(puts()).toBe(0);
  letGo();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  expect(puts()).toBe(1);
  await openSwitcher(portal, LEOS_STUDIO.name);
  await expect(profile(page, 'Léo Renamed')).toBeVisible();
  await expect(profile(page, LEOS_STUDIO.name)).toContainText('Current');
});

test('what was not saved is still told when another profile was taken meanwhile, and to nobody else', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(500);
  await asLeo(portal);
  // Who is signed in when a page begins is there before all of the portal is.
  await page.reload();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
  const { letGo, count } = await hold(page, 'PATCH', PROFILE, (route) => route.fulfill({ status: 500 }));
  await renameAndSwitch(portal, 'Léo Unsaved', count);
  letGo();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(portal.said(`You are now using the profile ${LEOS_STUDIO.name}.`)).toHaveCount(1);
  await expect(portal.alert).toContainText('Your details. The server has a problem.');
  await portal.signOut(LEOS_STUDIO.name);
  await expect(portal.alert).toHaveCount(0);
});

test('what is typed while the rest is being saved is not given up by closing', async ({ page, portal }) => {
  const details = await openOwn(portal, page);
  const change = await hold(page, 'PATCH', PROFILE);
  await details.name.fill('Tomas Once');
  await details.save.click();
  await expect.poll(change.count).toBe(1);
  await details.company.fill('Tidal & Sons');
  await details.cancel.click();
  await expect(portal.dialog).toContainText('What you have changed is not saved.');
  change.letGo();
  await expect(portal.said('The details were saved.')).toHaveCount(1);
  await expect(details.company).toHaveValue('Tidal & Sons');
});

for (const [status, said] of [
  [403, 'The details were not saved. You do not have permission to do this.'],
  [500, 'Your details. The server has a problem. Try again in a moment. It may have been done all the same'],
] as const) {
  test(`closed before a ${status} came, it is said all the same`, async ({ page, portal, guard }) => {
    guard.expectStatus(status);
    const details = await openOwn(portal, page);
    const { letGo: answer } = await hold(page, 'PATCH', PROFILE, (route) => route.fulfill({ status }));
    await details.name.fill('Nobody');
    await details.save.click();
    await details.cancel.click();
    answer();
    await expect(portal.alert).toContainText(said);
  });
}

test('sec_22_with_view_only_details_cannot_be_changed_and_the_button_says_why', async ({ page, portal }) => {
  const patches = countRequests(page, 'PATCH', PROFILE);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const { open } = new Details(page);
  await expect(open).toBeDisabled();
  await expect(open).toHaveAccessibleDescription(
    'You are only viewing this account. Choose “Allow changes” above to change it.',
  );
  await open.focus();
  await expect(open).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(portal.dialog).toHaveCount(0);
  expect(patches()).toBe(0);
});

test('with Full access the other person’s details are changed, and one’s own are not', async ({ page, portal, server }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(JONAS.name, 'Full access');
  const details = new Details(page);
  await details.open.click();
  await expect(details.dialog(`Details of ${JONAS.name}`)).toBeVisible();
  await details.name.fill('Jonas W. Weber');
  await details.save.click();
  await expect(portal.heading('Welcome, Jonas W. Weber')).toBeVisible();
  await expect(portal.menuButton('Jonas W. Weber')).toBeVisible();
  await expect(portal.banner).toBeVisible();
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(await portal.findMember('Jonas W. Weber')).toBeVisible();
  const updated = (await server.audit()).filter(({ Event }) => Event === 'profile-updated');
  expect(updated).toMatchObject([{ ActorCoworkerId: MARIA.id, TargetCoworkerId: JONAS.id }]);
});

test('by keyboard alone the details are changed', async ({ page, portal }) => {
  await portal.signIn(TOMAS);
  await portal.ownProfile(TOMAS.name).press('Enter');
  const details = new Details(page);
  await tabTo(page, details.open);
  await page.keyboard.press('Enter');
  await tabTo(page, details.name);
  await page.keyboard.press('End');
  await page.keyboard.type(' Jr');
  await tabTo(page, details.save);
  await page.keyboard.press('Enter');
  await expect(portal.heading(`Welcome, ${TOMAS.name} Jr`)).toBeVisible();
  await expect(details.open).toBeFocused();
});

const STATES: Record<string, (details: Details) => Promise<void>> = {
  'the dialog of details': async () => {},
  'the dialog of details with a wrong field': async ({ page, name, save }) => {
    await name.fill('');
    await save.click();
    await expect(page.getByText('Enter a name.')).toBeVisible();
  },
  'the dialog of details with an error': async ({ page, name, save }) => {
    await page.route(PROFILE, (route) => route.fulfill({ status: 500 }));
    await name.fill('Other');
    await save.click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
};

for (const [what, reach] of Object.entries(STATES)) {
  test(`axe finds nothing on ${what}, by light and by dark, and 320 pixels are wide enough`, async ({
    page,
    portal,
    guard,
  }) => {
    guard.expectStatus(500);
    await reach(await openOwn(portal, page));
    await expectAccessible(page, 'light', 'dark');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectToFit(page, 320);
  });
}
