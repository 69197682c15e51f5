import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { PERMISSIONS, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, LUMEN, MARIA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expectToFit } from '../support/width.ts';

const LUMEN_PAGE = `/user/team/permissions/${LUMEN.id}`;

/** Every page, in every state that looks different. */
const STATES: Record<string, (portal: Portal, page: Page) => Promise<void>> = {
  'the sign-in page': async (portal, page) => {
    await page.goto('/sign-in');
    await expect(portal.heading('Sign in')).toBeVisible();
  },
  'the sign-in page with missing fields': async (portal, page) => {
    await page.goto('/sign-in');
    await portal.submit.click();
    await expect(portal.email).toHaveAccessibleDescription('Enter your email.');
  },
  'the sign-in page with an error': async (portal, page) => {
    await page.goto('/sign-in');
    await portal.fillIn(MARIA.email, 'not-the-password');
    await portal.submit.click();
    await expect(portal.alert).toBeVisible();
  },
  'the choice of profiles': async (portal) => {
    await portal.signInToProfiles(MARIA);
  },
  'the choice of profiles with nobody found': async (portal) => {
    await portal.signInToProfiles(MARIA);
    await portal.findMember('zzzz');
    await expect(portal.said('No member found')).toBeVisible();
  },
  'the start dialog': async (portal) => {
    await portal.signInToProfiles(MARIA);
    await portal.askToActAs(AISHA.name);
  },
  'the start dialog without a reason': async (portal, page) => {
    await portal.signInToProfiles(MARIA);
    await (await portal.findMember(AISHA.name)).click();
    await portal.start.click();
    await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleDescription(/Say in a few words/);
  },
  'the first page': async (portal) => {
    await portal.signInToProfiles(MARIA);
    await portal.ownProfile(MARIA.name).click();
    await expect(portal.main).toContainText(LUMEN.name);
  },
  'the open menu': async (portal, page) => {
    await portal.signInToProfiles(MARIA);
    await portal.menuButton(MARIA.name).click();
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  },
  'the first page while acting': async (portal) => {
    await portal.signInToProfiles(MARIA);
    await portal.actAs(AISHA.name);
  },
  'the dialog that allows changes': async (portal, page) => {
    await portal.signInToProfiles(MARIA);
    await portal.actAs(AISHA.name);
    await page.getByRole('button', { name: 'Allow changes' }).click();
    await portal.dialog.getByRole('button', { name: 'Allow changes' }).click();
    await expect(portal.dialog).toContainText('Say in a few words');
  },
  'the first page with full access': async (portal, page) => {
    await portal.signInToProfiles(MARIA);
    await portal.actAs(AISHA.name, 'Full access');
    await expect(page.getByRole('button', { name: 'Back to view only' })).toBeVisible();
  },
  'the question before rights are taken': async (portal) => {
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await portal.permission('Team administrator', JONAS.name).click();
    await expect(portal.dialog).toBeVisible();
  },
  'team permissions': async (portal) => {
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await expect(portal.table).toBeVisible();
  },
  'team permissions with an error': async (portal, page) => {
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await page.route(PERMISSIONS, (route) => route.fulfill({ status: 500 }));
    const change = portal.permission('Make bookings', AISHA.name);
    await change.click();
    await expect(change).toHaveAccessibleDescription(/^Not saved\./);
  },
  'team permissions while acting': async (portal) => {
    await portal.signInToProfiles(MARIA);
    await portal.actAs(JONAS.name);
    await portal.follow(LUMEN_PAGE);
    await expect(portal.table).toBeVisible();
  },
  'an unknown page': async (portal, page) => {
    await portal.signIn(AISHA);
    await page.goto('/nowhere');
    await expect(portal.heading('Page not found')).toBeVisible();
  },
};

for (const [name, open] of Object.entries(STATES)) {
  test(`axe finds nothing on ${name}, by light and by dark, and 320 pixels are wide enough`, async ({
    page,
    portal,
    guard,
  }) => {
    guard.expectStatus(400, 500);
    await open(portal, page);
    await expectAccessible(page, 'light', 'dark');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectToFit(page, 320);
    await expectAccessible(page, 'light');
  });
}
