import type { Page, Route } from '@playwright/test';
import { PERMISSIONS, countRequests, expect, test } from '../support/fixtures.ts';
import { loseReply } from '../support/faults.ts';
import { hold } from '../support/held.ts';
import { AISHA, JONAS, LUMEN_PAGE, MARIA, PASSWORD } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { TEAM } from '../support/team.ts';

type Mishap = (route: Route) => Promise<unknown>;

interface Fault {
  what: string;
  mishap: Mishap;
  says: string;
  /** What Chromium writes to the console of it. */
  status?: number;
  /** How often a read is sent; once, unless told otherwise. A save is sent once, whatever happens. */
  reads?: number;
}

const status = (code: number, headers = {}): Mishap => (route) => route.fulfill({ status: code, headers });
const reply = (code: number, json: object): Mishap => (route) => route.fulfill({ status: code, json });
const never: Mishap = (route) => route.request().frame().page().clock.fastForward(20_001);

const WAIT = 'Too many requests. Wait a moment, then try again.';
const REFUSED = {
  WasSuccessful: false,
  Value: null,
  Status: 400,
  Message: 'The member could not be changed.',
  Errors: [
    { AttemptedValue: false, Message: 'Their plan holds bookings.', PropertyName: 'CanMakeBookings' },
    { AttemptedValue: 'CARD-00104', Message: 'The card is blocked.', PropertyName: 'AccessCardId' },
  ],
};

const FAULTS: Fault[] = [
  {
    what: '400 with fields',
    mishap: reply(400, REFUSED),
    says: 'The member could not be changed. Their plan holds bookings. The card is blocked.',
    status: 400,
  },
  {
    what: 'a 401 that is not the end of the session',
    mishap: status(401),
    says: 'Your session had ended, so this was not done. Try again.',
    status: 401,
  },
  { what: '403', mishap: status(403), says: 'You do not have permission to do this.', status: 403 },
  {
    what: '404',
    mishap: status(404),
    says: 'This member or team could not be found. They may have been removed.',
    status: 404,
  },
  { what: '409', mishap: status(409), says: WAIT, status: 409, reads: 3 },
  {
    what: '409 for nine seconds',
    mishap: status(409, { 'Retry-After': '9' }),
    says: 'Too many requests. Wait 9 seconds, then try again.',
    status: 409,
  },
  { what: '429', mishap: status(429), says: WAIT, status: 429, reads: 3 },
  {
    what: '429 for seven seconds',
    mishap: status(429, { 'Retry-After': '7' }),
    says: 'Too many requests. Wait 7 seconds, then try again.',
    status: 429,
  },
  {
    what: '500',
    mishap: status(500),
    says: 'The server has a problem. Try again in a moment.',
    status: 500,
    reads: 3,
  },
  {
    what: 'a connection that is dropped',
    mishap: (route) => route.abort('connectionreset'),
    says: 'The server cannot be reached. Check your connection and try again.',
    reads: 3,
  },
  { what: 'no answer at all', mishap: never, says: 'The server did not answer in time. Try again.' },
];

/** Presses the switch by keyboard and waits for what is said of it. */
async function tryToChange(page: Page, portal: Portal, says: string): Promise<void> {
  const change = portal.permission('Make bookings', AISHA.name);
  await change.focus();
  await page.keyboard.press('Space');
  await expect(change).toHaveAccessibleDescription(`Not saved. ${says}`);
  await expect(change).toBeChecked();
  await expect(change).toHaveAttribute('aria-invalid', 'true');
  await expect(change).toBeFocused();
  await expect(page.getByRole('alert').filter({ hasText: 'Make bookings for' })).toHaveText(
    `Make bookings for ${AISHA.name}: Not saved. ${says}`,
  );
}

/** The next try is saved, and what was said is gone. */
async function tryAgain(page: Page, portal: Portal): Promise<void> {
  const change = portal.permission('Make bookings', AISHA.name);
  const saved = page.waitForResponse((answer) => PERMISSIONS.test(answer.url()) && answer.ok());
  await page.keyboard.press('Space');
  await expect(change).not.toBeChecked();
  await saved;
  await expect(change).toHaveAccessibleDescription('');
  await expect(change).not.toHaveAttribute('aria-invalid', 'true');
  await expect(change).toBeFocused();
  await expect(change).not.toBeChecked();
}

