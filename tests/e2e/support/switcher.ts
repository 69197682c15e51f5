import { expect, type Locator, type Page } from '@playwright/test';
import { LEO } from './people.ts';
import type { Portal } from './portal.ts';

/** "Switch profile". */
export const dialog = (page: Page) => page.getByRole('dialog', { name: 'Switch profile' });

/** A profile in the dialog, by how its name begins. */
export const profile = (page: Page, name: string) =>
  dialog(page).getByRole('button', { name: new RegExp(`^${name}`) });

/** Opens the dialog, as the person of this name. */
export async function openSwitcher(portal: Portal, name: string): Promise<Locator> {
  await portal.menuButton(name).click();
  await portal.page.getByRole('menuitem', { name: 'Switch profile' }).click();
  await expect(dialog(portal.page)).toBeVisible();
  return dialog(portal.page);
}

/** Léo on the first page. */
export async function asLeo(portal: Portal): Promise<void> {
  await portal.signIn(LEO);
  await portal.ownProfile(LEO.name).click();
  await expect(portal.heading(`Welcome, ${LEO.name}`)).toBeVisible();
}
