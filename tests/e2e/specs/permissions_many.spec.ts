import { PERMISSIONS, countRequests, expect, test } from '../support/fixtures.ts';
import { AISHA, JONAS, LUMEN, LUMEN_PAGE, MARIA } from '../support/people.ts';
import { Many } from '../support/many.ts';

const DANIEL = 'Daniel Mbeki';
const BJORN = { id: 116, name: 'Björn Þórsson' };
const CHLOE = 'Chloé Dubois';

/** Runs in the page: whether nothing lies over the middle of this. */
const isOnTop = (element: Element): boolean => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
};

test('members are selected by their boxes, one by one and all that are shown', async ({ page, portal }) => {
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.select(AISHA.name, DANIEL);
  await many.pick(AISHA.name).uncheck();
  await many.expectSelected(1);
  await many.all.check();
  await many.expectSelected(LUMEN.members);
  await expect(many.pick(BJORN.name)).toBeChecked();
  await many.all.uncheck();
  await many.expectSelected(0);
  await many.select(AISHA.name);
  await page.getByRole('button', { name: 'Clear the selection' }).press('Enter');
  await expect(many.pick(AISHA.name)).not.toBeChecked();
  // Not at the top of the page: one goes on from the row.
  await expect(many.pick(AISHA.name)).toBeFocused();
  await many.expectSelected(0);
});

for (const [width, where] of [[390, 'a phone'], [820, 'a tablet'], [1280, 'a desktop']] as const) {
  test(`on ${where} selecting moves nothing, and what can be done is at the foot of the window`, async ({ page, portal }) => {
    await page.setViewportSize({ width, height: 800 });
    const many = new Many(portal);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    const box = many.pick(CHLOE);
    await box.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const before = await box.boundingBox();
    await box.click();
    await many.expectSelected(1);
    expect(await box.boundingBox()).toEqual(before);

    const turn = many.bar.getByRole('button', { name: 'Turn on for all' });
    const more = many.bar.getByRole('button', { name: 'Change the selected members' });
    if (width < 800) {
      await expect(more).toBeInViewport({ ratio: 1 });
      await expect(more).toHaveAttribute('aria-expanded', 'false');
      await expect(turn).toBeHidden();
      await more.click();
      await expect(more).toHaveAttribute('aria-expanded', 'true');
    }
    await expect(turn).toBeInViewport({ ratio: 1 });
  });

  test(`on ${where} a box that is pressed low in the window is not covered by what comes there`, async ({ page, portal }) => {
    await page.setViewportSize({ width, height: 800 });
    const many = new Many(portal);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    const box = many.pick(CHLOE);
    await box.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    await box.click();
    await expect(many.bar).toBeVisible();
    await expect.poll(() => box.evaluate(isOnTop)).toBe(true);
    await expect(box).toBeFocused();
  });
}

