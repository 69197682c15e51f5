import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, CDPSession } from '@playwright/test';
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
  form: Promise<number>;
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
    form: new Promise<number>((resolve) => {
      new PerformanceObserver((seen) => {
        for (const { startTime } of seen.getEntriesByName('first-contentful-paint')) resolve(startTime);
      }).observe({ type: 'paint', buffered: true });
    }),
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

/** Serves the bare form with these headers, and says where. */
async function serveBare(headers: Record<string, string> = {}): Promise<{ url: string; stop: () => void }> {
  const server = createServer((_, reply) => reply.writeHead(200, { 'content-type': 'text/html', ...headers }).end(BARE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

/** A person at the page, by the browser's own protocol: whatever else would run in the page to find things in it would
 * be in the way of what is measured. */
class Visitor {
  constructor(private readonly devtools: CDPSession) {}

  /** What the page's own clock has taken. */
  async mark(name: keyof Marks): Promise<number> {
    const { result } = await this.devtools.send('Runtime.evaluate', { expression: `marks.${name}`, awaitPromise: true });
    return result.value;
  }

  /** Presses a key in the field for the email as soon as it is there. */
  async press(key: { key: string; text: string; windowsVirtualKeyCode: number }): Promise<void> {
    await expect(async () => {
      const { root } = await this.devtools.send('DOM.getDocument', { depth: 0 });
      const asked = { nodeId: root.nodeId, role: 'textbox', accessibleName: 'Email' };
      const { nodes } = await this.devtools.send('Accessibility.queryAXTree', asked);
      await this.devtools.send('DOM.focus', { backendNodeId: nodes[0]?.backendDOMNodeId });
    }).toPass({ intervals: [5] });
    await this.devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key });
    await this.devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }
}

type Act = (visitor: Visitor) => Promise<number>;

async function visit(browser: Browser, url: string, device: Device, act: Act): Promise<number> {
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
  const took = await act(new Visitor(devtools));
  await context.close();
  return took;
}

const painted = (visitor: Visitor) => visitor.mark('form');

async function key(visitor: Visitor): Promise<number> {
  await visitor.press({ key: 'a', text: 'a', windowsVirtualKeyCode: 65 });
  return visitor.mark('key');
}

async function answer(visitor: Visitor): Promise<number> {
  await visitor.press({ key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 });
  return visitor.mark('answer');
}

for (const device of DEVICES) {
  test(`a first visit, ${device.name}`, async ({ browser, server }) => {
    const bare = await serveBare();
    // With this header, which the portal sends, the browser begins a process anew when the reply has come.
    const alone = await serveBare({ 'cross-origin-opener-policy': 'same-origin' });
    const { limits } = device;
    const lines: { name: string; url: string; act: Act; limit?: Limit; values: number[] }[] = [
      { name: 'first visit: the form', url: server.url, act: painted, limit: { median: limits.form }, values: [] },
      { name: 'first visit: the first key', url: server.url, act: key, limit: { median: limits.key }, values: [] },
      { name: 'first visit: a press at once', url: server.url, act: answer, limit: { median: limits.answer }, values: [] },
      { name: 'floor: a bare form', url: bare.url, act: painted, values: [] },
      { name: 'floor: a bare form out of reach of other sites', url: alone.url, act: painted, values: [] },
      { name: 'floor: a first key in it', url: bare.url, act: key, values: [] },
    ];
    // In turns: the machine may be slower a minute later.
    for (let time = 0; time < TIMES; time += 1) {
      for (const { url, act, values } of lines) values.push(await visit(browser, url, device, act));
    }
    for (const { stop } of [bare, alone]) stop();
    for (const { name, values, limit } of lines) record(`${name}, ${device.name}`, 'ms', values, limit);
  });
}
