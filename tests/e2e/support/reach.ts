import { expect, type Page } from '@playwright/test';

/** Every control can be scrolled to and is whole inside of the window then, as far as its width goes. */
export async function expectReachable(page: Page): Promise<void> {
  const outside = await page.evaluate(() => {
    const within = document.querySelector('dialog[open]') ?? document.querySelector('main') ?? document.body;
    const controls = [...within.querySelectorAll<HTMLElement>('button, input, select, textarea, summary')];
    return controls
      .filter((control) => control.checkVisibility({ visibilityProperty: true }))
      .filter((control) => {
        control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        const { left, right, top, bottom } = control.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1 || bottom < 0 || top > innerHeight;
      })
      .map((control) => control.getAttribute('aria-label') ?? control.textContent);
  });
  expect.soft(outside, 'controls out of reach').toEqual([]);
}
