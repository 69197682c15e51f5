import { expectAccessible } from '../support/axe.ts';
import { CURRENT_PROFILE, PROFILES, countRequests, expect, test } from '../support/fixtures.ts';
import { tabTo } from '../support/keyboard.ts';
import { LEO, NORA, NORAS_FAIR, NORAS_PRINTERS } from '../support/people.ts';
import { Profiles } from '../support/profiles.ts';
import { expectToFit } from '../support/width.ts';

test('all of many profiles are there, and typing leaves those that were meant', async ({ portal }) => {
  const profiles = new Profiles(portal);
  await portal.signIn(NORA);
  await expect(profiles.tiles).toHaveCount(32);
  await expect(portal.said('32 profiles')).toBeVisible();
  for (const [typed, name] of [
    ['tryckeri', NORAS_PRINTERS.name],
    ['AKE quill', NORAS_PRINTERS.name],
    ['northern', 'Nora Quill'],
    ['#212', 'Typecase'],
  ] as const) {
    await profiles.search.fill(typed);
    await expect(portal.said('1 of 32 profiles')).toBeVisible();
    await expect(profiles.tiles).toHaveCount(1);
    await expect(profiles.tile(name)).toBeVisible();
  }
  await profiles.search.fill('zzzz');
  await expect(portal.said('No profile found')).toBeVisible();
  await profiles.own.getByRole('button', { name: 'Clear the search' }).click();
  await expect(profiles.search).toBeFocused();
  await expect(profiles.search).toHaveValue('');
  await expect(profiles.tiles).toHaveCount(32);
});

