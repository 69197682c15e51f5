import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { Members } from '../support/members.ts';
import { LUMEN } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expectReachable } from '../support/reach.ts';

/** The page in the language for tests: from right to left, and every text longer by two fifths. */
async function openTurned(portal: Portal): Promise<Members> {
  const members = await Members.open(portal);
  await portal.page.evaluate(() => localStorage.setItem('portal.language', 'qps'));
  await portal.page.reload();
  await expect(portal.page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(portal.page.getByRole('table')).toHaveAttribute('aria-rowcount', String(LUMEN.members + 1));
  return members;
}

/** What is cut off at an edge of its own element. */
function cutOff(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('button, label, legend, summary, th, h1, h2, .badge')];
    return shown
      .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden'))
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => element.textContent);
  });
}

const STATES: Record<string, (page: Page) => Promise<void>> = {
  'the table': async () => {},
  'the filters': async (page) => page.locator('.filters > summary').click(),
  'selected rows': async (page) => page.getByRole('table').getByRole('checkbox').nth(1).check(),
  'what can be changed of a member': async (page) => {
    await page.locator('[data-do=manage]').first().click();
    await page.locator('.preview > summary').click();
  },
  'people to add': async (page) => {
    await page.locator('.toolbar__end .button').first().click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('Ada, ada@example.org\nGrace');
  },
};

for (const [name, arrange] of Object.entries(STATES)) {
  test(`from right to left and in longer words, ${name} is whole and within reach`, async ({ page, portal }) => {
    test.setTimeout(120_000);
    const members = await openTurned(portal);
    await arrange(page);
    for (const width of [1600, 1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await members.expectNoSidewaysScroll();
      await expectReachable(page);
      expect.soft(await cutOff(page), `cut off at ${width}`).toEqual([]);
      await expectAccessible(page, 'light');
    }
  });
}

test('from right to left the member stays at the right edge and what one does at the left, and nothing that has the focus is under them', async ({
  page,
  portal,
}) => {
  await page.setViewportSize({ width: 1100, height: 800 });
  await openTurned(portal);
  const list = page.getByRole('region').filter({ has: page.getByRole('table') });
  const sticks = () =>
    list.evaluate((list) => {
      const cell = (name: string) => list.querySelector(`tbody .${name}`)?.getBoundingClientRect() ?? new DOMRect();
      const whole = list.getBoundingClientRect();
      return [whole.right - cell('cell-pick').right, cell('cell-actions').left - whole.left];
    });
  const near = (edges: number[]) => edges.every((edge) => edge >= 0 && edge < 24);
  expect(await list.evaluate((list) => list.scrollWidth > list.clientWidth), 'there is something to scroll').toBe(true);
  for (const far of [0, -200, -2_000]) {
    await list.evaluate((list, far) => (list.scrollLeft = far), far);
    expect(near(await sticks()), `scrolled by ${far}`).toBe(true);
  }
  const switches = page.getByRole('row').nth(1).getByRole('switch');
  await switches.nth(5).focus();
  for (const place of [4, 3, 2, 1, 0]) {
    await page.keyboard.press('Shift+Tab');
    await expect(switches.nth(place)).toBeFocused();
    const under = await switches.nth(place).evaluate((focused) => {
      const { left, top, width, height } = focused.getBoundingClientRect();
      return !focused.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    expect(under, `switch ${place} is covered`).toBe(false);
  }
});

test('from right to left a switch that is on has its disc at the left', async ({ page, portal }) => {
  await openTurned(portal);
  const disc = (checked: boolean) =>
    page
      .getByRole('switch', { checked })
      .first()
      .evaluate((button) => {
        const { marginLeft, marginRight } = getComputedStyle(button, '::after');
        return [parseFloat(marginLeft), parseFloat(marginRight)];
      });
  const [on, off] = [await disc(true), await disc(false)];
  expect([on[0], off[0]], 'nothing pushes it from the left').toEqual([0, 0]);
  expect(on[1]).toBeGreaterThan(off[1] ?? 0);
});
