import { expect, test } from '../support/fixtures.ts';
import { Members } from '../support/members.ts';
import { AISHA, JONAS, MARIA } from '../support/people.ts';
import { speak } from '../support/speak.ts';

const ALL = 10_000;

test.use({ serverArgs: ['--members', String(ALL)], viewport: { width: 1280, height: 800 } });
test.setTimeout(120_000);

test('ten thousand members are told by number, few of them are in the page, and all can be reached', async ({
  page,
  portal,
}) => {
  const members = await Members.open(portal);
  await expect(portal.said(`${ALL.toLocaleString('en')} members`)).toBeVisible();
  await expect(portal.table).toHaveAttribute('aria-rowcount', String(ALL + 1));
  await expect(members.row(AISHA.name)).toHaveAttribute('aria-rowindex', /^\d+$/);
  expect(await members.rows.count()).toBeLessThan(50);

  // By scrolling to the end,
  await members.list.evaluate((list) => (list.scrollTop = list.scrollHeight));
  const last = members.rows.last();
  await expect(last).toHaveAttribute('aria-rowindex', String(ALL + 1));
  const below = () => members.list.evaluate((list) => list.scrollHeight - list.clientHeight - list.scrollTop);
  await expect.poll(below).toBeLessThan(2);
  await members.list.evaluate((list) => list.scrollIntoView({ block: 'end' }));
  await expect(members.row('田中 さくら')).toBeInViewport();
  expect(await members.rows.count()).toBeLessThan(50);

  // by keyboard,
  await members.list.evaluate((list) => (list.scrollTop = 0));
  await members.manage(AISHA.name).focus();
  await page.keyboard.press('Control+End');
  await expect(members.manage('田中 さくら')).toBeFocused();
  await expect(members.manage('田中 さくら')).toBeInViewport();

  // and by search.
  await members.search.fill('Ravi Subr');
  await expect(portal.table).toHaveAttribute('aria-rowcount', '2');
  await members.expectNames('Ravi Subramaniam');
  await expect(members.row('Ravi Subramaniam')).toHaveAttribute('aria-rowindex', '2');
});

test('rows are numbered as they lie, wherever one scrolls to', async ({ portal }) => {
  const members = await Members.open(portal);
  await expect(portal.table).toBeVisible();
  for (const part of [0.5, 0.9, 0.25]) {
    await members.list.evaluate((list, part) => (list.scrollTop = list.scrollHeight * part), part);
    await expect
      .poll(async () => {
        const rows = members.rows.filter({ has: members.page.getByRole('switch') });
        const indices = await rows.evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
        const [first = 0] = indices;
        expect(indices).toEqual(indices.map((_, place) => first + place));
        return Math.abs(first - ALL * part) / ALL;
      })
      .toBeLessThan(0.02);
  }
});

test('the switch with the focus stays there however far one scrolls, and works', async ({ page, portal }) => {
  const members = await Members.open(portal);
  const change = portal.permission('Book for team', AISHA.name);
  await change.focus();
  await members.list.hover();
  // A wheel that turns while the page itself is still being scrolled turns the page: one turns it on.
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 200_000);
      return members.scrollTop();
    })
    .toBeGreaterThan(100_000);
  await expect(change).toBeFocused();
  await expect(change).not.toBeInViewport();
  await page.keyboard.press('Space');
  await expect(change).toBeChecked();
  await expect(change).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const next = page.getByRole('switch', { name: /^Book for team for /, disabled: false }).and(page.locator(':focus'));
  await expect(next).toBeInViewport();
  await expect(next).not.toHaveAccessibleName(`Book for team for ${AISHA.name}`);
});

test('where one has scrolled to is kept on Back, and for who acts as a member', async ({ page, portal }) => {
  const members = await Members.open(portal);
  await expect(portal.table).toBeVisible();
  const top = await members.scrollTo(123_456);
  expect(Math.abs(top - 123_456)).toBeLessThan(200);
  await expect(members.row(AISHA.name)).toHaveCount(0);
  const seen = await members.names();
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await page.goBack();
  await members.expectNames(...seen);

  // A few rows are above what is seen.
  const whom = seen[8] ?? '';
  await expect(members.select(whom)).toBeInViewport();
  await portal.actFromPermissions(whom);
  await portal.returnButton.click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await members.expectNames(...seen);
  await expect(members.select(whom)).toBeInViewport();
});

test('on a phone Back and Forward lead to where one was, too', async ({ page, portal }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const members = await Members.open(portal);
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeFocused();
  await page.goBack();
  await expect(members.manage(AISHA.name)).toBeVisible();
  const scrolled = () => page.evaluate(() => window.scrollY);
  await page.evaluate(() => window.scrollTo(0, 3000));
  const seen = page.getByRole('button', { name: /^Manage permissions: / });
  await expect(members.manage(AISHA.name)).not.toBeInViewport();
  const whom = (await members.names())[(await seen.count()) >> 1] ?? '';
  await members.manage(whom).scrollIntoViewIfNeeded();
  const place = await scrolled();
  await page.goForward();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeFocused();
  await page.goBack();
  await expect(portal.heading('Team permissions')).toBeFocused();
  await expect(members.manage(whom)).toBeInViewport();
  expect(Math.abs((await scrolled()) - place)).toBeLessThan(100);
});