for (const { what, mishap, says, status: code } of FAULTS) {
  test(`a save that meets ${what} flips the switch back, says why, and the next try is saved`, async ({
    page,
    portal,
    team,
    guard,
  }) => {
    if (code) guard.expectStatus(code);
    guard.expectNoNetwork();
    await page.clock.install();
    const puts = countRequests(page, 'PUT', PERMISSIONS);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await expect(portal.permission('Make bookings', AISHA.name)).toBeChecked();
    const before = await team.all();
    await page.route(PERMISSIONS, mishap, { times: 1 });
    await tryToChange(page, portal, says);
    expect(puts(), 'a save is never sent again by itself').toBe(1);
    expect(await team.all()).toEqual(before);
    await tryAgain(page, portal);
    expect(await team.all()).toEqual({ ...before, [AISHA.id]: { ...before[AISHA.id], CanMakeBookings: false } });
  });
}

for (const { what, mishap, says, status: code, reads = 1 } of FAULTS.filter(({ what }) => !/40[01]/.test(what))) {
  test(`when the look before a save meets ${what}, nothing is written and the next try is saved`, async ({
    page,
    portal,
    team,
    guard,
  }) => {
    if (code) guard.expectStatus(code);
    guard.expectNoNetwork();
    await page.clock.install();
    const puts = countRequests(page, 'PUT', PERMISSIONS);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await expect(portal.permission('Make bookings', AISHA.name)).toBeChecked();
    const before = await team.all();
    await page.route(TEAM, mishap, { times: reads });
    await tryToChange(page, portal, says);
    expect(puts()).toBe(0);
    expect(await team.all()).toEqual(before);
    await tryAgain(page, portal);
    expect(puts()).toBe(1);
  });
}

test('a save that takes long is seen on its switch, with less motion too, until it is there', async ({ page, portal }) => {
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await page.emulateMedia({ reducedMotion });
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    const change = portal.permission('Make bookings', AISHA.name);
    const disc = () => change.evaluate((button) => getComputedStyle(button, '::after').borderBlockStartStyle);
    await expect(change).toBeVisible();
    const before = await disc();
    const save = await hold(page, 'PUT', PERMISSIONS);
    await change.click();
    await expect.poll(disc).toBe('dotted');
    save.letGo();
    await expect.poll(disc).toBe(before);
    await portal.signOut(MARIA.name);
  }
});

/** Maria presses "Sign out" while a save is held back. */
async function signOutWhileSaving(portal: Portal): Promise<{ letGo: () => void }> {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const put = await hold(portal.page, 'PUT', PERMISSIONS);
  await portal.permission('Book for team', AISHA.name).click();
  await expect.poll(put.count).toBe(1);
  await portal.pressSignOut(MARIA.name);
  return put;
}

test('whoever signs out while something is saved is asked first, and may stay until it is there', async ({ page, portal, team }) => {
  const put = await signOutWhileSaving(portal);
  const asked = page.getByRole('dialog', { name: 'Changes are still being saved' });
  await expect(asked).toContainText('If you sign out now, what the server does not have yet is given up.');
  await expect(asked.getByRole('button', { name: 'Stay signed in' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(asked).toHaveCount(0);
  put.letGo();
  await expect.poll(async () => (await team.of(AISHA.id)).CanBookForTeam).toBe(true);
  await expect(portal.permission('Book for team', AISHA.name)).not.toHaveAttribute('data-saving');
  await portal.signOut(MARIA.name);
});

test('whoever signs out all the same while something is saved is signed out', async ({ portal }) => {
  const put = await signOutWhileSaving(portal);
  await portal.dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(portal.heading('Sign in')).toBeVisible();
  put.letGo();
});

test('a look before a save that meets a bearer too old is made again with the new one, and the save goes on', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(401);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.permission('Make bookings', AISHA.name)).toBeChecked();
  await page.route(TEAM, status(401), { times: 1 });
  await portal.permission('Make bookings', AISHA.name).focus();
  await tryAgain(page, portal);
});

test('a 401 that goes on for a session that is fine is a want of rights, not the end of the session', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(401);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await page.route(PERMISSIONS, status(401));
  await tryToChange(page, portal, 'Your session had ended, so this was not done. Try again.');
  await tryToChange(page, portal, 'You do not have permission to do this.');
});

