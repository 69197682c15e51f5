import { test as base, type Page } from '@playwright/test';
import { Guard } from './guard.ts';
import { Portal } from './portal.ts';
import { Recorder } from './recorder.ts';
import { JONAS, LUMEN, LUMEN_PAGE } from './people.ts';
import { Server } from './server.ts';
import { Team } from './team.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Further flags of the server, by `test.use`. */
  serverArgs: string[];
  server: Server;
  /** Watches every page of the test; see [`Guard`]. */
  guard: Guard;
  portal: Portal;
  /** Records what every page of the test paints. */
  recorder: Recorder;
  /** Opens another tab in the same browser. */
  openTab: () => Promise<Portal>;
  /** What the server has of Lumen Studio. */
  team: Team;
  /** The other administrator of Lumen Studio on its page, in a browser of his own. */
  colleague: Portal;
}

export const test = base.extend<Fixtures>({
  serverArgs: [[], { option: true }],

  server: async ({ serverArgs }, use) => {
    const server = await Server.start(serverArgs);
    await use(server);
    await server.stop();
  },

  baseURL: async ({ server }, use) => use(server.url),

  guard: [
    async ({ browser, context }, use) => {
      const guard = new Guard();
      await guard.watch(context);
      await use(guard);
      try {
        await guard.verify();
      } finally {
        // Those that the test opened for others; its own goes by itself.
        const others = browser.contexts().filter((one) => one !== context);
        await Promise.all(others.map((one) => one.close()));
      }
    },
    { auto: true },
  ],

  recorder: async ({ context }, use) => use(await Recorder.install(context)),

  portal: async ({ page, guard: _ }, use) => use(new Portal(page)),

  openTab: async ({ context }, use) => use(async () => new Portal(await context.newPage())),

  team: async ({ server }, use) => use(new Team(server)),

  colleague: async ({ browser, server, guard }, use) => {
    const context = await browser.newContext({ baseURL: server.url });
    await guard.watch(context);
    const colleague = new Portal(await context.newPage());
    await colleague.signInToPermissions(JONAS, LUMEN_PAGE);
    await colleague.expectRows(LUMEN.members);
    await use(colleague);
  },
});

/** Counts requests whose method and path match, from now on. */
export function countRequests(page: Page, method: string, path: RegExp): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === method && path.test(new URL(request.url()).pathname)) count += 1;
  });
  return () => count;
}

export const IMPERSONATE = /^\/api\/public\/coworkers\/\d+\/impersonate$/;
export const EXCHANGE = /^\/api\/public\/auth\/login\/[^/]+$/;
export const EXCHANGE_OWN = /^\/api\/sys\/users\/exchange$/;
export const CURRENT_PROFILE = /^\/api\/public\/coworkers\/profiles\/current$/;
export const PROFILES = /\/api\/public\/coworkers\/profiles(\?|$)/;
export const PERMISSIONS = /\/api\/public\/teams\/\d+\/permissions\/\d+$/;
