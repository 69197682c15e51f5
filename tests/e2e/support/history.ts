import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { JONAS, MARIA } from './people.ts';
import type { Portal } from './portal.ts';

/** What one did as others, as a person finds it. */
export class History {
  readonly table: Locator;
  readonly rows: Locator;
  readonly summary: Locator;

  constructor(readonly page: Page, readonly portal: Portal) {
    this.table = page.getByRole('table', { name: 'Sessions as other people' });
    this.rows = this.table.locator('tbody').getByRole('row');
    this.summary = page.getByRole('region', { name: /^What you (changed|tried to change) as / });
  }

  item(person: string): Promise<Locator> {
    return this.portal
      .menuButton(person)
      .click()
      .then(() => this.page.getByRole('menuitem', { name: 'Impersonation history' }));
  }

  async open(): Promise<void> {
    await this.portal.follow('/user/impersonation-history');
    await expect(this.portal.heading('Impersonation history')).toBeVisible();
  }

  /** Presses a button of the page that makes a file, and reads the file. */
  async download(button: string): Promise<{ name: string; text: string }> {
    const coming = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: button }).click();
    const file = await coming;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  }

  /** As whoever is acted as: another company on the record. */
  async changeCompany(to: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Change details' }).click();
    await this.page.getByRole('textbox', { name: 'Company' }).fill(to);
    await this.page.getByRole('button', { name: 'Save' }).click();
    await expect(this.portal.dialog).toHaveCount(0);
    await expect(this.page.getByRole('region', { name: 'Who you are here' })).toContainText(to);
  }

  /** Maria as Jonas with one change, for this reason, and back. */
  async actWithOneChange(reason = 'Correct a booking they asked about'): Promise<void> {
    await this.portal.askToActAs(JONAS.name, 'Full access');
    await this.page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await this.portal.start.click();
    await this.portal.expectActingAs(JONAS.name);
    await this.changeCompany('Weber & Co');
    await this.portal.returnButton.click();
    await this.portal.expectOwn(MARIA);
  }

  /** Takes full access while one acts, for this reason. */
  async raise(reason: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Allow changes' }).click();
    await this.portal.dialog.getByRole('textbox').fill(reason);
    await this.portal.dialog.locator('button[type=submit]').click();
    await expect(this.portal.banner).toContainText('Full access');
  }
}
