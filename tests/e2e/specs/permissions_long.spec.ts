import { expect, test } from '../support/fixtures.ts';
import { hold } from '../support/held.ts';
import { painted } from '../support/painted.ts';
import { LUMEN, MARIA } from '../support/people.ts';

test.use({ serverArgs: ['--members', '1000'] });

test('the last of a thousand members is found and changed', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${LUMEN.id}`);
  await expect(portal.said('1,000 members')).toBeVisible();
  await portal.expectRows(1000);
  // The arrows and the keys of a list reach every row, whether it was in the page or not.
  const first = portal.table.getByRole('row').nth(1);
  await first.getByRole('checkbox').focus();
  await page.keyboard.press('Control+End');
  const last = portal.table.getByRole('row').filter({ has: page.locator(':focus') });
  await expect(last).toHaveAttribute('aria-rowindex', '1001');
  await expect(last.getByRole('checkbox')).toBeFocused();
  await portal.findInTable('Ravi Subr');
  await portal.expectRows(1);
  await expect(portal.table.getByRole('row')).toHaveCount(2);
  const change = portal.permission('Purchase event tickets', 'Ravi Subramaniam');
  await change.click();
  await expect(change).toBeChecked();
});

test('nothing that is seen moves when a team comes', async ({ page, portal }) => {
  const at = `/user/team/permissions/${LUMEN.id}`;
  await portal.signInToPermissions(MARIA, at);
  await portal.expectRows(1000);
  await page.addInitScript(() => {
    const moved: string[] = Object.assign(window, { moved: [] }).moved;
    const seen = (rect: DOMRectReadOnly) => `${rect.x},${rect.y} ${rect.width}x${rect.height}`;
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries() as (PerformanceEntry & { sources: Shift[] })[]) {
        for (const one of sources) {
          moved.push(`${one.node?.nodeName} ${seen(one.previousRect)} > ${seen(one.currentRect)}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const team = await hold(page, 'GET', new RegExp(`/teams/${LUMEN.id}/profile`));
  await page.goto(at);
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect.poll(team.count).toBe(1);
  // It has been seen without the team before that comes.
  await painted(page);
  team.letGo();
  await portal.expectRows(1000);
  await painted(page);
  expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
});

interface Shift {
  node: Node | null;
  previousRect: DOMRectReadOnly;
  currentRect: DOMRectReadOnly;
}
