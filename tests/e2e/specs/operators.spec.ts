import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { countRequests, expect, test } from '../support/fixtures.ts';
import { tabTo } from '../support/keyboard.ts';
import { AISHA, JONAS, LEO, MARIA, OPS, PASSWORD } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expectToFit } from '../support/width.ts';

const OPERATOR_START = /^\/api\/sys\/users\/impersonate$/;
const number = (page: Page) => page.getByRole('textbox', { name: 'Customer number' });
const ask = (page: Page) => page.getByRole('button', { name: 'Sign in as this customer…' });
const customersLink = (page: Page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Find a customer' });

/** The operator on the page that finds customers. */
async function open(portal: Portal): Promise<void> {
  await portal.signIn(OPS);
  await customersLink(portal.page).click();
  await expect(portal.heading('Find a customer')).toBeFocused();
}

/** Acts as the customer of this number. */
async function actAsNumber(portal: Portal, person: { id: number; name: string }): Promise<void> {
  await number(portal.page).fill(String(person.id));
  await ask(portal.page).click();
  await portal.giveReason(`customer ${person.id}`);
  await portal.start.click();
  await portal.expectActingAs(person.name);
}

test('an operator signs in as a customer by number, with the same banner, ledger and way back', async ({
  page,
  portal,
  server,
  guard,
}) => {
  const starts = countRequests(page, 'GET', OPERATOR_START);
  await open(portal);
  const before = await portal.storedCredential();
  await actAsNumber(portal, AISHA);
  await expect(portal.said(`You are now acting as ${AISHA.name}.`)).toHaveCount(1);
  await expect(portal.banner).toContainText('View only');
  expect(starts()).toBe(1);
  expect(await guard.tokens('acting')).toHaveLength(1);
  await portal.returnButton.click();
  await expect(portal.heading('Find a customer')).toBeVisible();
  await expect(page).toHaveURL('/customers');
  await portal.expectOwn(OPS);
  expect(await portal.storedCredential()).toBe(before);
  expect((await server.audit()).map(({ Event, TargetCoworkerId }) => [Event, TargetCoworkerId])).toEqual([
    ['start', AISHA.id],
    ['exchange', AISHA.id],
    ['end', AISHA.id],
  ]);
  await portal.menuButton(OPS.name).click();
  await page.getByRole('menuitem', { name: 'Impersonation history' }).click();
  await expect(portal.main).toContainText(AISHA.name);
  await expect(portal.main).toContainText('Correct a booking they asked about');
});

test('a number that is none is told in words, and nothing is asked', async ({ page, portal }) => {
  const starts = countRequests(page, 'GET', OPERATOR_START);
  await open(portal);
  for (const [typed, sentence] of [
    ['', 'Enter the customer number.'],
    ['maria', 'A customer number has only digits, such as 1042.'],
    ['0', 'A customer number has only digits, such as 1042.'],
    ['99999999999999999999', 'This number is too long for a customer.'],
    [String(OPS.id), 'This is you.'],
  ] as const) {
    await number(page).fill(typed);
    await number(page).press('Enter');
    await expect(number(page)).toHaveAccessibleDescription(new RegExp(`^${sentence}`));
    await expect(number(page)).toBeFocused();
    await expect(number(page)).toHaveValue(typed);
  }
  await expect(portal.dialog).toHaveCount(0);
  expect(starts()).toBe(0);
});

test('a customer that does not exist is told as such, and the dialog stays for another try', async ({ page, portal, guard }) => {
  guard.expectStatus(404);
  await open(portal);
  await number(page).fill('#987 654');
  await ask(page).click();
  await portal.giveReason('customer 987654');
  await portal.start.click();
  await expect(portal.dialog.getByRole('alert')).toContainText('There is no customer 987654 at this location.');
  await portal.expectOwn(OPS);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await actAsNumber(portal, LEO);
});

test('a 401 is “not an operator”, not “signed out”', async ({ page, portal, guard }) => {
  guard.expectStatus(401);
  await open(portal);
  await page.route(/\/api\/sys\/users\/impersonate/, (route) => route.fulfill({ status: 401 }));
  await number(page).fill(String(AISHA.id));
  await ask(page).click();
  await portal.giveReason(`customer ${AISHA.id}`);
  await portal.start.click();
  await expect(portal.dialog.getByRole('alert')).toContainText('You are not an operator of this location.');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(portal.heading('Find a customer')).toBeVisible();
  await portal.expectOwn(OPS);
});

test('sec_20_customers_never_see_the_page_and_are_answered_as_if_there_were_none', async ({ page, portal, server }) => {
  const starts = countRequests(page, 'GET', OPERATOR_START);
  await portal.signInToProfiles(MARIA);
  await expect(customersLink(page)).toHaveCount(0);
  await page.goto('/customers');
  await expect(portal.heading('Page not found')).toBeVisible();
  await expect(number(page)).toHaveCount(0);
  await expect(portal.main).not.toContainText(/customer|operator/i);
  expect(starts()).toBe(0);
  const bearer = await server.bearer(MARIA.email, PASSWORD);
  expect((await server.api('GET', `/api/sys/users/impersonate?coworkerId=${AISHA.id}`, bearer)).status).toBe(401);
});

test('sec_19_an_operator_who_acts_sees_what_the_customer_sees_and_finds_nobody_else', async ({ page, portal }) => {
  await open(portal);
  await actAsNumber(portal, MARIA);
  await expect(customersLink(page)).toHaveCount(0);
  await portal.follow('/customers');
  await expect(portal.heading('Page not found')).toBeVisible();
  await page.getByRole('button', { name: 'Change person' }).click();
  await expect(portal.heading('Find a customer')).toBeVisible();
  await number(page).fill(String(JONAS.id));
  await ask(page).click();
  await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('Correct a booking they asked about');
});

test('whoever was found in this tab is offered again by name', async ({ page, portal }) => {
  await open(portal);
  await expect(page.getByRole('heading', { name: 'Used in this tab before' })).toHaveCount(0);
  await actAsNumber(portal, LEO);
  await portal.returnButton.click();
  await expect(portal.heading('Find a customer')).toBeVisible();
  await page.getByRole('button', { name: `Sign in as ${LEO.name}`, exact: true }).click();
  await portal.giveReason(LEO.name);
  await portal.start.click();
  await portal.expectActingAs(LEO.name);
});

test('the page one came for is there after signing in', async ({ page, portal }) => {
  await portal.signIn(OPS, { at: '/customers' });
  await expect(portal.heading('Find a customer')).toBeVisible();
  await expect(page).toHaveURL('/customers');
  await expect(page).toHaveTitle('Find a customer - Harbour House');
});

test('the whole way works by keyboard alone, at 320 pixels', async ({ page, portal }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await open(portal);
  await tabTo(page, number(page));
  await page.keyboard.type(String(AISHA.id));
  await page.keyboard.press('Enter');
  await expect(portal.dialog).toBeVisible();
  await tabTo(page, page.getByRole('textbox', { name: 'Reason' }));
  await page.keyboard.type('Correct a booking they asked about');
  await tabTo(page, portal.start);
  await page.keyboard.press('Enter');
  await expect(portal.heading(`Welcome, ${AISHA.name}`)).toBeFocused();
  await tabTo(page, portal.returnButton);
  await page.keyboard.press('Enter');
  await expect(portal.heading('Find a customer')).toBeFocused();
});

test('axe finds nothing, by light and by dark, with an error and with people found before', async ({ page, portal }) => {
  await open(portal);
  await actAsNumber(portal, LEO);
  await portal.returnButton.click();
  await expect(portal.heading('Find a customer')).toBeVisible();
  await ask(page).click();
  await expect(number(page)).toHaveAccessibleDescription(/^Enter the customer number\./);
  await expectAccessible(page, 'light', 'dark');
  await page.setViewportSize({ width: 320, height: 700 });
  await expectToFit(page, 320);
  await expectAccessible(page, 'light');
});
