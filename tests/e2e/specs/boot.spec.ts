import type { Page } from '@playwright/test';
import { countRequests, expect, PROFILES, test } from '../support/fixtures.ts';
import { booted, holdPortal } from '../support/held.ts';
import { AISHA, MARIA, PASSWORD } from '../support/people.ts';

/** The portal's form is there, out of sight: it has said what page this is, and the page's own form still stands. */
async function waits(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/^Sign in/);
  await expect(page.locator('#boot')).toHaveCount(1);
}

test('the form is there before the WebAssembly, and what was typed, chosen, selected and focused in it stays', async ({
  page,
  portal,
}) => {
  const letGo = await holdPortal(page);
  await page.goto('/user/team/permissions/55');
  await portal.email.fill(MARIA.email);
  await portal.keep.check();
  await portal.password.fill(PASSWORD);
  await portal.password.evaluate((input: HTMLInputElement) => input.setSelectionRange(2, 5, 'backward'));
  letGo();
  await booted(page);
  await expect(portal.email).toHaveValue(MARIA.email);
  await expect(portal.password).toHaveValue(PASSWORD);
  await expect(portal.keep).toBeChecked();
  await expect(portal.password).toBeFocused();
  const selected = await portal.password.evaluate((input: HTMLInputElement) => [
    input.selectionStart,
    input.selectionEnd,
    input.selectionDirection,
  ]);
  expect(selected).toEqual([2, 5, 'backward']);
  await page.keyboard.type('x');
  await expect(portal.password).toHaveValue(`${PASSWORD.slice(0, 2)}x${PASSWORD.slice(5)}`);
});

test('a password that is shown stays shown, and a way in that is opened in a tab of its own leaves this one alone', async ({
  context,
  page,
  portal,
}) => {
  const letGo = await holdPortal(page);
  await page.goto('/sign-in');
  await portal.password.fill(PASSWORD);
  await page.getByRole('button', { name: 'Show password' }).click();
  const opened = context.waitForEvent('page');
  await portal.link('Forgot your password?').click({ modifiers: ['ControlOrMeta'] });
  await (await opened).close();
  letGo();
  await booted(page);
  await expect(portal.password).toHaveAttribute('type', 'text');
  await expect(portal.password).toHaveValue(PASSWORD);
  await expect(page).toHaveURL('/sign-in');
});

test('a press before the portal is there signs in as soon as it is', async ({ page, portal }) => {
  const letGo = await holdPortal(page);
  await page.goto('/sign-in');
  await portal.fillIn(MARIA.email, PASSWORD);
  await page.keyboard.press('Enter');
  await expect(portal.submit).toHaveAttribute('aria-busy', 'true');
  letGo();
  await expect(portal.heading('Choose a profile')).toBeVisible();
});

test('a letter that is being composed while the portal arrives is not lost', async ({ page, portal }) => {
  const letGo = await holdPortal(page);
  await page.goto('/sign-in');
  await portal.email.focus();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  letGo();
  await waits(page);
  await devtools.send('Input.insertText', { text: '你' });
  await booted(page);
  await expect(portal.email).toHaveValue('你');
  await expect(portal.email).toBeFocused();
});

for (const hand of ['mouse', 'space bar']) {
  test(`a press of the ${hand} that begins before the portal is there and ends after that signs in`, async ({ page, portal }) => {
    const letGo = await holdPortal(page);
    await page.goto('/sign-in');
    await portal.fillIn(MARIA.email, PASSWORD);
    if (hand === 'mouse') {
      await portal.submit.hover();
      await page.mouse.down();
    } else {
      await portal.submit.focus();
      await page.keyboard.down(' ');
    }
    letGo();
    await waits(page);
    await (hand === 'mouse' ? page.mouse.up() : page.keyboard.up(' '));
    await expect(portal.heading('Choose a profile')).toBeVisible();
  });
}

test('what only somebody needs is fetched when the form is there, and not in its way', async ({ page, portal }) => {
  let waiting = Number.NaN;
  await page.route(/split_inside/, async (route) => {
    waiting = await page.locator('#boot').count();
    await route.continue();
  });
  await page.goto('/sign-in');
  await expect.poll(() => waiting, 'pages that wait for the portal by then').toBe(0);
  await portal.signIn(AISHA);
});

test('the form of the page is the form of the portal, control by control and word by word', async ({ page }) => {
  const letGo = await holdPortal(page);
  await page.goto('/sign-in');
  const look = () =>
    page.evaluate(() => {
      const form = document.querySelector('form');
      const texts = [...(form?.closest('.page')?.querySelectorAll('h1, label, p, button, a') ?? [])];
      const control = ({ tagName, className, attributes }: Element) => [
        tagName,
        className,
        ...['type', 'href', 'inputmode', 'autocomplete', 'autocapitalize', 'spellcheck', 'required', 'aria-label', 'aria-pressed'].map(
          (name) => attributes.getNamedItem(name)?.value,
        ),
      ];
      const box = form?.getBoundingClientRect();
      return {
        texts: texts.map((element) => [element.tagName, element.className, element.textContent]),
        controls: [...(form?.querySelectorAll('input, button, a') ?? [])].map(control),
        box: [box?.x, box?.y, box?.width, box?.height],
      };
    });
  const before = await look();
  letGo();
  await booted(page);
  expect(await look()).toEqual(before);
});

test('who is signed in sees the place of the page and never the form', async ({ page, portal }) => {
  await portal.signIn(MARIA);
  await page.addInitScript(() => {
    (window as unknown as { forms: number }).forms = 0;
    const look = () => {
      const form = document.querySelector('form');
      if (form?.checkVisibility()) (window as unknown as { forms: number }).forms += 1;
      requestAnimationFrame(look);
    };
    look();
  });
  const letGo = await holdPortal(page);
  await page.goto('/');
  await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toBeAttached();
  await expect(page.locator('#boot .skeleton__lines')).toBeVisible();
  letGo();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { forms: number }).forms)).toBe(0);
});

test('the settings and the session are asked for once, before the portal is there', async ({ page, portal }) => {
  await portal.signIn(MARIA);
  const letGo = await holdPortal(page);
  const settings = countRequests(page, 'GET', /^\/config\.json$/);
  const whoami = countRequests(page, 'GET', PROFILES);
  const asked = page.waitForResponse((reply) => PROFILES.test(reply.url()));
  await page.goto('/');
  await asked;
  letGo();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  expect([settings(), whoami()]).toEqual([1, 1]);
});

test('an answer that was asked for long before the portal is there is asked for again', async ({ page, portal }) => {
  await portal.signIn(MARIA);
  await page.clock.install();
  const letGo = await holdPortal(page);
  const whoami = countRequests(page, 'GET', PROFILES);
  const asked = page.waitForResponse((reply) => PROFILES.test(reply.url()));
  await page.goto('/');
  await asked;
  await page.clock.fastForward(11_000);
  letGo();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  expect(whoami()).toBe(2);
});

test('a browser that is too old is told so', async ({ page }) => {
  await page.addInitScript(() => {
    delete (WebAssembly as { compileStreaming?: unknown }).compileStreaming;
  });
  await page.goto('/sign-in');
  await expect(page.getByText('This browser is too old for the portal.')).toBeVisible();
});

test('without scripts the page says what it needs and has no form that would put a password into an address', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await expect(page.locator('noscript p')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  expect(await page.locator('form').first().getAttribute('method')).toBe('post');
  await context.close();
});