for (const [width, height, where] of [[390, 667, 'a phone'], [320, 256, 'a phone that magnifies'], [1280, 800, 'a desktop']] as const) {
  test(`on ${where} what can be done with those selected is gone through by keyboard, in sight and without moving the page`, async ({
    page,
    portal,
  }) => {
    await page.setViewportSize({ width, height });
    const many = new Many(portal);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await many.select(AISHA.name);
    const scrolled = () => page.evaluate(() => window.scrollY);
    const more = many.bar.getByRole('button', { name: 'Change the selected members' });
    if (width < 800) {
      await more.click();
      await expect(more).toHaveAttribute('aria-expanded', 'true');
    }
    const before = await scrolled();
    await many.bar.getByRole('button', { name: 'Select all 15 that match' }).focus();
    for (const [role, name] of [
      ['button', 'Clear the selection'],
      ['combobox', 'Permission'],
      ['button', 'Turn on for all'],
      ['button', 'Turn off for all'],
      ['button', 'Copy permissions from…'],
    ] as const) {
      await page.keyboard.press('Tab');
      const control = many.bar.getByRole(role, { name });
      await expect(control).toBeFocused();
      await expect.poll(() => control.evaluate(isOnTop)).toBe(true);
    }
    await page.keyboard.press('Enter');
    await expect(portal.dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(portal.dialog).toHaveCount(0);
    await expect(many.bar.getByRole('button', { name: 'Copy permissions from…' })).toBeFocused();
    expect(await scrolled()).toBe(before);

    // Back from the bar into the table, what has the focus comes out from under it.
    await many.bar.getByRole('button', { name: 'Clear the selection' }).focus();
    if (width < 800) await more.focus();
    await page.keyboard.press('Shift+Tab');
    if (width >= 800) await page.keyboard.press('Shift+Tab');
    const last = page.locator('tr:has([role="switch"]) :focus');
    await expect(last).toBeVisible();
    await expect.poll(() => last.evaluate(isOnTop)).toBe(true);
  });
}

test('selecting the first does not scroll the table sideways', async ({ page, portal }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const list = page.getByRole('region', { name: /^Members and permissions/ });
  await list.evaluate((region) => (region.scrollLeft = 200));
  const box = await many.pick(AISHA.name).boundingBox();
  await page.mouse.click(box!.x + box!.width / 2, box!.y + box!.height / 2);
  await expect(many.bar).toBeVisible();
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  expect(await list.evaluate((region) => region.scrollLeft)).toBe(200);
});

test('with Shift a press selects every row from the one pressed last, in the order that is shown', async ({ portal }) => {
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const first = ['Aisha Khan', 'Anastasia', BJORN.name, CHLOE, DANIEL];
  await many.pick(AISHA.name).click();
  await many.pick(DANIEL).click({ modifiers: ['Shift'] });
  await many.expectSelected(first.length);
  for (const name of first) {
    await expect(portal.table.getByRole('checkbox', { name: `Select ${name}` })).toBeChecked();
  }
  await expect(many.pick(JONAS.name)).not.toBeChecked();
  // The same again, the other way round, takes them out.
  await many.pick(BJORN.name).click({ modifiers: ['Shift'] });
  await many.expectSelected(2);
  await expect(many.pick(CHLOE)).not.toBeChecked();
});

test('by keyboard, Space selects a row and Shift with Space all from there to here', async ({ page, portal }) => {
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.pick(AISHA.name).focus();
  await page.keyboard.press('Space');
  await expect(many.pick(AISHA.name)).toBeChecked();
  for (let rows = 0; rows < 3; rows += 1) await page.keyboard.press('ArrowDown');
  await expect(many.pick(CHLOE)).toBeFocused();
  // Shift is let go first: the press comes without it then, as it always does in some browsers.
  await page.keyboard.down('Shift');
  await page.keyboard.down('Space');
  await page.keyboard.up('Shift');
  await page.keyboard.up('Space');
  await many.expectSelected(4);
  await expect(many.pick(BJORN.name)).toBeChecked();
  await expect(many.pick(CHLOE)).toBeChecked();
  await expect(many.pick(CHLOE)).toBeFocused();
});

test('all that match are selected under a filter, and those who are not shown stay as they are', async ({
  page,
  portal,
}) => {
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.select(AISHA.name);
  await page.getByText('Filter and sort').click();
  await page.getByRole('combobox', { name: 'Make bookings' }).selectOption('Off');
  await portal.expectRows(3);
  await page.getByRole('button', { name: 'Select all 3 that match' }).click();
  await many.expectSelected(4);
  await many.turn('Make bookings', true);
  await expect(many.question).toContainText('3 members are changed');
  await expect(many.question).toContainText('1 member needs no change.');
  await page.keyboard.press('Escape');
  await expect(many.question).toHaveCount(0);
  await expect(many.bar.getByRole('button', { name: 'Turn on for all' })).toBeFocused();
});

test('the question says how many would change, who cannot and why, and sends nothing before it is answered', async ({
  page,
  portal,
  team,
}) => {
  const many = new Many(portal);
  const puts = countRequests(page, 'PUT', PERMISSIONS);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const before = await team.all();
  await many.all.check();
  await many.turn('Team administrator', false);
  await expect(many.question).toContainText('1 member is changed.');
  await expect(many.question).toContainText('13 members need no change.');
  await expect(many.question).toContainText('1 member cannot be changed:');
  await expect(many.question.getByRole('listitem')).toHaveText([
    JONAS.name,
    `${MARIA.name} – You cannot change your own administrator rights.`,
  ]);
  await expect(many.question).toContainText('They will no longer see and change the permissions of this team');
  await many.question.getByRole('button', { name: 'Cancel' }).click();
  await many.turn('Make bookings', true);
  await expect(many.question).toContainText('3 members are changed, one after the other, in about 4 seconds.');
  await expect(many.question).toContainText('12 members need no change.');
  await many.question.getByRole('button', { name: 'Cancel' }).click();
  expect(puts()).toBe(0);
  expect(await team.all()).toEqual(before);
});

test('with nothing to change there is nothing to press, with the reason', async ({ portal }) => {
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  await many.select(AISHA.name);
  await many.turn('Make bookings', true);
  await expect(many.question).toContainText('Nobody would be changed.');
  const change = many.question.getByRole('button', { name: 'Change', exact: true });
  await expect(change).toBeDisabled();
  await expect(change).toHaveAccessibleDescription('There is nothing to change.');
});

for (const on of [true, false]) {
  test(`a permission is turned ${on ? 'on' : 'off'} for all that are selected, and nothing else of them is changed`, async ({
    portal,
    team,
  }) => {
    const many = new Many(portal);
    await portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await expect(portal.permission('Access community', AISHA.name)).toBeChecked();
    const before = await team.all();
    await many.select(AISHA.name, BJORN.name, DANIEL, CHLOE);
    await many.turn('Access community', on);
    await many.go();
    await expect(many.panel.getByRole('heading')).toHaveText(`Turn ${on ? 'on' : 'off'} Access community`);
    await expect(many.told).toHaveText('Done: 2 of 2 saved');
    const changed = on ? [BJORN.id, 119] : [AISHA.id, 120];
    const after = Object.fromEntries(changed.map((id) => [id, { ...before[id], CanAccessCommunity: on }]));
    expect(await team.all()).toEqual({ ...before, ...after });
    for (const name of [AISHA.name, BJORN.name, DANIEL, CHLOE]) {
      await expect(portal.permission('Access community', name)).toBeChecked({ checked: on });
    }
  });
}

test('one member’s five permissions are copied to others, without the administrator right and the card', async ({
  page,
  portal,
  team,
}) => {
  const many = new Many(portal);
  await portal.signInToPermissions(MARIA, LUMEN_PAGE);
  const before = await team.all();
  await many.select(AISHA.name, BJORN.name);
  await many.bar.getByRole('button', { name: 'Copy permissions from…' }).click();
  const whom = page.getByRole('dialog', { name: 'Copy permissions from whom?' });
  await whom.getByRole('searchbox', { name: 'Find the member to copy from' }).fill('jonas');
  await whom.getByRole('button', { name: JONAS.name }).click();
  await expect(page.getByRole('dialog', { name: `Copy the permissions of ${JONAS.name}?` })).toBeVisible();
  await many.go();
  await expect(many.told).toHaveText('Done: 2 of 2 saved');
  const five = {
    CanMakeBookings: true,
    CanBookForTeam: true,
    CanPurchaseProducts: true,
    CanPurchaseEvents: true,
    CanAccessCommunity: true,
  };
  expect(await team.all()).toEqual({
    ...before,
    [AISHA.id]: { ...before[AISHA.id], ...five },
    [BJORN.id]: { ...before[BJORN.id], ...five },
  });
});
