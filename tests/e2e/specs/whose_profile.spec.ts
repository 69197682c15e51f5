import type { Page } from '@playwright/test';
import { Details, openOwn } from '../support/details.ts';
import { expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { AISHA, LEO, LEOS_STUDIO, LUMEN, LUMEN_PAGE, MARIA, MARIAS_COMPANY, TOMAS } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import type { Server } from '../support/server.ts';
import { asLeo, dialog, openSwitcher, profile } from '../support/switcher.ts';

const CURRENT = /\/coworkers\/profiles\/current/;
const DETAILS = /\/api\/public\/coworker\/profile$/;
const MAYBE = 'A change may not have been saved: the account changed while it was sent.';

async function rename(page: Page, name: string): Promise<void> {
  const details = new Details(page);
  await details.open.click();
  await details.name.fill(name);
  await details.save.click();
}

const bearer = async (portal: Portal) => (JSON.parse((await portal.storedCredential()) ?? '{}') as { access: string }).access;

/** Takes another profile with the session of this page, as another device does with one of its own. */
async function takeElsewhere(server: Server, portal: Portal, id: number): Promise<void> {
  const path = `/api/public/coworkers/profiles/current?coworkerId=${id}`;
  expect((await server.api('PUT', path, await bearer(portal))).ok).toBe(true);
}

/** Watches what the page asks for. What is given back waits until all of it is there, so that nothing is answered for the
 * profile that is taken next. */
function watchReads(page: Page): () => Promise<void> {
  let open = 0;
  page.on('request', () => void (open += 1));
  page.on('requestfinished', () => void (open -= 1));
  page.on('requestfailed', () => void (open -= 1));
  return () => expect.poll(() => open).toBe(0);
}

const names = async (server: Server, portal: Portal) =>
  JSON.stringify(await (await server.api('GET', '/api/public/coworkers/profiles', await bearer(portal))).json());

test('sec_11_while_a_profile_is_being_taken_nothing_is_sent_for_the_one_that_is_shown', async ({ page, portal, server }) => {
  await asLeo(portal);
  await openSwitcher(portal, LEO.name);
  const asked = page.waitForRequest(CURRENT);
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(CURRENT, async (route) => {
    const response = await route.fetch();
    await held;
    await route.fulfill({ response });
  });
  const changes = await hold(page, 'PATCH', DETAILS);
  changes.letGo();
  await profile(page, LEOS_STUDIO.name).click();
  await asked;
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await rename(page, 'Léo Renamed');
  await expect(new Details(page).save).toHaveAttribute('aria-busy', 'true');
  answer();
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: MAYBE })).toBeVisible();
  expect(changes.count()).toBe(0);
  expect(await names(server, portal)).not.toContain('Léo Renamed');
});

test('what waited while a profile could not be taken is sent for the one that stays', async ({ page, portal, server, guard }) => {
  guard.expectStatus(500);
  await asLeo(portal);
  await openSwitcher(portal, LEO.name);
  const switching = await hold(page, 'PUT', CURRENT, (route) => route.fulfill({ status: 500 }));
  await profile(page, LEOS_STUDIO.name).click();
  await expect.poll(switching.count).toBe(1);
  await page.keyboard.press('Escape');
  await rename(page, 'Léo Renamed');
  await expect(new Details(page).save).toHaveAttribute('aria-busy', 'true');
  switching.letGo();
  await expect(portal.heading('Welcome, Léo Renamed')).toBeVisible();
  expect(await names(server, portal)).toContain('Léo Renamed');
});

test('sec_11_a_change_of_details_is_not_written_onto_a_profile_that_was_taken_on_another_device', async ({ page, portal, server }) => {
  await asLeo(portal);
  await takeElsewhere(server, portal, LEOS_STUDIO.id);
  const changes = await hold(page, 'PATCH', DETAILS);
  changes.letGo();
  await rename(page, 'Léo Renamed');
  await expect(portal.heading(`Welcome, ${LEOS_STUDIO.name}`)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: MAYBE })).toBeVisible();
  expect(changes.count()).toBe(0);
});

test('what is refused because the profile was changed on another device shows who one is now', async ({ page, portal, server, guard }) => {
  guard.expectStatus(403, 404);
  const haveRead = watchReads(page);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await portal.findInTable('Aisha');
  await haveRead();
  await takeElsewhere(server, portal, MARIAS_COMPANY.id);
  await page.getByRole('switch', { name: `Make bookings for ${AISHA.name}` }).click();
  await expect(portal.menuButton(MARIAS_COMPANY.name)).toBeVisible();
});

test('details that are on their way when one signs out are not left in doubt without a word', async ({ page, portal }) => {
  await openOwn(portal, page);
  const change = await hold(page, 'PATCH', DETAILS);
  const details = new Details(page);
  await details.name.fill('Tomas Lindqvist');
  await details.save.click();
  await expect.poll(change.count).toBe(1);
  await page.keyboard.press('Escape');
  await portal.pressSignOut(TOMAS.name);
  await page.getByRole('dialog', { name: 'Changes are still being saved' }).getByRole('button', { name: 'Sign out' }).click();
  await expect(portal.heading('Sign in')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: MAYBE })).toBeVisible();
  change.letGo();
});

test('a list of teams that is another profile’s by now is not shown as ones own, nor remembered as that', async ({ page, portal, server, guard }) => {
  guard.expectStatus(403, 404);
  const haveRead = watchReads(page);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await expect(portal.table).toBeVisible();
  const kept = () => page.evaluate(() => localStorage.getItem('portal.seen-teams'));
  await expect.poll(kept).toContain(String(LUMEN.id));
  await haveRead();
  const before = await kept();
  await page.clock.install();
  await takeElsewhere(server, portal, MARIAS_COMPANY.id);
  // The list is there before the server has said who one is.
  const whoami = await hold(page, 'GET', /\/coworkers\/profiles(\?|$)/);
  const lists = page.waitForResponse(/\/api\/public\/teams\/my/);
  await page.clock.setSystemTime(Date.now() + 40_000);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await (await lists).finished();
  whoami.letGo();
  await expect(portal.menuButton(MARIAS_COMPANY.name)).toBeVisible();
  await expect(portal.main).toContainText(`${MARIA.name} administers this team. Switch to this profile?`);
  expect(await kept()).toBe(before);
});
