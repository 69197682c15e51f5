import { expect, test } from '../support/fixtures.ts';

test('sec_27_a_text_becomes_neither_elements_nor_a_script', async ({ page, guard }) => {
  guard.expectBreach('require-trusted-types-for');
  guard.expectBreach('trusted-types');
  await page.goto('/sign-in');
  const passed = await page.evaluate(() => {
    const rules = (self as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => void } }).trustedTypes;
    const markup = (html: string) => () => (document.createElement('div').innerHTML = html);
    const forbidden: Record<string, () => unknown> = {
      'a handler': markup('<img src=x onerror=alert(1)>'),
      'an address that is a script': markup('<a href="javascript:alert(1)">a</a>'),
      'a script as markup': markup('<script>alert(1)</script>'),
      'harmless markup': markup('<p class="muted">a</p>'),
      'a plain text': markup('a'),
      'markup beside an element': () => document.body.insertAdjacentHTML('beforeend', '<p>a</p>'),
      'a script': () => (document.createElement('script').text = '1'),
      'the address of a script': () => (document.createElement('script').src = '/a.js'),
      'a rule for all': () => rules.createPolicy('default', { createHTML: (html: string) => html }),
      'a rule with a name': () => rules.createPolicy('second', {}),
    };
    const refused = (work: () => unknown): boolean => {
      try {
        work();
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    };
    return Object.keys(forbidden).filter((name) => !refused(forbidden[name]!));
  });
  expect(passed).toEqual([]);
});
