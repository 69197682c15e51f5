import { expect } from '@playwright/test';
import { close, test } from './stage.ts';
import { Devtools, record, timed } from './measure.ts';

/** 20 letters, each of which narrows the search further, so that there is something to paint. */
const WORDS = ['mar', 'nik', 'orl', 'fio', 'berg', 'hana'];

test('finding a member among 10,000', async ({ open }) => {
  const portal = await open(10_000);
  const { page } = portal;
  const devtools = await Devtools.of(page);
  const search = page.getByRole('searchbox', { name: 'Find a member' });
  await search.click();
  const painted: number[] = [];
  const work: number[] = [];
  for (const word of WORDS) {
    for (const letter of word) {
      const [busy, ms] = await devtools.work(() => timed(page, 'keydown', 'found', () => page.keyboard.press(letter)));
      painted.push(ms);
      work.push(busy);
    }
    await search.fill('');
    await expect(portal.said(/^10,?000 members$/)).toBeVisible();
  }
  record('letter to painted rows', 'ms', painted, { median: 20, worst: 50 });
  record('letter: main-thread work', 'ms', work);
  await close(portal);
});
