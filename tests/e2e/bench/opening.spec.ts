import { close, test, TEAM_PAGE } from './stage.ts';
import { record } from './measure.ts';

const TIMES = 5;

/** When the rows were painted, when their reply was there, and how long any reply was waited for. */
interface Opening {
  painted: number;
  replied: number;
  waited: number;
}

/** Runs in the page. */
async function opening(): Promise<Opening> {
  const painted = await window.bench.rows;
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const calls = entries.filter(({ name, responseEnd }) => name.includes('/api/') && responseEnd < painted);
  const teams = calls.filter(({ name }) => new URL(name).pathname.endsWith('/teams/55/profile'));
  const replied = teams.at(-1)?.responseEnd ?? Number.NaN;
  // Two that overlap are waited for once.
  let [waited, until] = [0, 0];
  for (const { startTime, responseEnd } of calls.sort((a, b) => a.startTime - b.startTime)) {
    waited += Math.max(0, responseEnd - Math.max(startTime, until));
    until = Math.max(until, responseEnd);
  }
  return { painted, replied, waited };
}

for (const members of [40, 1_000, 10_000]) {
  test(`opening a team of ${members}`, async ({ open }) => {
    const first: Opening[] = [];
    const again: Opening[] = [];
    for (let times = 0; times < TIMES; times += 1) {
      const portal = await open(members);
      first.push(await portal.page.evaluate(opening));
      await portal.page.goto(TEAM_PAGE);
      again.push(await portal.page.evaluate(opening));
      await close(portal);
    }
    const size = members.toLocaleString('en');
    const limit = members === 10_000 ? { worst: 100 } : {};
    record(`first rows, ${size} members`, 'ms', first.map(({ painted, replied }) => painted - replied), limit);
    record(`first rows by address, ${size} members`, 'ms', again.map(({ painted, replied }) => painted - replied), limit);
    record(`page by address, ${size} members`, 'ms', again.map(({ painted }) => painted));
    record(`same without waiting for replies, ${size}`, 'ms', again.map(({ painted, waited }) => painted - waited));
  });
}
