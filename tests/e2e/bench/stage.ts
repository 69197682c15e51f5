import { test as base, type Page, type Request } from '@playwright/test';
import { LUMEN, MARIA } from '../support/people.ts';
import { Portal } from '../support/portal.ts';
import { Server } from '../support/server.ts';
import { install } from './timers.ts';

export const TEAM_PAGE = `/user/team/permissions/${LUMEN.id}`;

/** How the table of a team of some size is brought to the screen. */
type Open = (members: number) => Promise<Portal>;

interface Fixtures {
  /** Opens the team page in a browser context of its own, with nothing in any cache, and waits for its rows. */
  open: Open;
}

/** Without the guard of the journeys: it reads the whole page at every navigation. */
export const test = base.extend<Fixtures>({
  open: async ({ browser }, use) => {
    const servers = new Map<number, Server>();
    await use(async (members) => {
      const server = servers.get(members) ?? (await Server.start(['--members', String(members)]));
      servers.set(members, server);
      const context = await browser.newContext({ baseURL: server.url });
      await context.addInitScript(install);
      const portal = new Portal(await context.newPage());
      await portal.signInToPermissions(MARIA, TEAM_PAGE);
      await portal.page.evaluate(() => window.bench.rows);
      return portal;
    });
    for (const server of servers.values()) await server.stop();
  },
});

/** Ends a page with all that belongs to it. */
export function close(portal: Portal): Promise<void> {
  return portal.page.context().close();
}

/** How many requests of a page are under way, from now on. */
export function requestsOf(page: Page): () => number {
  const open = new Set<Request>();
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return () => open.size;
}
