import type { Page } from '@playwright/test';
import { countRequests, expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { Members, TALL } from '../support/members.ts';
import { AISHA, JONAS, LUMEN, MARIA } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';

test.use({ viewport: TALL });

const MEMBERS = /\/api\/public\/teams\/\d+\/members$/;
const FUTURE = '2199-01-01';
const RAVI = 'Ravi Subramaniam';

/** "Add members", open. */
class Adding {
  readonly page: Page;

  private constructor(readonly members: Members) {
    this.page = members.page;
  }

  static async open(portal: Portal, on?: Members): Promise<Adding> {
    const members = on ?? (await Members.open(portal));
    await members.button('Add members').click();
    await expect(portal.page.getByRole('dialog', { name: 'Add members' })).toBeVisible();
    return new Adding(members);
  }

  /** With one person, who begins some day. */
  static async openWithOne(portal: Portal, on?: Members): Promise<Adding> {
    const adding = await Adding.open(portal, on);
    await adding.people.fill('Ada Lovelace, ada@example.org');
    await adding.start.fill(FUTURE);
    return adding;
  }

  get people() {
    return this.page.getByRole('textbox', { name: 'People' });
  }

  get plan() {
    return this.members.dialog.getByRole('combobox', { name: 'Plan' });
  }

  get start() {
    return this.members.dialog.getByLabel('Starts on');
  }

  get lines() {
    return this.members.dialog.getByRole('listitem');
  }

  get submit() {
    return this.members.dialog.getByRole('button', { name: /^Add( \d+)? members?$/ });
  }

  get alert() {
    return this.members.dialog.getByRole('alert');
  }
}

/** What a spreadsheet puts on the clipboard, pasted. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    const field = document.activeElement as HTMLTextAreaElement;
    if (field.dispatchEvent(event)) document.execCommand('insertText', false, text);
  }, text);
}

test('going back with people that are typed asks first, and closing the dialog loses nothing of it', async ({ page, portal }) => {
  const members = await Members.open(portal);
  for (const name of ['Home', 'Team permissions']) await page.getByRole('link', { name, exact: true }).click();
  const adding = await Adding.open(portal, members);
  await adding.people.fill('Ada Lovelace, ada@example.org');
  await adding.plan.selectOption({ index: 2 });
  await adding.start.fill(FUTURE);
  const here = page.url();
  await page.evaluate(() => history.back());
  await expect(adding.members.dialog).toContainText('What you have changed is not saved.');
  expect(page.url()).toBe(here);
  const plan = await adding.plan.inputValue();
  await adding.members.button('Cancel').click();
  await adding.members.button('Add members').click();
  await expect(adding.people).toHaveValue('Ada Lovelace, ada@example.org');
  await expect(adding.plan).toHaveValue(plan);
  await expect(adding.start).toHaveValue(FUTURE);
  await expect(adding.members.dialog).not.toContainText('What you have changed is not saved.');
  await page.evaluate(() => history.back());
  await adding.members.button('Discard the changes').click();
  await expect(adding.members.dialog).toHaveCount(0);
  await page.goBack();
  await expect(portal.heading('Team permissions')).toHaveCount(0);
});

test('what was typed and who was selected are still there on another page, in another language, and while it is sent', async ({ page, portal }) => {
  const members = await Members.open(portal);
  const elsewhereAndBack = async () => {
    for (const name of ['Home', 'Team permissions']) await page.getByRole('link', { name, exact: true }).click();
  };
  await page.getByRole('checkbox', { name: `Select ${AISHA.name}`, exact: true }).check();
  const adding = await Adding.openWithOne(portal, members);
  await members.button('Cancel').click();
  await elsewhereAndBack();
  for (const [label, language] of [['Language', 'de'], ['Sprache', 'en']] as const) {
    await page.getByRole('combobox', { name: label }).selectOption(language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
  }
  await expect(page.getByRole('checkbox', { name: `Select ${AISHA.name}`, exact: true })).toBeChecked();
  await Adding.open(portal, members);
  await expect(adding.people).toHaveValue('Ada Lovelace, ada@example.org');
  await expect(adding.start).toHaveValue(FUTURE);
  const post = await hold(page, 'POST', MEMBERS);
  await adding.submit.click();
  await expect.poll(post.count).toBe(1);
  await members.button('Cancel').click();
  await elsewhereAndBack();
  await Adding.open(portal, members);
  await expect(adding.submit).toHaveAttribute('aria-busy', 'true');
  await members.button('Cancel').click();
  await portal.pressSignOut(MARIA.name);
  await page.getByRole('dialog', { name: 'Changes are still being saved' }).getByRole('button', { name: 'Stay signed in' }).click();
  await Adding.open(portal, members);
  post.letGo();
  await expect(adding.people).toHaveValue('');
  await expect(portal.said('One person was added to the team.')).toHaveCount(1);
});

test('people that are typed are added, with their plan and their first day', async ({ page, portal }) => {
  const adding = await Adding.open(portal);
  await adding.people.fill('Ada Lovelace');
  await expect(adding.lines).toHaveText(['Line 1: Ada Lovelace – The e-mail address is missing.']);
  await adding.people.fill('Ada Lovelace, ada@example.org\n\nGrace Hopper <grace@example.org>');
  await expect(adding.lines).toHaveText(['Ada Lovelace ada@example.org', 'Grace Hopper grace@example.org']);
  await expect(adding.submit).toHaveText('Add 2 members');
  await expect(adding.plan.getByRole('option')).toHaveText([
    'Choose a plan',
    'Flex (the team\'s own)',
    'Dedicated desk',
    'Private office',
  ]);
  await expect(adding.plan).toHaveValue('301');
  await adding.plan.selectOption('Dedicated desk');
  await adding.start.fill(FUTURE);
  const sent = page.waitForRequest((request) => MEMBERS.test(request.url()));
  await adding.submit.click();
  expect((await sent).postDataJSON()).toEqual({
    TariffId: 302,
    FullNames: ['Ada Lovelace', 'Grace Hopper'],
    Emails: ['ada@example.org', 'grace@example.org'],
    StartDate: `${FUTURE}T00:00:00.000Z`,
  });
  await expect(adding.members.dialog).toHaveCount(0);
  await expect(portal.said('2 people were added to the team.')).toBeVisible();
  await expect(portal.said(`${LUMEN.members + 2} members`)).toBeVisible();
  await expect(portal.permission('Make bookings', 'Ada Lovelace')).toBeChecked();
  await expect(portal.permission('Team administrator', 'Grace Hopper')).not.toBeChecked();
  await expect(adding.members.button('Add members')).toBeFocused();
});

test('two columns pasted from a spreadsheet are read, the line of headings left out', async ({ page, portal }) => {
  const adding = await Adding.open(portal);
  await adding.people.focus();
  await paste(page, 'Name\tE-mail\r\nAda Lovelace\tada@example.org\r\nGrace Hopper\tgrace@example.org\r\n');
  await expect(adding.lines).toHaveText(['Ada Lovelace ada@example.org', 'Grace Hopper grace@example.org']);
});

test('every line that is no person says why, and nothing is sent before all are right', async ({ page, portal }) => {
  const sent = countRequests(page, 'POST', MEMBERS);
  const adding = await Adding.open(portal);
  await adding.people.fill(
    ['Ada Lovelace\tada@example.org', 'Grace', 'grace@example.org', 'Alan\talan@nowhere', 'Ada L\tADA@example.org'].join('\n'),
  );
  await expect(adding.lines).toHaveText([
    'Ada Lovelace ada@example.org',
    'Line 2: Grace – The e-mail address is missing.',
    'Line 3: grace@example.org – The name is missing.',
    /^Line 4: .* – “alan@nowhere” is not an e-mail address\.$/,
    /^Line 5: .* – This address is in line 1, too\.$/,
  ]);
  await adding.start.fill(FUTURE);
  await adding.submit.click();
  await expect(adding.people).toHaveAccessibleDescription(/^4 lines are not right yet; see below\./);
  await expect(adding.people).toHaveAttribute('aria-invalid', 'true');
  expect(sent()).toBe(0);
  await adding.people.fill('Ada Lovelace\tada@example.org');
  await expect(adding.people).not.toHaveAttribute('aria-invalid', 'true');
});

test('the twenty-sixth person is one too many', async ({ portal }) => {
  const adding = await Adding.open(portal);
  const people = Array.from({ length: 26 }, (_, n) => `Person ${n + 1}\tperson${n + 1}@example.org`);
  await adding.people.fill(people.join('\n'));
  await expect(adding.lines).toHaveCount(26);
  await expect(adding.lines.last()).toHaveText(/^Line 26: .* – At most 25 people can be added at a time\.$/);
  await expect(adding.submit).toHaveText('Add members');
  await adding.people.fill(people.slice(0, 25).join('\n'));
  await adding.start.fill(FUTURE);
  await adding.submit.click();
  await expect(portal.said('25 people were added to the team.')).toBeVisible();
  await expect(portal.said(`${LUMEN.members + 25} members`)).toBeVisible();
});

test('the first day has to be in the future, and a plan and somebody have to be named', async ({ page, portal }) => {
  const sent = countRequests(page, 'POST', MEMBERS);
  const adding = await Adding.open(portal);
  await adding.plan.selectOption('Choose a plan');
  await adding.submit.click();
  await expect(adding.people).toHaveAccessibleDescription(/^Write at least one person\./);
  await expect(adding.start).toHaveAccessibleDescription(/^Choose the day they start\./);
  await expect(adding.plan).toHaveAccessibleDescription('Choose a plan.');
  await expect(adding.plan).toHaveAttribute('aria-invalid', 'true');
  await adding.start.fill(new Date().toISOString().slice(0, 10));
  await expect(adding.start).toHaveAccessibleDescription(/^The day has to be in the future\./);
  await adding.start.fill('2001-01-01');
  await expect(adding.start).toHaveAccessibleDescription(/^The day has to be in the future\./);
  await adding.start.fill(FUTURE);
  await expect(adding.start).not.toHaveAttribute('aria-invalid', 'true');
  expect(sent()).toBe(0);
});

test('a refused try puts the focus on the first field that is wrong', async ({ portal }) => {
  const adding = await Adding.open(portal);
  await adding.plan.selectOption('Choose a plan');
  await adding.submit.click();
  await expect(adding.people).toBeFocused();
  await adding.people.fill('Ada Lovelace, ada@example.org');
  await adding.submit.click();
  await expect(adding.plan).toBeFocused();
  await adding.plan.selectOption('Dedicated desk');
  await expect(adding.plan).not.toHaveAttribute('aria-invalid', 'true');
  await adding.submit.click();
  await expect(adding.start).toBeFocused();
});

test('how many lines are right is announced, and not each line anew', async ({ portal }) => {
  const adding = await Adding.open(portal);
  const said = adding.members.dialog.getByRole('status').filter({ hasText: /./ });
  await adding.people.fill('Ada Lovelace, ada@example.org\nGrace');
  await expect(said).toHaveText('One person can be added. One line is not right yet; see below.');
  await expect(adding.submit, 'it promises nobody').toHaveText('Add members');
  await adding.people.fill('Ada Lovelace, ada@example.org\nGrace, grace@example.org');
  await expect(said).toHaveText('2 people can be added.');
  await expect(adding.lines).toHaveCount(2);
});

test('what the server finds wrong is said, and what was typed stays', async ({ portal, guard }) => {
  guard.expectStatus(400);
  const adding = await Adding.open(portal);
  const text = `Aisha Khan, ${AISHA.email}\nAda Lovelace, ada@example.org`;
  await adding.people.fill(text);
  await adding.start.fill(FUTURE);
  await adding.submit.click();
  await expect(adding.alert).toContainText(`Nobody was added. ${AISHA.email} is in this team already.`);
  await expect(adding.people).toHaveValue(text);
  await expect(adding.start).toHaveValue(FUTURE);
  await adding.people.fill('Ada Lovelace, ada@example.org');
  await adding.submit.click();
  await expect(portal.said('One person was added to the team.')).toBeVisible();
});

test('without a connection what was typed stays, also when the dialog is closed and opened again', async ({
  context,
  portal,
  guard,
}) => {
  guard.expectNoNetwork();
  const adding = await Adding.openWithOne(portal);
  await context.setOffline(true);
  await adding.submit.click();
  await expect(adding.alert).toContainText('They may have been added all the same');
  await expect(adding.people).toHaveValue('Ada Lovelace, ada@example.org');
  await adding.members.button('Cancel').click();
  await context.setOffline(false);
  await adding.members.button('Add members').click();
  await expect(adding.people).toHaveValue('Ada Lovelace, ada@example.org');
});

test('whoever does not wait for an answer that is lost is told that people may have been added', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectNoNetwork();
  const adding = await Adding.openWithOne(portal);
  const answer = await hold(page, 'POST', MEMBERS, (route) => route.abort('connectionreset'));
  await adding.submit.click();
  await adding.members.button('Cancel').click();
  await expect(adding.members.dialog).toHaveCount(0);
  answer.letGo();
  await expect(page.getByRole('alert').filter({ hasText: 'They may have been added all the same' })).toBeVisible();
});

test('a person is removed after a question, and the focus is on the list', async ({ page, portal }) => {
  const members = await Members.open(portal);
  await members.manage(AISHA.name).click();
  await members.button('Remove from the team').click();
  const question = page.getByRole('dialog', { name: `Remove ${AISHA.name} from the team?` });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(members.dialog).toHaveCount(0);
  await expect(members.manage(AISHA.name)).toBeVisible();
  await members.manage(AISHA.name).click();
  await members.button('Remove from the team').click();
  await question.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(portal.said(`${AISHA.name} was removed from the team.`)).toBeVisible();
  await expect(members.manage(AISHA.name)).toHaveCount(0);
  await expect(portal.said(`${LUMEN.members - 1} members`)).toBeVisible();
  await expect(members.list).toBeFocused();
});

test('nobody removes themselves: the button says so, and so does the server', async ({ page, portal, guard }) => {
  guard.expectStatus(400);
  const members = await Members.open(portal);
  await members.manage(MARIA.name).click();
  const remove = members.button('Remove from the team');
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toHaveAccessibleDescription('You cannot remove yourself from the team.');
  await members.button('Cancel').click();
  await page.route(/\/members\/\d+$/, (route) =>
    route.fulfill({ status: 400, contentType: 'application/json', body: '"CANNOT_REMOVE_ITSELF"' }),
  );
  await members.manage(JONAS.name).click();
  await remove.click();
  await members.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(members.dialog.getByRole('alert')).toContainText(
    'You cannot remove yourself. Another administrator of the team can.',
  );
});

test('whoever has an active contract stays, and the dialog says why', async ({ portal, guard }) => {
  guard.expectStatus(400);
  const members = await Members.open(portal);
  await members.manage(RAVI).click();
  await members.button('Remove from the team').click();
  await members.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(members.dialog.getByRole('alert')).toContainText(`${RAVI} has an active contract.`);
  await members.button('Cancel').click();
  await expect(members.manage(RAVI)).toBeVisible();
});
