import { close, test } from './stage.ts';
import { Devtools, median, record, scrollRegion, scrollToBottom, scrollToTop } from './measure.ts';
import type { Frames } from './timers.ts';

const TIMES = 5;

test('scrolling a team of 10,000 from top to bottom', async ({ open }) => {
  const portal = await open(10_000);
  const { page } = portal;
  const devtools = await Devtools.of(page);
  const rest = await scrollRegion(page).evaluate(async (region) => {
    window.bench.watch(region, false);
    for (let frame = 0; frame < 60; frame += 1) await new Promise(requestAnimationFrame);
    return window.bench.unwatch().gaps;
  });
  const work: number[] = [];
  const frames: Frames[] = [];
  const seen: Frames[] = [];
  for (let times = 0; times < TIMES; times += 1) {
    const [took, of] = await devtools.work(() => scrollToBottom(page));
    work.push(took);
    frames.push(of);
    await scrollToTop(page);
    seen.push(await scrollToBottom(page, true));
    await scrollToTop(page);
  }
  record('scroll: longest frame', 'ms', frames.map(({ gaps, long }) => Math.max(...gaps, ...long)), { worst: 50 });
  record('scroll: usual frame', 'ms', frames.map(({ gaps }) => median(gaps)));
  record('scroll: main-thread work', 'ms', work);
  record('scroll: frames', 'frames', frames.map(({ gaps }) => gaps.length));
  record('scroll: frames without any row', 'frames', seen.map(({ blank }) => blank));
  record('scroll: frames with a hole', 'frames', seen.map(({ holes }) => holes));
  record('frame at rest', 'ms', rest);
  await close(portal);
});