test('a team that is too large for paper says so on it, and nowhere else', async ({ page, portal }) => {
  await Members.open(portal);
  await expect(portal.table).toBeVisible();
  const said = page.getByText('Not all members are on paper: there are too many. “Export as CSV” on the page has all of them.');
  await expect(said).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(said).toBeVisible();
});

test('paper says what was sought and left out, and the page need not', async ({ page, portal }) => {
  const members = await Members.open(portal);
  await members.search.fill('an');
  await page.getByText('Filter and sort').click();
  await page.getByRole('combobox', { name: 'Role' }).selectOption('Administrators');
  await page.getByRole('combobox', { name: 'Make bookings' }).selectOption('On');
  const said = page.getByText('Find a member: an · Role: Administrators · Make bookings: On');
  await expect(said).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(said).toBeVisible();
});

test('another search and another order begin with the first of those they show', async ({ portal }) => {
  const members = await Members.open(portal);
  await expect(portal.table).toBeVisible();
  await members.scrollTo(300_000);
  await members.search.fill('amara');
  await expect.poll(async () => (await members.names())[0]).toMatch(/^Amara /);
  await expect(members.rows.nth(1)).toBeInViewport();
  await expect(members.rows.nth(1)).toHaveAttribute('aria-rowindex', '2');
  await members.search.fill('');
  await members.scrollTo(300_000);
  await members.sortBy('Role');
  await expect(members.row(JONAS.name)).toBeInViewport();
});

test('phones show a card for each, and the page itself scrolls to the last of them', async ({ page, portal }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const members = await Members.open(portal);
  await expect(members.manage(AISHA.name)).toBeVisible();
  expect(await members.rows.count()).toBeLessThan(50);
  await expect(members.heading('Make bookings')).toContainText(/\d of \d/);
  // One for each cell of a row but the box that selects, for whoever goes from cell to cell.
  await expect(members.portal.table.getByRole('columnheader')).toHaveCount(10);
  await members.manage(AISHA.name).focus();
  await page.keyboard.press('Control+End');
  await expect(members.manage('田中 さくら')).toBeFocused();
  await expect(members.manage('田中 さくら')).toBeInViewport();
  await members.expectNoSidewaysScroll();
});

const hasFocus = (members: Members) => members.page.evaluate(() => document.activeElement?.getAttribute('type'));

test('Ctrl F finds in the table, and pressed again it is the browser’s', async ({ page, portal }) => {
  const members = await Members.open(portal);
  await portal.permission('Book for team', AISHA.name).focus();
  await page.evaluate(() => {
    const taken: boolean[] = [];
    Object.assign(window, { taken });
    addEventListener('keydown', (event) => event.key === 'f' && taken.push(event.defaultPrevented));
  });
  const taken = () => page.evaluate(() => (window as unknown as { taken: boolean[] }).taken);
  await page.keyboard.press('Control+f');
  await expect(members.search).toBeFocused();
  await page.keyboard.type('zolkiew');
  await members.expectNames('Sofia Nowak-Żółkiewska');
  await page.keyboard.press('Control+f');
  await expect(members.search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(members.search).toHaveValue('');
  await members.manage(AISHA.name).click();
  await expect(members.dialog).toBeVisible();
  await page.keyboard.press('Control+f');
  expect(await hasFocus(members)).not.toBe('search');
  await page.keyboard.press('Escape');
  await expect(members.dialog).toHaveCount(0);
  await portal.impersonate(AISHA.name).click();
  await expect(members.dialog).toBeVisible();
  await page.keyboard.press('Control+f');
  // It was taken once: never when the search had the focus already, nor with a dialog in front of the table.
  expect(await taken()).toEqual([true, false, false, false]);
});

test.describe('with few members', () => {
  test.use({ serverArgs: [], viewport: { width: 1280, height: 1700 } });

  test('Ctrl F is the browser’s, which finds all of them', async ({ page, portal }) => {
    const members = await Members.open(portal);
    await members.manage(AISHA.name).focus();
    await page.keyboard.press('Control+f');
    await expect(members.manage(AISHA.name)).toBeFocused();
  });

  for (const [language, widths] of [
    // The page's scrollbar and the table's, where they take room: here they lie above the page.
    ...['en', 'de', 'es', 'it', 'pt'].map((language) => [language, [1280 - 2 * 15, 1280, 1366, 1440]] as const),
    ['fr', [1280, 1366, 1440]] as const,
  ] as const) {
    test(`a laptop shows all columns at once, in ${language}`, async ({ page, portal }) => {
      await Members.open(portal);
      await speak(page, language);
      const table = page.getByRole('table');
      await expect(table).toBeVisible();
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        const hidden = () => table.locator('..').evaluate((list) => list.scrollWidth - list.clientWidth);
        await expect.poll(hidden, `pixels that do not fit into ${width}`).toBe(0);
      }
    });
  }
});
