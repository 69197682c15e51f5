import { expect, test } from '../support/fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { booted } from '../support/held.ts';
import { AISHA, MARIA, PASSWORD } from '../support/people.ts';

for (const [what, files] of [
  ['WebAssembly', '**/portal-*.wasm'],
  ['script', '**/portal-*.js'],
  ['style sheet', '**/portal-*.css'],
] as const) {
  test(`a ${what} that could not be downloaded is offered again, and nothing that was typed is lost`, async ({
    page,
    portal,
    guard,
  }) => {
    guard.expectNoNetwork();
    let broken = true;
    await page.route(files, (route) => (broken ? route.abort() : route.continue()));
    await page.goto('/sign-in');
    await portal.fillIn(MARIA.email, PASSWORD);
    await expect(page.getByText('The portal could not be loaded. Check your connection.')).toBeVisible();
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await booted(page);
    await portal.submit.click();
    await expect(portal.heading('Choose a profile')).toBeVisible();
  });
}

test('settings that could not be read are offered again, and nothing that was typed is lost', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(503);
  let broken = true;
  await page.route('**/config.json', (route) => (broken ? route.fulfill({ status: 503 }) : route.continue()));
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  broken = false;
  await again.click();
  await booted(page);
  await portal.submit.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('a host that answers every path with the page has no settings, also where the portal asks for them itself', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectStatus(503);
  let asked = 0;
  await page.route('**/config.json', (route) => {
    asked += 1;
    // What the page could not read ahead, the portal asks for.
    return asked === 1
      ? route.fulfill({ status: 503 })
      : route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>The page</title>' });
  });
  await page.goto('/sign-in');
  await booted(page);
  expect(asked).toBe(2);
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('a press while the portal could not be downloaded tries again', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  let broken = true;
  await page.route('**/portal-*.wasm', (route) => (broken ? route.abort() : route.continue()));
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page, 'light', 'dark');
  broken = false;
  // On a small phone, where the message must not lie over the button.
  await page.setViewportSize({ width: 360, height: 600 });
  await portal.submit.click({ timeout: 5_000 });
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('what only somebody sees and could not be downloaded is offered again', async ({ page, portal, guard }) => {
  guard.expectNoNetwork();
  guard.expectMessage(/^TypeError: Failed to fetch/);
  let broken = true;
  await page.route('**/split_inside-*.wasm', (route) => (broken ? route.abort() : route.continue()));
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  await expect(portal.heading('The portal cannot start')).toBeVisible();
  await expect(portal.alert).toHaveText('A part of it could not be loaded.');
  await expect(portal.main).toHaveCount(1);
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('a link whose page could not be downloaded leads in all the same once it can be', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectNoNetwork();
  guard.expectMessage(/^TypeError: Failed to fetch/);
  const link = await server.resetLink(AISHA.email);
  guard.hide(link);
  let broken = true;
  await page.route('**/split_inside-*.wasm', (route) => (broken ? route.abort() : route.continue()));
  await page.goto(link);
  await expect(portal.heading('The portal cannot start')).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(portal.newPassword).toBeVisible();
  await expect(page).toHaveURL('/reset-password');
});

test('the words that could not be downloaded are asked for again with the portal', async ({ page, guard }) => {
  guard.expectNoNetwork();
  await page.addInitScript(() => localStorage.setItem('portal.language', 'de'));
  let broken = true;
  await page.route(/portal-.*\.wasm|words-de/, (route) => (broken ? route.abort() : route.continue()));
  await page.goto('/sign-in');
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  broken = false;
  await again.click();
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
});

test('a file that is not the one that was built is not run', async ({ page, guard }) => {
  guard.expectMessage(/integrity/);
  await page.route('**/portal-*.js', async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: `window.tampered = true;${await reply.text()}` });
  });
  await page.goto('/sign-in');
  await expect(page.getByText('The portal could not be loaded. Check your connection.')).toBeVisible();
  expect(await page.evaluate(() => 'tampered' in window)).toBe(false);
});
