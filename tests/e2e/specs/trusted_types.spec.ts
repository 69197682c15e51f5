import { expect, test } from '../support/fixtures.ts';

test('sec_27_a_text_becomes_harmless_elements_or_none_and_never_a_script', async ({ page, guard }) => {
  guard.expectBreach('require-trusted-types-for');
  guard.expectBreach('trusted-types');
  await page.goto('/sign-in');
  const outcome = await page.evaluate(() => {
    const refused = (work: () => unknown): boolean => {
      try {
        work();
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    };
    const markup = (html: string) => () => (document.createElement('div').innerHTML = html);
    const harmful = [
      '<img src=x onerror=alert(1)>',
      '<p onclick="alert(1)">',
      '<p class="a" onclick="alert(1)">',
      '<p class="a>" onclick="b">',
      '<a href="javascript:alert(1)">a</a>',
      '<a href="https://example.com">a</a>',
      '<script>alert(1)</script>',
      '<SCRIPT>alert(1)</SCRIPT>',
      '<svg><use href="data:a"/></svg>',
      '<iframe srcdoc="a"></iframe>',
      '<base href="/a">',
      '<form action="/a">',
      '<!-- a -->',
      '<p style="color: red">',
      '< p',
      '<p',
    ];
    const harmless = [
      'text & more',
      '<h2 id="who">Who</h2><p class="muted">a &lt;b&gt;</p>',
      '<a class="skip-link" href="#main">Skip</a>',
      '<svg viewBox="0 0 1 1" aria-hidden="true"><path d="M0 0"/></svg>',
      '<br/>',
    ];
    return {
      passed: harmful.filter((html) => !refused(markup(html))),
      stopped: harmless.filter((html) => refused(markup(html))),
      script: refused(() => (document.createElement('script').text = '1')),
      source: refused(() => (document.createElement('script').src = '/a.js')),
      second: refused(() => (self as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => void } }).trustedTypes.createPolicy('second', {})),
    };
  });
  expect(outcome).toEqual({ passed: [], stopped: [], script: true, source: true, second: true });
});
