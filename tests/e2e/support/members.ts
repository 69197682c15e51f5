import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { LUMEN, MARIA } from './people.ts';
import type { Portal } from './portal.ts';

export const LUMEN_PAGE = `/user/team/permissions/${LUMEN.id}`;
/** Room for all fifteen members, so that every row is in the page. */
export const TALL = { width: 1280, height: 1700 };
/** The permissions, in the order of the columns. */
export const PERMISSION_NAMES = [
  'Team administrator',
  'Make bookings',
  'Book for team',
  'Purchase products',
  'Purchase event tickets',
  'Access community',
];

/** The team permissions page as a person finds it. */
export class Members {
  readonly page: Page;
  readonly search: Locator;
  readonly rows: Locator;
  readonly list: Locator;
  readonly filters: Locator;
  readonly dialog: Locator;

  constructor(readonly portal: Portal) {
    this.page = portal.page;
    this.search = this.page.getByRole('searchbox', { name: 'Find a member' });
    this.rows = portal.table.getByRole('row');
    this.list = this.page.getByRole('region', { name: 'Members and permissions, scrollable' });
    this.filters = this.page.getByText(/^Filter and sort/);
    this.dialog = portal.dialog;
  }

  /** Maria on the page of her team. */
  static async open(portal: Portal, at = LUMEN_PAGE): Promise<Members> {
    await portal.signInToPermissions(MARIA, at);
    return new Members(portal);
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.manage(name) });
  }

  manage(name: string): Locator {
    return this.page.getByRole('button', { name: `Manage permissions: ${name}`, exact: true });
  }

  select(name: string): Locator {
    return this.page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  heading(column: string): Locator {
    return this.portal.table.getByRole('columnheader', { name: column });
  }

  async sortBy(column: string): Promise<void> {
    await this.heading(column).getByRole('button').click();
  }

  /** The members in the page, from top to bottom, by the names that are read out. */
  async names(): Promise<string[]> {
    const label = 'Manage permissions: ';
    const labels = await this.portal.table.getByRole('button', { name: label }).evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute('aria-label') ?? ''),
    );
    return labels.map((text) => text.slice(label.length));
  }

  async expectNames(...names: string[]): Promise<void> {
    await expect.poll(() => this.names()).toEqual(names);
  }

  /** Opens what can be filtered, and chooses. */
  async filter(what: string, choice: string): Promise<void> {
    const select = this.page.getByRole('combobox', { name: what, exact: true });
    if (!(await select.isVisible())) await this.filters.click();
    await select.selectOption(choice);
  }

  /** Presses what writes a file, and reads it. */
  async export(): Promise<{ name: string; rows: string[][] }> {
    const coming = this.page.waitForEvent('download');
    await this.button('Export as CSV').click();
    const file = await coming;
    return { name: file.suggestedFilename(), rows: cells(await readFile(await file.path(), 'utf8')) };
  }

  /** The query of the address once it says this. */
  async expectQuery(query: string): Promise<void> {
    await expect.poll(() => new URL(this.page.url()).search).toBe(query === '' ? '' : `?${query}`);
  }

  scrollTop(): Promise<number> {
    return this.list.evaluate((list) => list.scrollTop);
  }

  /** Scrolls the list, and waits until its rows have followed. */
  async scrollTo(top: number): Promise<number> {
    await this.list.evaluate((list, top) => (list.scrollTop = top), top);
    let before = -1;
    await expect
      .poll(async () => {
        const now = await this.scrollTop();
        const rests = now === before;
        before = now;
        return rests;
      })
      .toBe(true);
    return before;
  }

  /** What is wider than the window makes the page scroll sideways. */
  async expectNoSidewaysScroll(): Promise<void> {
    const [page, window] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect.soft(page, 'pixels wide, the page itself').toBeLessThanOrEqual(window ?? 0);
  }
}

/** Reads a file of comma-separated values, all of them in quotation marks. */
function cells(text: string): string[][] {
  expect(text.startsWith('\ufeff'), 'the mark by which spreadsheets know the encoding').toBe(true);
  const lines = text.slice(1).split('\r\n').filter((line) => line !== '');
  return lines.map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => (cell ?? '').replaceAll('""', '"')));
}
