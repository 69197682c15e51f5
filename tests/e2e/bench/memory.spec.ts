import type { Portal } from '../support/portal.ts';
import { close, test, TEAM_PAGE } from './stage.ts';
import { Devtools, record, scrollToBottom, scrollToTop, type Memory } from './measure.ts';

const SIZES = [40, 1_000, 10_000] as const;
const TIMES = 5;

/** A team of some size: its page opened by its address, and reached by signing in and choosing a profile. */
interface Used {
  address: Memory[];
  journey: Memory[];
}

async function afterScrolling({ page }: Portal, devtools: Devtools): Promise<Memory> {
  await scrollToBottom(page);
  await scrollToTop(page);
  return devtools.memory();
}

test('memory of teams of 40, 1,000 and 10,000', async ({ open }) => {
  const used = SIZES.map((): Used => ({ address: [], journey: [] }));
  for (let times = 0; times < TIMES; times += 1) {
    for (const [index, members] of SIZES.entries()) {
      const portal = await open(members);
      const devtools = await Devtools.of(portal.page);
      used[index]?.journey.push(await afterScrolling(portal, devtools));
      await portal.page.goto(TEAM_PAGE);
      await portal.page.evaluate(() => window.bench.rows);
      used[index]?.address.push(await afterScrolling(portal, devtools));
      await close(portal);
    }
  }
  const [small, , large] = used as [Used, Used, Used];
  const sum = ({ heap, wasm }: Memory) => heap + wasm;
  const above = (way: keyof Used) => large[way].map((one, at) => sum(one) - sum(small[way][at] as Memory));
  record('memory above a team of 40', 'MB', above('address'), { median: 8 });
  record('same, with signing in on the way', 'MB', above('journey'));
  for (const [index, { address }] of used.entries()) {
    const size = SIZES[index]?.toLocaleString('en');
    record(`JS heap, ${size} members`, 'MB', address.map(({ heap }) => heap));
    record(`WebAssembly memory, ${size} members`, 'MB', address.map(({ wasm }) => wasm));
  }
});
