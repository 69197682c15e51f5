import { expect, test } from '../support/fixtures.ts';
import { Members, TALL } from '../support/members.ts';
import { AISHA, LUMEN, PLACE } from '../support/people.ts';

test.use({ viewport: TALL });

const MARKUP = '<img src=x onerror="document.title=1"><b>Ada</b></bdi></th></tr>';
const OVERRIDE = 'Ada \u202ecnI koobecaF\u202c';
const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(9).slice(0, 300);
const EMOJI = '👩🏽‍🚀 Ada 🏳️‍🌈';

const NAMES: Record<string, { name: string; company: string; shown?: string; found: string }> = {
  markup: { name: MARKUP, company: '&lt;script&gt;alert(1)&lt;/script&gt;', found: 'onerror' },
  'a right-to-left override': { name: OVERRIDE, company: '\u202eynapmoC', found: 'koobecaF' },
  'three hundred characters without a space': { name: LONG, company: LONG, found: LONG.slice(250) },
  emoji: { name: EMOJI, company: '🏢', found: '👩🏽‍🚀' },
  'a formula': { name: '=HYPERLINK("https://evil.example.com","Ada")', company: '@SUM(A1)', found: 'hyperlink' },
  'a minus and a tab': { name: '-2+3\tcmd', company: '+1', found: 'cmd' },
  'white space alone': { name: ' \u00a0\t ', company: '\n', shown: `Member ${AISHA.id}`, found: String(AISHA.id) },
  nothing: { name: '', company: '', shown: `Member ${AISHA.id}`, found: String(AISHA.id) },
};

for (const [what, { name, company, shown = name, found }] of Object.entries(NAMES)) {
  test(`a name of ${what} is text wherever it is shown, and does not break the page`, async ({ page, portal, server }) => {
    await server.renameMember(AISHA.id, { FullName: name, CompanyName: company });
    const members = await Members.open(portal);
    await expect(members.manage(shown)).toBeVisible();
    await expect(portal.permission('Make bookings', shown)).toBeVisible();
    await expect(members.select(shown)).toBeVisible();
    await expect(portal.impersonate(shown)).toBeVisible();
    const cell = members.row(shown).getByRole('rowheader');
    await expect(cell).toContainText(shown);
    await expect(cell.getByRole('img')).toHaveCount(0);
    // Its direction ends with it.
    await expect(cell.getByText(shown, { exact: true }).first()).toHaveJSProperty('tagName', 'BDI');
    await members.expectNoSidewaysScroll();

    const file = await members.export();
    const line = file.rows.find(([id]) => id === String(AISHA.id));
    const safe = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
    expect(line?.slice(1, 3)).toEqual([safe(shown.trim()), safe(company.trim())]);
    expect(line).toHaveLength(12);

    await members.search.fill(found);
    await members.expectNames(shown);

    await members.manage(shown).click();
    await expect(page.getByRole('dialog', { name: `Manage permissions: ${inSentence(shown)}` })).toBeVisible();
    await page.getByText(/^See as /).click();
    await members.expectNoSidewaysScroll();
    await page.setViewportSize({ width: 320, height: 800 });
    await members.expectNoSidewaysScroll();
    await expectInside(members);
    await members.button('Remove from the team').click();
    await expect(page.getByRole('dialog', { name: `Remove ${inSentence(shown)} from the team?` })).toBeVisible();
    await expectInside(members);
    await page.keyboard.press('Escape');

    await portal.impersonate(shown).click();
    await expect(page.getByRole('dialog', { name: `Sign in as ${shown}?` })).toBeVisible();
    await expectInside(members);
    await page.keyboard.press('Escape');
    await expect(members.dialog).toHaveCount(0);
    await members.expectNoSidewaysScroll();

    await members.select(shown).check();
    await members.button('Change the selected members').click();
    await members.button('Turn on for all').click();
    await expect(members.dialog).toBeVisible();
    await expectInside(members);
    await page.keyboard.press('Escape');
    await members.button('Copy permissions from…').click();
    await members.dialog.getByRole('searchbox').fill(found);
    await expect(members.dialog.getByRole('button', { name: shown })).toBeVisible();
    await expectInside(members);
    await expect(page).toHaveTitle(`Team permissions - ${LUMEN.name} - ${PLACE}`);
  });
}

/** A name that turns the direction of text is set apart from the words around it. */
function inSentence(name: string): string {
  return /[\u202a-\u202e]/.test(name) ? `\u2068${name}\u202c\u2069` : name;
}

/** The dialog shows all of its width. */
async function expectInside(members: Members): Promise<void> {
  const hidden = await members.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
  expect.soft(hidden, 'pixels hidden to the side').toBeLessThanOrEqual(0);
}