test('every profile says its kind and company, and those that look the same their number', async ({ portal }) => {
  const profiles = new Profiles(portal);
  await portal.signIn(NORA);
  for (const name of [
    'Nora Quill Individual #201 Current',
    'Nora Quill Individual #202',
    'Nora Quill Individual · Quill & Ink',
    'Quill Editions Company #204',
    'Quill Editions Company #205',
    'Octavo Company',
  ]) {
    await expect(profiles.own.getByRole('button', { name, exact: true })).toBeVisible();
  }
  await expect(profiles.own.getByRole('button', { name: / #\d/ })).toHaveCount(4);
});

test('profiles that are not active come last, say why, and stay focusable', async ({ page, portal }) => {
  const profiles = new Profiles(portal);
  const puts = countRequests(page, 'PUT', CURRENT_PROFILE);
  await portal.signIn(NORA);
  for (const place of [29, 30, 31]) {
    const tile = profiles.tiles.nth(place);
    await expect(tile).toBeDisabled();
    await expect(tile).toContainText('Not active');
    await expect(tile).toHaveAccessibleDescription('This profile is not active, so it cannot be used.');
  }
  const closed = profiles.tile('Blue Pencil');
  await closed.focus();
  await expect(closed).toBeFocused();
  await page.keyboard.press('Enter');
  await profiles.expectChoice();
  expect(puts()).toBe(0);
});

test('the profile that was used last on this device comes first, for whoever used it', async ({ page, portal, server }) => {
  const profiles = new Profiles(portal);
  await portal.signIn(NORA);
  await expect(profiles.tiles.first()).toHaveAccessibleName(/^Nora Quill .*#201 Current$/);
  await profiles.tile('Octavo').click();
  await expect(portal.heading('Welcome, Octavo')).toBeVisible();
  await portal.signOut('Octavo');

  // Meanwhile another device takes another one.
  const bearer = await server.bearer(NORA.email, 'harbour-demo');
  const path = `/api/public/coworkers/profiles/current?coworkerId=${NORAS_PRINTERS.id}`;
  expect((await server.api('PUT', path, bearer)).ok).toBe(true);
  await portal.signIn({ ...NORA, name: NORAS_PRINTERS.name });
  await expect(profiles.tiles.nth(0)).toHaveAccessibleName('Octavo Company Last used');
  await expect(profiles.tiles.nth(1)).toHaveAccessibleName(`${NORAS_PRINTERS.name} Company Current`);
  await portal.signOut(NORAS_PRINTERS.name);

  await portal.signIn(LEO);
  await expect(profiles.tiles.first()).toHaveAccessibleName(/^Léo Martin .*Current$/);
  await expect(profiles.own.getByText('Last used')).toHaveCount(0);
  await page.evaluate(() => localStorage.setItem('portal.profiles', '[{"user":'));
  await page.reload();
  await expect(profiles.tiles).toHaveCount(3);
});

test('the whole choice works by keyboard alone', async ({ page, portal }) => {
  const profiles = new Profiles(portal);
  await portal.signIn(NORA);
  await profiles.tile(NORAS_FAIR.name).click();
  await expect(portal.heading(`Welcome, ${NORAS_FAIR.name}`)).toBeVisible();
  await profiles.open();
  await expect(profiles.rows).toHaveCount(3);
  await tabTo(page, profiles.search);

  await page.keyboard.press('ArrowDown');
  await expect(profiles.tiles.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(profiles.tiles.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(profiles.search).toBeFocused();
  await page.keyboard.press('ArrowDown');

  await page.keyboard.press('End');
  await expect(profiles.rows.last()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(profiles.rows.last()).toBeFocused();
  for (let row = 0; row < 3; row += 1) await page.keyboard.press('ArrowUp');
  await expect(profiles.tiles.last()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(profiles.rows.first()).toBeFocused();
  await page.keyboard.type('zz');
  await expect(profiles.memberSearch).toBeFocused();
  await expect(profiles.memberSearch).toHaveValue('zz');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await expect(profiles.tiles.last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(profiles.tiles.first()).toBeFocused();

  // Modifiers and the keys of the field itself are left alone.
  await page.keyboard.press('Control+ArrowDown');
  await expect(profiles.tiles.first()).toBeFocused();
  await page.keyboard.type('quill');
  await expect(profiles.search).toBeFocused();
  await page.keyboard.press('Home');
  await expect(profiles.search).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(profiles.tiles.first()).toBeFocused();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('octavo');
  await expect(profiles.tiles).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(portal.heading('Welcome, Octavo')).toBeVisible();
});

test('Tab leads to every profile, and a link past them', async ({ page, portal }) => {
  const profiles = new Profiles(portal);
  await portal.signIn(NORA);
  await profiles.tile(NORAS_FAIR.name).click();
  await expect(portal.heading(`Welcome, ${NORAS_FAIR.name}`)).toBeVisible();
  await profiles.open();
  const skip = page.getByRole('link', { name: 'Skip to the team members' });
  // It is there as soon as there are members to lead to.
  await expect(skip).toBeAttached();
  await profiles.search.focus();
  await page.keyboard.press('Tab');
  await expect(profiles.always).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(profiles.tiles.first()).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(profiles.tiles.nth(1)).toBeFocused();
  await skip.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(profiles.memberSearch).toBeFocused();
});

test('some hundreds of profiles are shown and found at once', async ({ page, portal }) => {
  await page.route(PROFILES, async (route) => {
    const response = await route.fetch();
    const reply = (await response.json()) as { Profiles: object[] };
    const more = Array.from({ length: 400 }, (_, at) => ({
      Id: 5000 + at,
      FullName: `Branch ${at}`,
      CoworkerType: 2,
      Active: true,
    }));
    reply.Profiles.push(...more);
    await route.fulfill({ response, json: reply });
  });
  const profiles = new Profiles(portal);
  await portal.signIn(LEO);
  await expect(profiles.tiles).toHaveCount(403);
  await expect(portal.said('403 profiles')).toBeVisible();
  await profiles.search.fill('branch 399');
  await expect(profiles.tiles).toHaveCount(1);
  await profiles.search.fill('');
  await expect(profiles.tiles).toHaveCount(403);
});

const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(9).slice(0, 300);
const HOSTILE: Record<string, { name: string; company: string; shown?: string }> = {
  markup: { name: '<img src=x onerror="document.title=1"></bdi></li>', company: '&lt;b&gt;' },
  'a right-to-left override': { name: 'Leo \u202enitraM', company: '\u202eynapmoC' },
  'right to left': { name: 'ليو مارتن', company: 'שלום בע״מ' },
  'three hundred characters without a space': { name: LONG, company: LONG.slice(1) },
  nothing: { name: '', company: '', shown: 'Profile 106' },
};

for (const [what, { name, company, shown = name }] of Object.entries(HOSTILE)) {
  test(`a profile with a name of ${what} is text, can be taken, and does not break the page`, async ({ page, portal, server }) => {
    const profiles = new Profiles(portal);
    await server.renameMember(106, { FullName: name, CompanyName: company });
    await page.setViewportSize({ width: 320, height: 800 });
    await portal.signIn(LEO);
    const tile = profiles.own.getByRole('listitem').filter({ has: page.getByText(shown, { exact: true }) });
    await expect(tile.getByText(shown, { exact: true })).toHaveJSProperty('tagName', 'BDI');
    await expect(tile.getByRole('img')).toHaveCount(0);
    await expectToFit(page, 320);
    await expect(page).toHaveTitle('Choose a profile - Harbour House');
    await tile.getByRole('button').click();
    await expect(page).toHaveURL('/');
  });
}

test('many profiles and members are readable for everybody, also on a small screen', async ({ page, portal }) => {
  const profiles = new Profiles(portal);
  await portal.signIn(NORA);
  await profiles.tile(NORAS_FAIR.name).click();
  await expect(portal.heading(`Welcome, ${NORAS_FAIR.name}`)).toBeVisible();
  await profiles.open();
  await expect(profiles.rows).toHaveCount(3);
  await expectAccessible(page, 'light', 'dark');
  await page.setViewportSize({ width: 320, height: 800 });
  await expectToFit(page, 320);
  await profiles.search.fill('zzzz');
  await profiles.memberSearch.fill('zzzz');
  await expect(portal.said('Loaded 12 of 12 teams')).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'light', 'dark');
});