test('a 200 that says it was not done is a save that failed', async ({ page, portal, team }) => {
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const before = await team.all();
  await page.route(PERMISSIONS, reply(200, { WasSuccessful: false, Message: 'Not on a Sunday.' }), { times: 1 });
  await tryToChange(page, portal, 'Not on a Sunday.');
  expect(await team.all()).toEqual(before);
  await tryAgain(page, portal);
});

test('a save of which only the answer was lost is not called unsaved once it is seen to be there', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectNoNetwork();
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const change = portal.permission('Make bookings', AISHA.name);
  await expect(change).toBeChecked();
  await page.route(PERMISSIONS, loseReply, { times: 1 });
  const lost = page.waitForEvent('requestfailed');
  await change.click();
  await lost;
  await expect(change).not.toBeChecked();
  await expect(change).toHaveAccessibleDescription('');
  // Nor to those who hear it.
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toHaveCount(0);
});

test('without a network the table stays, the switch keeps the focus, and with one the next try is saved', async ({
  page,
  portal,
  context,
  team,
  guard,
}) => {
  guard.expectNoNetwork();
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.permission('Make bookings', AISHA.name)).toBeChecked();
  const before = await team.all();
  await context.setOffline(true);
  await tryToChange(page, portal, 'The server cannot be reached. Check your connection and try again.');
  await portal.expectRows(15);
  await context.setOffline(false);
  expect(await team.all()).toEqual(before);
  await tryAgain(page, portal);
});

test('when the session has ended one signs in again in place, and what was not saved is saved then', async ({
  page,
  portal,
  server,
  team,
  guard,
}) => {
  guard.expectStatus(400, 401);
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const change = portal.permission('Make bookings', AISHA.name);
  await expect(change).toBeChecked();
  const before = await team.all();
  await server.revokeSessions(MARIA.email);
  await change.click();
  await expect(portal.dialog).toHaveAccessibleName('Sign in again');
  expect(puts()).toBe(0);
  expect(await team.all()).toEqual(before);
  await portal.password.fill(PASSWORD);
  await portal.submit.click();
  await expect(portal.dialog).toHaveCount(0);
  await expect.poll(() => team.all()).toEqual({ ...before, [AISHA.id]: { ...before[AISHA.id], CanMakeBookings: false } });
  await expect(change).not.toBeChecked();
  await expect(change).toHaveAccessibleDescription('');
  await expect(change).toBeFocused();
  expect(puts()).toBe(1);
});

test('when the session has ended and one signs out, what was not saved is neither sent nor shown', async ({
  page,
  portal,
  server,
  team,
  guard,
}) => {
  guard.expectStatus(400, 401);
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const change = portal.permission('Make bookings', AISHA.name);
  await expect(change).toBeChecked();
  const before = await team.all();
  await server.revokeSessions(MARIA.email);
  await change.click();
  await portal.dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(page.getByText(AISHA.name)).toHaveCount(0);
  await expect(page.getByText(MARIA.name)).toHaveCount(0);
  await portal.fillIn(JONAS.email, PASSWORD);
  await portal.submit.click();
  await portal.ownProfile(JONAS.name).click();
  await portal.follow(LUMEN_PAGE);
  await expect(change).toBeChecked();
  await expect(change).toHaveAccessibleDescription('');
  expect(puts()).toBe(0);
  expect(await team.all()).toEqual(before);
});

test('a member who has left meanwhile is told of, and nothing is written', async ({ page, portal, server, guard }) => {
  guard.expectStatus(404);
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.permission('Make bookings', AISHA.name)).toBeChecked();
  await server.removeMember(AISHA.id);
  await portal.permission('Make bookings', AISHA.name).click();
  await expect(
    page.getByRole('alert').filter({ hasText: `${AISHA.name} is not in this team any more, so nothing was saved.` }),
  ).toBeVisible();
  await expect(portal.impersonate(AISHA.name)).toHaveCount(0);
  expect(puts()).toBe(0);
});
