import { expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN, MARIA, PLACE } from '../support/people.ts';

test('a link changes the page and its address, and loading again stays there', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIA.name).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(page).toHaveURL('/user/team/permissions');
  await page.reload();
  await expect(portal.heading('Team permissions')).toBeVisible();
});

test('Back and Forward go through the pages that were seen', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIA.name).click();
  await page.getByRole('link', { name: LUMEN.name }).click();
  await expect(page).toHaveURL(`/user/team/permissions/${LUMEN.id}`);
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(page).toHaveURL('/');
  await page.goBack();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await expect(page).toHaveURL(`/user/team/permissions/${LUMEN.id}`);
  await page.goBack();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await page.goForward();
  await expect(portal.heading('Team permissions')).toBeVisible();
});

test('after Back and Forward a link still changes the address', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIA.name).click();
  await page.getByRole('link', { name: 'Team permissions' }).click();
  await expect(page).toHaveURL('/user/team/permissions');
  await page.goBack();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await page.goForward();
  await expect(portal.heading('Team permissions')).toBeVisible();
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('a link to the page one is on leaves nothing in the history', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIA.name).click();
  const link = page.getByRole('link', { name: 'Team permissions' });
  await link.click();
  await expect(page).toHaveURL('/user/team/permissions');
  await link.click();
  await link.click();
  await page.goBack();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('a link opened in a new tab leaves this page alone', async ({ page, portal, context }) => {
  await portal.signInToProfiles(MARIA);
  await portal.ownProfile(MARIA.name).click();
  const link = page.getByRole('link', { name: 'Team permissions' });
  const opened = context.waitForEvent('page');
  await link.click({ modifiers: ['ControlOrMeta'] });
  const tab = await opened;
  await expect(tab).toHaveURL(/\/(sign-in\?next=.*|user\/team\/permissions)$/);
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('an unknown address says so and leads home', async ({ page, portal }) => {
  await portal.signInToProfiles(MARIA);
  for (const path of ['/nowhere', '/user/team/permissions/x', '/user/team/permissions/0']) {
    await page.goto(path);
    await expect(portal.heading('Page not found')).toBeVisible();
    await expect(page).toHaveTitle(`Page not found - ${PLACE}`);
  }
  await page.getByRole('link', { name: 'Go to the home page' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('a page that fits into the window does not scroll, and a message does not move its foot', async ({ page, portal }) => {
  await page.setViewportSize({ width: 1280, height: 1400 });
  const room = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  await page.goto('/nothing-here');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await room()).toBe(0);
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await portal.follow('/');
  await portal.expectActingAs(AISHA.name);
  const foot = page.getByRole('contentinfo');
  const top = async () => (await foot.boundingBox())?.y;
  const message = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Dismiss' });
  await expect(message.first()).toBeVisible();
  const before = await top();
  while ((await message.count()) > 0) await message.first().click();
  expect(await top()).toBe(before);
  expect(await room()).toBe(0);
});

test('the navigation names the page one is on', async ({ page, portal }) => {
  await portal.signInToPermissions(MARIA);
  const main = page.getByRole('navigation', { name: 'Main' });
  await expect(main.getByRole('link', { name: 'Team permissions' })).toHaveAttribute('aria-current', 'page');
  await expect(main.getByRole('link', { name: 'Home' })).not.toHaveAttribute('aria-current');
});
