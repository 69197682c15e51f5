import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type CDPSession, type Locator, type Page } from '@playwright/test';
import type { Frames, Sight } from './timers.ts';

export type Unit = 'ms' | 'MB' | 'kB' | 'frames';

/** What a line may come to: its median, its worst value, or both. */
export interface Limit {
  median?: number;
  worst?: number;
}

/** `cargo xtask bench` says where. */
const REPORT = process.env.PORTAL_BENCH_REPORT ?? 'test-results/bench.json';

/** Adds a line to the report. A limit is reported with it; nothing fails because of one. */
export function record(name: string, unit: Unit, values: readonly number[], limit: Limit = {}): void {
  expect(values.length, `${name}: was measured`).toBeGreaterThan(0);
  expect(values.filter((value) => !Number.isFinite(value)), `${name}: not numbers`).toEqual([]);
  const lines = linesSoFar();
  lines.push({ name, unit, values, limit });
  writeFileSync(REPORT, `${JSON.stringify(lines, null, 1)}\n`);
  const sorted = [...values].sort((a, b) => a - b).map((value) => value.toFixed(1));
  console.log(`  ${name}, ${unit}: ${sorted.join(' ')}`);
}

function linesSoFar(): object[] {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8')) as object[];
  } catch {
    return [];
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
}

/** Megabytes (a million bytes) in use: what scripts have made, and the memory of WebAssembly. */
export interface Memory {
  heap: number;
  wasm: number;
}

/** What the browser itself counts about a page. */
export class Devtools {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async of(page: Page): Promise<Devtools> {
    const session = await page.context().newCDPSession(page);
    // Counted in the time that the thread really ran: what else the machine does is left out.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Devtools(page, session);
  }

  async #metric(name: string): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  }

  /** Milliseconds of tasks on the main thread while something is done. */
  async work<T>(what: () => Promise<T>): Promise<[ms: number, result: T]> {
    const before = await this.#metric('TaskDuration');
    const result = await what();
    return [((await this.#metric('TaskDuration')) - before) * 1000, result];
  }

  /** Once all that nobody holds any more is gone. */
  async memory(): Promise<Memory> {
    for (let times = 0; times < 2; times += 1) await this.session.send('HeapProfiler.collectGarbage');
    const wasm = await this.page.evaluate(() => window.bench.wasm.buffer.byteLength);
    expect(wasm, 'the memory of WebAssembly was found').toBeGreaterThan(0);
    return { heap: (await this.#metric('JSHeapUsedSize')) / 1e6, wasm: wasm / 1e6 };
  }
}

/** Milliseconds from a trusted event to the paint of what it brings about, by the page's own clock. */
export async function timed(
  page: Page,
  event: 'keydown' | 'click',
  sight: Sight,
  act: () => Promise<void>,
): Promise<number> {
  await page.evaluate(([event, sight]) => window.bench.arm(event, sight), [event, sight] as const);
  await act();
  return page.evaluate(() => window.bench.took);
}

/** A press where the mouse already lies: getting there is not part of what is timed. */
export async function press({ mouse }: Page): Promise<void> {
  await mouse.down();
  await mouse.up();
}

export function scrollRegion(page: Page): Locator {
  return page.getByRole('region', { name: /^Members and permissions/ });
}

/** How far it is to the end of a region. */
function left(region: Locator): Promise<number> {
  return region.evaluate((scrolled) => scrolled.scrollHeight - scrolled.clientHeight - scrolled.scrollTop);
}

/** Scrolls the table from its top to its bottom with the wheel. The browser itself turns it, once per frame. */
export async function scrollToBottom(page: Page, looksForRows = false, steps = 120): Promise<Frames> {
  const region = scrollRegion(page);
  const devtools = await page.context().newCDPSession(page);
  await region.scrollIntoViewIfNeeded();
  const box = await region.boundingBox();
  if (!box) throw new Error('the table is not on the screen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const all = await left(region);
  expect(all, 'there is something to scroll').toBeGreaterThan(0);
  await region.evaluate((scrolled, looks) => window.bench.watch(scrolled, looks), looksForRows);
  // A table may turn out longer than it seemed.
  for (let rest = all, turns = 0; rest > 1; rest = await left(region), turns += 1) {
    if (turns > 10) throw new Error('the end of the table does not come');
    const speed = Math.ceil((all / steps) * 60);
    const gesture = { x, y, yDistance: -rest, speed, gestureSourceType: 'mouse', preventFling: true } as const;
    await devtools.send('Input.synthesizeScrollGesture', gesture);
  }
  const frames = await page.evaluate(() => window.bench.unwatch());
  await devtools.detach();
  return frames;
}

export async function scrollToTop(page: Page): Promise<void> {
  await scrollRegion(page).evaluate((scrolled) => scrolled.scrollTo({ top: 0, behavior: 'instant' }));
  await page.evaluate(() => new Promise(requestAnimationFrame));
}
