import { close, test } from './stage.ts';
import { Devtools, median, record, scrollRegion, scrollToBottom, scrollToTop } from './measure.ts';

const TIMES = 3;

test('scrolling a team of 10,000 from top to bottom', async ({ open }) => {
  const portal = await open(10_000);
  const { page } = portal;
  const devtools = await Devtools.of(page);
  const rest = await scrollRegion(page).evaluate(async (region) => {
    window.bench.watch(region);
    for (let frame = 0; frame < 60; frame += 1) await new Promise(requestAnimationFrame);
    return window.bench.unwatch().gaps;
  });
  const runs = [];
  for (let times = 0; times < TIMES; times += 1) {
    runs.push(await devtools.work(() => scrollToBottom(page)));
    await scrollToTop(page);
  }
  const frames = runs.map(([, one]) => one);
  record('scroll: longest frame', 'ms', frames.map(({ gaps, long }) => Math.max(...gaps, ...long)), { worst: 50 });
  record('scroll: usual frame', 'ms', frames.map(({ gaps }) => median(gaps)));
  record('scroll: main-thread work', 'ms', runs.map(([work]) => work));
  record('scroll: frames', 'frames', frames.map(({ gaps }) => gaps.length));
  record('scroll: frames without any row', 'frames', frames.map(({ blank }) => blank));
  record('scroll: frames with a hole', 'frames', frames.map(({ holes }) => holes));
  record('frame at rest', 'ms', rest);
  await close(portal);
});
