import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** axe finds nothing on the page as it is now, in these colours. */
export async function expectAccessible(page: Page, ...schemes: ('light' | 'dark')[]): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await look(page, colorScheme, []);
  }
}

/** axe finds nothing where the person's own colours replace those of the page; which ones they are is their affair. */
export async function expectAccessibleInForcedColours(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active', reducedMotion: 'reduce' });
  await look(page, 'forced colours', ['color-contrast']);
  await page.emulateMedia({ forcedColors: 'none' });
}

async function look(page: Page, how: string, without: string[]): Promise<void> {
  await settle(page);
  // The language for tests is in no list of languages.
  const unlisted = (await page.locator('html').getAttribute('lang')) === 'qps' ? ['html-lang-valid'] : [];
  const { violations } = await new AxeBuilder({ page }).disableRules([...without, ...unlisted]).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    where: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 300)} ${failureSummary ?? ''}`),
  }));
  expect.soft(found, `axe, ${how}`).toEqual([]);
}

/** Waits for the colours of the new scheme: half way through a transition any two can be too close. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    // What is not rendered, such as what is folded away, stands still half way, and a spinner never ends.
    const ends = ({ effect }: Animation) => {
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      return target?.checkVisibility() === true && effect?.getComputedTiming().endTime !== Infinity;
    };
    await Promise.allSettled(document.getAnimations().filter(ends).map((animation) => animation.finished));
  });
}
