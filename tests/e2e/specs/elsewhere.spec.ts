import { expect, test } from '../support/fixtures.ts';
import { MARIA, PLACE } from '../support/people.ts';
import { Server } from '../support/server.ts';

// As the portal stands on static hosting, which asks the location itself.
const API = 'http://harbour.example.com';

test.use({ serverArgs: ['--api-base', API] });

/** What answers there. */
let harbour: Server;
test.afterEach(() => harbour.stop());

test.beforeEach(async ({ context, page, server }) => {
  harbour = await Server.start();
  await context.route(`${API}/**`, async (route) => {
    const allowed = { 'access-control-allow-origin': server.url, 'access-control-allow-headers': '*, authorization' };
    if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204, headers: allowed });
    try {
      const response = await route.fetch({ url: route.request().url().replace(API, harbour.url) });
      await route.fulfill({ response, headers: { ...response.headers(), ...allowed } });
    } catch (error) {
      // The journey was over first.
      if (!page.isClosed()) throw error;
    }
  });
});

test('a location that is written with a slash at its end is asked at the same addresses, also ahead of the portal', async ({
  page,
  portal,
}) => {
  await page.route('/config.json', (route) => route.fulfill({ json: { api_base: `${API}/` } }));
  await page.goto('/sign-in');
  await portal.signIn(MARIA);
  await expect(portal.heading('Choose a profile')).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(API)) asked.push(new URL(request.url()).pathname);
  });
  await page.reload();
  await expect(portal.heading('Choose a profile')).toBeVisible();
  expect(asked).not.toHaveLength(0);
  expect(asked.filter((path) => !path.startsWith('/api/'))).toEqual([]);
  await page.close();
});

test('a portal whose API is on another origin asks its own origin for nothing but its files', async ({ page, portal }) => {
  const asked = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.add(origin);
  });
  await page.goto('/sign-in');
  await expect(page).toHaveTitle(`Sign in - ${PLACE}`);
  await portal.signIn(MARIA);
  await expect(page.getByRole('heading', { name: 'Choose a profile' })).toBeVisible();
  expect(asked).toEqual(new Set([API]));
  await page.close();
});
