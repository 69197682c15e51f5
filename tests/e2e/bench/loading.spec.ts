import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { type Limit, record } from './measure.ts';

const TIMES = 7;

/** A page with nothing but a form: what no portal can be quicker than on this machine. */
const BARE = `<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1>
  <form><label>Email <input></label> <label>Password <input type="password"></label> <button>Sign in</button></form>`;

interface Device {
  name: string;
  /** How many times slower its processor is. */
  cpu: number;
  network?: { latency: number; downloadThroughput: number; uploadThroughput: number };
  /** Half of what a build of the same screens with React takes to its form, and all that it takes to its first key and to
   * the press that it answers. */
  limits: { form: number; key: number; answer: number };
}

const DEVICES: Device[] = [
  { name: 'no throttle', cpu: 1, limits: { form: 45.5, key: 140, answer: 91 } },
  { name: 'CPU 4x slower', cpu: 4, limits: { form: 153.5, key: 398, answer: 307 } },
  {
    name: 'CPU 4x slower, 1.6 Mbit/s, 150 ms',
    cpu: 4,
    network: { latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 },
    limits: { form: 462, key: 1014, answer: 924 },
  },
];

interface Marks {
  form: number;
  key: Promise<number>;
  answer: Promise<number>;
}

/** Takes the times of a first visit by the page's own clock, which begins with the navigation. Sent as text. */
function install(): void {
  const painted = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });
  const marks = {
    get form() {
      return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
    },
    key: new Promise<number>((resolve) => {
      // The portal's own events, when it takes over, are not a person's.
      addEventListener('input', (event) => event.isTrusted && resolve(painted()), { capture: true });
    }),
    answer: new Promise<number>((resolve) => {
      new MutationObserver((_, observer) => {
        if (!document.body?.textContent?.includes('Enter your email.')) return;
        observer.disconnect();
        resolve(painted());
      }).observe(document, { subtree: true, childList: true });
    }),
  };
  (window as unknown as { marks: Marks }).marks = marks;
}

/** Serves the bare form, and says where. */
async function serveBare(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end(BARE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

async function visit(browser: Browser, url: string, device: Device, act: (page: Page) => Promise<number>): Promise<number> {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await page.addInitScript(install);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: device.cpu });
  if (device.network) {
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', { offline: false, ...device.network });
  }
  await page.goto('/sign-in', { waitUntil: 'commit' });
  const took = await act(page);
  await context.close();
  return took;
}

const email = (page: Page) => page.getByRole('textbox', { name: 'Email' });
const marks = <T>(page: Page, read: (marks: Marks) => T) =>
  page.evaluate(`(${read.toString()})(window.marks)`) as Promise<Awaited<T>>;

async function painted(page: Page): Promise<number> {
  await expect.poll(() => marks(page, ({ form }) => Number.isFinite(form))).toBe(true);
  return marks(page, ({ form }) => form);
}

for (const device of DEVICES) {
  test(`a first visit, ${device.name}`, async ({ browser, server }) => {
    const bare = await serveBare();
    const key = async (page: Page) => {
      await email(page).press('a');
      return marks(page, ({ key }) => key);
    };
    const answer = async (page: Page) => {
      await email(page).press('Enter');
      return marks(page, ({ answer }) => answer);
    };
    const { limits } = device;
    const lines: { name: string; url: string; act: (page: Page) => Promise<number>; limit?: Limit; values: number[] }[] = [
      { name: 'first visit: the form', url: server.url, act: painted, limit: { median: limits.form }, values: [] },
      { name: 'first visit: the first key', url: server.url, act: key, limit: { median: limits.key }, values: [] },
      { name: 'first visit: a press at once', url: server.url, act: answer, limit: { median: limits.answer }, values: [] },
      { name: 'floor: a bare form', url: bare.url, act: painted, values: [] },
      { name: 'floor: a first key in it', url: bare.url, act: key, values: [] },
    ];
    // In turns: the machine may be slower a minute later.
    for (let time = 0; time < TIMES; time += 1) {
      for (const { url, act, values } of lines) values.push(await visit(browser, url, device, act));
    }
    bare.stop();
    for (const { name, values, limit } of lines) record(`${name}, ${device.name}`, 'ms', values, limit);
  });
}
