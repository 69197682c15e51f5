import { expect, test } from '../support/fixtures.ts';
import { Members, LUMEN_PAGE, PERMISSION_NAMES, TALL } from '../support/members.ts';
import { AISHA, JONAS, LEO, LUMEN, MARIA, NORTHWIND, PASSWORD, SOFIA } from '../support/people.ts';
import type { Server } from '../support/server.ts';

test.use({ viewport: TALL });

const BY_NAME = [
  'Aisha Khan',
  'Anastasia Konstantinopolitanskaya-Featherstonehaugh de la Vega y Montenegro',
  'Björn Þórsson',
  'Chloé Dubois',
  'Daniel Mbeki',
  'Jonas Weber',
  'Maria Santos',
  'Ravi Subramaniam',
  "Siobhán O'Connor",
  'Sofia Nowak-Żółkiewska',
  'Trần Thị Bích Ngọc',
  'Zoë Okonkwo',
  'محمد الفارسي',
  '林美玲',
  '田中 さくら',
];

interface Row {
  FullName: string;
  CompanyName: string | null;
  Active: boolean;
  AccessCardId: string | null;
  IsTeamAdministrator: boolean;
  CanMakeBookings: boolean;
  CanBookForTeam: boolean;
  CanPurchaseProducts: boolean;
  CanPurchaseEvents: boolean;
  CanAccessCommunity: boolean;
}
const FLAGS = [
  'IsTeamAdministrator',
  'CanMakeBookings',
  'CanBookForTeam',
  'CanPurchaseProducts',
  'CanPurchaseEvents',
  'CanAccessCommunity',
] as const;

/** What the server says of the members, by name. */
async function read(server: Server): Promise<Row[]> {
  const bearer = await server.bearer(MARIA.email, PASSWORD);
  const reply = await server.api('GET', `/api/public/teams/${LUMEN.id}/profile`, bearer);
  const { AllTeamMembers: all } = (await reply.json()) as { AllTeamMembers: Row[] };
  return all.sort((a, b) => BY_NAME.indexOf(a.FullName) - BY_NAME.indexOf(b.FullName));
}

for (const [typed, ...found] of [
  ['zolkiewska', SOFIA.name],
  ['ŻÓŁKIEWSKA sofia', SOFIA.name],
  ['thorsson', 'Björn Þórsson'],
  ['bich ngoc', 'Trần Thị Bích Ngọc'],
  ['okonkwo & daughters', 'Zoë Okonkwo'],
  ['acoustics', 'Ravi Subramaniam'],
  ['118', SOFIA.name],
  ['美玲', '林美玲'],
  ['الفارسي', 'محمد الفارسي'],
  ["  O'CONNOR ", "Siobhán O'Connor"],
] as const) {
  test(`“${typed}” finds ${found.join(', ')} alone`, async ({ portal }) => {
    const members = await Members.open(portal);
    await members.search.fill(typed);
    await members.expectNames(...found);
    await expect(portal.said(`1 of ${LUMEN.members} members`)).toBeVisible();
  });
}

test('no letter is lost however slowly or quickly one types', async ({ page, portal }) => {
  const members = await Members.open(portal);
  for (const delay of [0, 30, 120, 240, 250, 252, 260]) {
    await members.search.fill('');
    await members.search.pressSequentially('jonas', { delay });
    await expect(members.search).toHaveValue('jonas');
    await members.expectNames(JONAS.name);
    await members.expectQuery('find=jonas');
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expect(members.search, `with ${delay} ms between keys`).toHaveValue('jonas');
  }
});

test('a permission filters by on and by off, and the counts are those of whom it leaves', async ({ portal, server }) => {
  const all = await read(server);
  const members = await Members.open(portal);
  for (const [place, name] of PERMISSION_NAMES.entries()) {
    const flag = FLAGS[place] ?? 'IsTeamAdministrator';
    for (const on of [true, false]) {
      await members.filter(name, on ? 'On' : 'Off');
      const left = all.filter((member) => member[flag] === on);
      await members.expectNames(...left.map(({ FullName }) => FullName));
      await expect(members.heading(name)).toContainText(`With this permission: ${on ? left.length : 0} of ${left.length}`);
    }
    await members.filter(name, 'Any');
  }
  await members.expectNames(...BY_NAME);
  for (const [place, name] of PERMISSION_NAMES.entries()) {
    const having = all.filter((member) => member[FLAGS[place] ?? 'IsTeamAdministrator']).length;
    await expect(members.heading(name)).toContainText(`With this permission: ${having} of ${LUMEN.members}`);
  }
});

test('roles filter, filters narrow together, and one button shows everybody again', async ({ page, portal }) => {
  const members = await Members.open(portal);
  await members.filter('Role', 'Administrators');
  await members.expectNames(JONAS.name, MARIA.name);
  await members.filter('Role', 'Not active');
  await members.expectNames(SOFIA.name);
  await expect(members.row(SOFIA.name)).toContainText('Not active');
  await members.filter('Role', 'Members');
  await expect(members.rows).toHaveCount(LUMEN.members - 3 + 1);
  await members.filter('Purchase products', 'Off');
  await members.filter('Book for team', 'On');
  await members.search.fill('o');
  await members.expectNames('Zoë Okonkwo');
  await expect(page.getByText('Filter and sort (3 filters)')).toBeVisible();
  await members.filter('Team administrator', 'On');
  await expect(portal.main).toContainText('No member matches');
  await members.button('Clear the filters').press('Enter');
  // The button goes with them; one goes on from where they were.
  await expect(page.locator('summary', { hasText: 'Filter and sort' })).toBeFocused();
  await members.filter('Team administrator', 'On');
  await members.filter('Purchase products', 'Off');
  await members.search.fill('nobody like that');
  await expect(portal.main).toContainText('No member matches');
  await members.button('Show everybody').click();
  await members.expectNames(...BY_NAME);
  await expect(members.search).toHaveValue('');
  await expect(page.getByText('Filter and sort', { exact: true })).toBeVisible();
});

