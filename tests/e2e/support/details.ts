import { expect, type Locator, type Page } from '@playwright/test';
import { TOMAS } from './people.ts';
import type { Portal } from './portal.ts';

/** "Change details" as a person finds it. */
export class Details {
  readonly open: Locator;
  readonly name: Locator;
  readonly company: Locator;
  readonly save: Locator;
  readonly cancel: Locator;
  readonly card: Locator;

  constructor(readonly page: Page) {
    this.open = page.getByRole('button', { name: 'Change details' });
    this.name = page.getByRole('textbox', { name: 'Full name' });
    this.company = page.getByRole('textbox', { name: 'Company' });
    this.save = page.getByRole('button', { name: 'Save' });
    this.cancel = page.getByRole('button', { name: 'Cancel' });
    this.card = page.getByRole('region', { name: 'Who you are here' });
  }

  dialog(title: string): Locator {
    return this.page.getByRole('dialog', { name: title, exact: true });
  }
}

/** Tomas on his first page, with the dialog open. */
export async function openOwn(portal: Portal, page: Page): Promise<Details> {
  await portal.signIn(TOMAS);
  await portal.ownProfile(TOMAS.name).click();
  await expect(portal.heading(`Welcome, ${TOMAS.name}`)).toBeVisible();
  const details = new Details(page);
  await details.open.click();
  await expect(details.dialog('Your details')).toBeVisible();
  return details;
}
