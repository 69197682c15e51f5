import type { CDPSession, Page, Request } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { collect, detached, objects, texts } from '../support/heap.ts';
import { holdPortal } from '../support/held.ts';
import { AISHA, LEO, MARIA, ONLY_LEOS, PASSWORD } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';

// A trace keeps hold of what it has seen of the page.
test.use({ trace: 'off' });

const CYCLES = 20;
const PATIENCE_MS = 10_000;
const COUNTED = ['nodes', 'listeners', 'channels', 'intervals', 'timeouts'] as const;

interface Left {
  /** Bytes of what scripts have made. */
  objects: number;
  /** Bytes of WebAssembly memory, which only ever grows. */
  wasm: number;
  /** Bytes that the browser counts as used by scripts: with machine code, which it goes on making. */
  heap: number;
  nodes: number;
  listeners: number;
  channels: number;
  intervals: number;
  timeouts: number;
}

/** Counts what a page can leave open, from its first line on; gives back how many requests are under way. */
async function watch(page: Page): Promise<() => number> {
  const requests = new Set<Request>();
  page.on('request', (request) => requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  await page.addInitScript(() => {
    const open = { channels: new Set<BroadcastChannel>(), intervals: new Set<number>(), timeouts: new Set<number>() };
    const { setInterval, setTimeout, clearInterval, clearTimeout, BroadcastChannel } = window;
    window.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        open.channels.add(this);
      }
      override close(): void {
        super.close();
        open.channels.delete(this);
      }
    };
    const page = window as unknown as Record<string, unknown>;
    page['setInterval'] = (...args: [TimerHandler, number?]) => {
      const id = setInterval(...args);
      open.intervals.add(id);
      return id;
    };
    page['setTimeout'] = (handler: () => void, ms?: number) => {
      const id = setTimeout(() => {
        open.timeouts.delete(id);
        handler();
      }, ms);
      open.timeouts.add(id);
      return id;
    };
    // The browser lets either function stop either kind.
    page['clearInterval'] = page['clearTimeout'] = (id: number) => {
      clearInterval(id);
      clearTimeout(id);
      open.intervals.delete(id);
      open.timeouts.delete(id);
    };
    page['left'] = open;
    const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module, imports: object) => Promise<WebAssembly.Instance>;
    (WebAssembly as { instantiate: unknown }).instantiate = async (module: WebAssembly.Module, imports: object) => {
      const instance = await instantiate(module, imports);
      page['wasm'] ??= instance.exports['memory'];
      return instance;
    };
  });
  return () => requests.size;
}

async function measure(page: Page, devtools: CDPSession, underWay: () => number): Promise<Left> {
  // What is still under way ends first: a message that slides in, a reply on its way.
  await expect.poll(underWay).toBe(0);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  await collect(devtools);
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const counted = await page.evaluate(() => {
    const { left, wasm } = window as unknown as { left: Record<string, Set<unknown>>; wasm: WebAssembly.Memory };
    const size = (name: string) => left[name]?.size ?? Number.NaN;
    return {
      wasm: wasm.buffer.byteLength,
      channels: size('channels'),
      intervals: size('intervals'),
      timeouts: size('timeouts'),
    };
  });
  return {
    objects: await objects(devtools),
    heap: metric('JSHeapUsedSize'),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    ...counted,
  };
}

async function thereAndBack(portal: Portal): Promise<void> {
  await portal.actAs(AISHA.name);
  await portal.returnButton.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await portal.expectOwn(MARIA);
  await expect(portal.page.getByRole('button', { name: /^Sign in as / }).first()).toBeVisible();
}

