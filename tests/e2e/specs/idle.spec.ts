import type { BrowserContext } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, MARIA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const UNUSED = 'You were signed out because nobody used the portal for 15 minutes.';

test.use({ serverArgs: ['--idle-minutes', '15'] });

const asked = (portal: Portal) => portal.page.getByRole('dialog', { name: 'Are you still there?' });
const stay = (portal: Portal) => portal.page.getByRole('button', { name: 'Stay signed in' });
const noted = (portal: Portal) => portal.page.evaluate(() => ({ ...localStorage }));
/** Nobody touches anything for so long. */
const nothingFor = (context: BrowserContext, millis: number) => context.clock.fastForward(millis);

test('whoever does nothing for a while is asked, counted down and signed out with the reason', async ({
  context,
  page,
  portal,
}) => {
  await context.clock.install();
  await portal.signInToProfiles(MARIA);
  await nothingFor(context, 14 * MINUTE);
  await expect(asked(portal)).toHaveCount(0);
  await nothingFor(context, MINUTE);
  await expect(asked(portal)).toBeVisible();
  await expect(stay(portal)).toBeFocused();
  await expect(asked(portal)).toContainText(/(60|5\d) seconds left/);
  await page.clock.runFor(30 * SECOND);
  await expect(asked(portal)).toHaveAccessibleDescription(
    'Nobody has used the portal for a while. You are about to be signed out.',
  );
  await expect(asked(portal)).toContainText(/(30|2\d) seconds left/);
  // Moving about is no answer.
  await page.mouse.move(10, 10);
  await page.mouse.move(200, 200);
  await expect(asked(portal)).toBeVisible();
  await page.clock.runFor(31 * SECOND);
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.said(UNUSED)).toBeVisible();
  await expect(asked(portal)).toHaveCount(0);
  expect(await portal.storedCredential()).toBeNull();
});

test('whoever says that they are still there goes on, and has as long again', async ({ context, portal }) => {
  await context.clock.install();
  await portal.signInToProfiles(MARIA);
  await nothingFor(context, 15 * MINUTE);
  await stay(portal).click();
  await expect(asked(portal)).toHaveCount(0);
  await nothingFor(context, 14 * MINUTE);
  await expect(asked(portal)).toHaveCount(0);
  await nothingFor(context, MINUTE);
  await expect(asked(portal)).toBeVisible();
  await portal.page.keyboard.press('Escape');
  await expect(asked(portal)).toHaveCount(0);
  await portal.expectOwn(MARIA);
});

test('whoever does something is not asked, in whichever tab they do it', async ({ context, portal, openTab }) => {
  await context.clock.install();
  await portal.signInToProfiles(MARIA);
  const other = await openTab();
  await other.signInToProfiles(MARIA);
  for (let times = 0; times < 3; times += 1) {
    await nothingFor(context, 10 * MINUTE);
    await other.page.keyboard.press('Shift');
    // The browser takes a moment to show one tab what another one has noted.
    await expect.poll(() => noted(portal)).toEqual(await noted(other));
  }
  for (const tab of [portal, other]) await expect(asked(tab)).toHaveCount(0);
  await nothingFor(context, 15 * MINUTE);
  for (const tab of [portal, other]) await expect(asked(tab)).toBeVisible();
  await stay(other).click();
  for (const tab of [portal, other]) await expect(asked(tab)).toHaveCount(0);
});

test('all tabs of the person are signed out, each with the reason, and other people are not', async ({
  context,
  portal,
  openTab,
  colleague,
}) => {
  await context.clock.install();
  await portal.signInToProfiles(MARIA);
  const other = await openTab();
  await other.signInToProfiles(MARIA);
  await nothingFor(context, 15 * MINUTE);
  await context.clock.runFor(61 * SECOND);
  for (const tab of [portal, other]) {
    await expect(tab.heading('Sign in')).toBeVisible();
    await expect(tab.said(UNUSED)).toBeVisible();
  }
  await colleague.expectOwn(JONAS);
});

test('acting as somebody else ends with it', async ({ context, page, portal, server, guard }) => {
  guard.expectStatus(401);
  await context.clock.install();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const [acting] = await guard.tokens('acting');
  await nothingFor(context, 15 * MINUTE);
  await expect(asked(portal)).toBeVisible();
  await page.clock.runFor(61 * SECOND);
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.banner).toHaveCount(0);
  await expect(portal.said(UNUSED)).toBeVisible();
  await expect.poll(() => server.whoami(acting)).toBe(401);
});

test('after a sleep nobody is there: what is seen first is the sign-in page', async ({ context, page, portal }) => {
  await context.clock.install();
  await portal.signInToProfiles(MARIA);
  await context.clock.pauseAt(new Date(Date.now() + 3 * 60 * MINUTE));
  await page.mouse.move(50, 50);
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.said(UNUSED)).toBeVisible();
});

test('a page that is opened again after as long asks to sign in, too', async ({ context, page, portal, guard }) => {
  guard.kept = true;
  await context.clock.install();
  await portal.keepSignedIn(MARIA);
  await page.goto('about:blank');
  await nothingFor(context, 20 * MINUTE);
  await page.goto('/');
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.said(UNUSED)).toBeVisible();
});

test('signing out is the other answer', async ({ context, page, portal }) => {
  await context.clock.install();
  await portal.signInToProfiles(MARIA);
  await nothingFor(context, 15 * MINUTE);
  await expect(asked(portal)).toBeVisible();
  await expectAccessible(page, 'light', 'dark');
  await asked(portal).getByRole('button', { name: 'Sign out' }).click();
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(portal.said('You have signed out.')).toBeVisible();
});

test.describe('where it is nobody’s concern', () => {
  test.use({ serverArgs: [] });

  test('nobody is asked, and nothing is noted', async ({ context, page, portal }) => {
    await context.clock.install();
    await portal.signInToProfiles(MARIA);
    await page.mouse.move(50, 50);
    await nothingFor(context, 5 * 60 * MINUTE);
    await portal.expectOwn(MARIA);
    await expect(asked(portal)).toHaveCount(0);
    expect(await page.evaluate(() => localStorage.getItem('portal.used'))).toBeNull();
  });
});