test('every column sorts both ways, says so, and what is empty comes last', async ({ portal, server }) => {
  const all = await read(server);
  const members = await Members.open(portal);
  const role = (row: Row) => (row.Active ? (row.IsTeamAdministrator ? 0 : 1) : 2);
  const order: Record<string, (row: Row) => string | number> = {
    Company: (row) => (row.CompanyName ?? '').toLowerCase(),
    Role: role,
    'Access card': (row) => row.AccessCardId ?? '',
  };
  for (const [place, name] of PERMISSION_NAMES.entries()) {
    order[name] = (row) => (row[FLAGS[place] ?? 'IsTeamAdministrator'] ? 0 : 1);
  }
  for (const [column, key] of Object.entries(order)) {
    for (const [direction, sign] of [['ascending', 1], ['descending', -1]] as const) {
      // Companies stand below the names, without a column.
      if (column === 'Company') await members.filter('Sort by', sign === 1 ? column : 'Company, other way round');
      else {
        await members.sortBy(column);
        await expect(members.heading(column)).toHaveAttribute('aria-sort', direction);
        await expect(portal.table.locator('[aria-sort]')).toHaveCount(1);
      }
      const sorted = all.toSorted((a, b) => {
        const [one, other] = [key(a), key(b)];
        if (one === other) return 0;
        if (one === '' || other === '') return one === '' ? 1 : -1;
        return one < other ? -sign : sign;
      });
      await members.expectNames(...sorted.map(({ FullName }) => FullName));
    }
  }
  await members.sortBy('Member');
  await members.expectNames(...BY_NAME);
  await members.sortBy('Member');
  await members.expectNames(...BY_NAME.toReversed());
  await expect(members.heading('Member')).toHaveAttribute('aria-sort', 'descending');
});

test('what is shown stands in the address, and a link shows the same', async ({ openTab, portal }) => {
  const members = await Members.open(portal);
  await members.search.fill('a k');
  await members.expectQuery('find=a+k');
  await members.filter('Make bookings', 'On');
  await members.filter('Book for team', 'Off');
  await members.filter('Role', 'Members');
  await members.filter('Sort by', 'Company, other way round');
  const query = 'find=a+k&on=make-bookings&off=book-for-team&role=member&sort=-company';
  await members.expectQuery(query);
  const shown = await members.names();
  expect(shown.length).toBeGreaterThan(0);

  const tab = await Members.open(await openTab(), `${LUMEN_PAGE}?${query}`);
  await tab.expectNames(...shown);
  await expect(tab.search).toHaveValue('a k');
  await expect(tab.page.getByRole('combobox', { name: 'Sort by' })).toHaveValue('-company');
  await expect(tab.page.getByRole('combobox', { name: 'Role' })).toHaveValue('member');
  await expect(tab.page.getByRole('combobox', { name: 'Make bookings' })).toHaveValue('on');
  await tab.expectQuery(query);
});

test('Back, Forward and loading the page again bring the view back', async ({ page, portal }) => {
  const members = await Members.open(portal);
  await members.search.fill('jon');
  await members.expectQuery('find=jon');
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await page.goBack();
  await members.expectNames(JONAS.name);
  await expect(members.search).toHaveValue('jon');
  await page.goForward();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await page.goBack();
  await members.expectNames(JONAS.name);
  await page.reload();
  await members.expectNames(JONAS.name);
  await expect(members.search).toHaveValue('jon');
});

test('an address of another view, followed on the page, changes what is shown', async ({ page, portal }) => {
  const members = await Members.open(portal, `${LUMEN_PAGE}?find=jonas`);
  await members.expectNames(JONAS.name);
  await portal.follow(`${LUMEN_PAGE}?find=aisha`);
  await members.expectNames(AISHA.name);
  await expect(members.search).toHaveValue('aisha');
  await page.goBack();
  await members.expectNames(JONAS.name);
  await expect(members.search).toHaveValue('jonas');
});

test('an address that says nothing sensible shows everybody', async ({ portal }) => {
  const members = await Members.open(portal, `${LUMEN_PAGE}?sort=-fly&role=king&on=all&find=%20&x=1`);
  await members.expectNames(...BY_NAME);
});

test('who acts as a member comes back to the same view', async ({ portal }) => {
  const members = await Members.open(portal);
  await members.search.fill('kha');
  await members.sortBy('Role');
  await members.expectQuery('find=kha&sort=role');
  await portal.actFromPermissions(AISHA.name);
  await portal.returnButton.click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await members.expectNames(AISHA.name);
  await expect(members.search).toHaveValue('kha');
  await members.expectQuery('find=kha&sort=role');
});

test('another team begins with everybody', async ({ page, portal }) => {
  const members = await Members.open(portal);
  await members.search.fill('jonas');
  await members.filter('Role', 'Administrators');
  await members.expectQuery('find=jonas&role=administrator');
  await page.getByRole('combobox', { name: 'Team', exact: true }).selectOption(NORTHWIND.name);
  await expect(portal.impersonate(LEO.name)).toBeVisible();
  await expect(page).toHaveURL(`/user/team/permissions/${NORTHWIND.id}`);
  await expect(members.search).toHaveValue('');
  await expect(page.getByText('Filter and sort', { exact: true })).toBeVisible();
  await page.goBack();
  await members.expectNames(JONAS.name);
});