test('nothing_is_left_behind: twenty times there and back leave memory flat and nothing open', async ({
  page,
  portal,
}, info) => {
  test.setTimeout(120_000);
  const underWay = await watch(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.enable');
  await portal.signInToProfiles(MARIA);
  const look = () => measure(page, devtools, underWay);
  for (let cycle = 1; cycle <= 2; cycle += 1) await thereAndBack(portal);
  const early = await look();
  for (let cycle = 3; cycle <= CYCLES; cycle += 1) await thereAndBack(portal);
  // What the browser takes its time to put away is not left behind: what is, never goes.
  const isMore = (late: Left) => COUNTED.some((what) => late[what] > early[what]);
  let late = await look();
  for (const until = Date.now() + PATIENCE_MS; isMore(late) && Date.now() < until; ) late = await look();
  const figures = JSON.stringify({ 'after 2 cycles': early, [`after ${CYCLES} cycles`]: late });
  info.annotations.push({ type: 'figures', description: figures });
  console.log(figures);
  expect.soft((late.objects + late.wasm) / (early.objects + early.wasm), 'memory').toBeLessThan(1.05);
  for (const what of COUNTED) {
    expect.soft(late[what], what).toBeLessThanOrEqual(early[what]);
  }
});

/** All places of a page and its browser that hold this text. */
async function places(page: Page, text: string): Promise<string[]> {
  const all = await page.evaluate(async () => {
    const [databases, caches] = await Promise.all([indexedDB.databases(), window.caches.keys()]);
    const found: Record<string, unknown> = {
      address: location.href,
      history: history.state as unknown,
      title: document.title,
      'window.name': window.name,
      cookies: document.cookie,
      page: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
      databases,
      caches,
      performance: performance.getEntries().map((entry) => entry.name),
    };
    for (const [key, value] of Object.entries(sessionStorage)) found[`sessionStorage ${key}`] = value;
    for (const [key, value] of Object.entries(localStorage)) found[`localStorage ${key}`] = value;
    return Object.entries(found).map(([place, value]) => [place, JSON.stringify(value) ?? ''] as const);
  });
  return all.filter(([, value]) => value.includes(text)).map(([place]) => place);
}

test('sec_01_the_session_as_another_person_is_in_no_storage_and_nowhere_on_the_page', async ({
  page,
  portal,
  guard,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const [[token = 'none'], [once = 'none']] = [await guard.tokens('acting'), await guard.tokens('one-time')];
  expect(await places(page, token)).toEqual([]);
  expect(await places(page, once), 'the one-time token').toEqual([]);
  expect(await places(page, AISHA.name), 'it finds what is there').toEqual(expect.arrayContaining(['title', 'page']));
});

test('sec_40_scripts_hold_no_session_as_another_person_any_more_once_it_is_over', async ({ page, portal, guard }) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.enable');
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  const [[acting = 'none'], [own = 'none']] = [await guard.tokens('acting'), await guard.tokens('own')];
  const holds = async (token: string) => (await texts(devtools)).some((text) => text.includes(token));
  await expect.poll(() => holds(acting)).toBe(false);
  await page.evaluate((text) => Object.assign(window, { kept: { text } }), own);
  expect(await holds(own), 'it finds what is there').toBe(true);
});

test('sec_40_scripts_hold_no_password_any_more_that_was_entered_before_the_portal_was_there', async ({ page, portal }) => {
  const letGo = await holdPortal(page);
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  await portal.submit.click();
  letGo();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.enable');
  // The field is no text of a script, but what holds on to it holds on to the text.
  const holds = async () => (await detached(devtools)).some((element) => element.includes(' id="boot-password"'));
  await expect.poll(holds).toBe(false);
  const id = 'boot-password';
  await page.evaluate((id) => Object.assign(window, { kept: Object.assign(document.createElement('input'), { id }) }), id);
  expect(await holds(), 'it finds what is there').toBe(true);
});

test('sec_02_the_start_copies_ones_own_token_nowhere', async ({ page, portal, guard }) => {
  await portal.signInToProfiles(MARIA);
  const own = await guard.tokens('own');
  expect(own.length).toBeGreaterThan(0);
  for (const token of own) expect(await places(page, token)).toEqual(['sessionStorage portal.session']);
  await portal.actAs(AISHA.name);
  for (const token of own) expect(await places(page, token)).toEqual(['sessionStorage portal.session']);
});

test('p17_whoever_replaces_the_stored_session_while_one_acts_does_not_change_whom_one_comes_back_to', async ({
  page,
  portal,
  server,
}) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  const planted = await server.bearer(LEO.email, PASSWORD);
  await page.evaluate((access) => {
    const stored = JSON.parse(sessionStorage.getItem('portal.session') ?? '{}') as object;
    sessionStorage.setItem('portal.session', JSON.stringify({ ...stored, access }));
  }, planted);
  await portal.returnButton.click();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  await portal.expectOwn(MARIA);
});

test('sec_32_while_acting_no_field_asks_for_credentials_and_signing_in_says_which_it_wants', async ({
  page,
  portal,
}) => {
  const asking = page.locator('[type=password], [type=email], [autocomplete~=username], [autocomplete*=password]');
  await page.goto('/sign-in');
  await expect(portal.email).toHaveAttribute('autocomplete', 'username');
  await expect(portal.password).toHaveAttribute('autocomplete', 'current-password');
  await expect(asking).toHaveCount(2);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name, 'Full access');
  for (const path of ['/', '/user/team/permissions', '/sign-in/profiles', '/sign-in', '/nowhere']) {
    await portal.follow(path);
    await expect(portal.banner).toBeVisible();
    await expect(asking, path).toHaveCount(0);
  }
});

test('sec_40_the_reason_why_a_control_is_disabled_goes_with_the_person_it_names', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.actAs(LEO.name);
  await portal.menuButton(LEO.name).click();
  await expect(page.locator('.tip')).toContainText(LEO.name);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  await expect(page.locator('.tip')).toHaveText('');
});

test('sec_40_after_the_return_nothing_of_the_other_person_is_left_also_without_a_network', async ({
  page,
  portal,
  guard,
}) => {
  guard.expectNoNetwork();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(LEO.name);
  await portal.follow('/sign-in/profiles');
  await expect(portal.ownProfile('Martin Photography')).toBeVisible();
  await page.context().setOffline(true);
  await portal.returnButton.click();
  await portal.expectOwn(MARIA);
  const [token = 'none'] = await guard.tokens('acting');
  for (const word of [token, ...ONLY_LEOS]) expect(await places(page, word), word).toEqual([]);
});
