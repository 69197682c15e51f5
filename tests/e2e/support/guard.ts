import { expect, type BrowserContext, type ConsoleMessage, type Page, type Request, type Response } from '@playwright/test';

type Kind = 'own' | 'acting' | 'one-time' | 'mailed';

interface Snapshot {
  shown: string;
  local: string;
  session: string;
  cookies: string;
}

/**
 * What holds in every test, whatever it is about: no token where it can be read, each one-time token in exactly one
 * request, nothing on the console, no breach of the Content-Security-Policy. Looks at every navigation and at the end.
 */
export class Guard {
  /** Whether the person ticked "Keep me signed in": only then may their own tokens lie in localStorage. */
  kept = false;
  readonly #secrets = new Map<string, Kind>();
  readonly #requests: string[] = [];
  readonly #said: string[] = [];
  readonly #snapshots: Snapshot[] = [];
  readonly #errors: string[] = [];
  readonly #expected: RegExp[] = [];
  readonly #contexts: BrowserContext[] = [];
  #panics = false;
  #pending: Promise<unknown>[] = [];

  /** Chromium writes failed requests to the console. These are what the test is about. */
  expectStatus(...statuses: number[]): void {
    for (const status of statuses) {
      this.#expected.push(new RegExp(`^Failed to load resource: the server responded with a status of ${status} `));
    }
  }

  expectNoNetwork(): void {
    this.#expected.push(/^Failed to load resource: net::ERR_/);
  }

  /** The test does on purpose what this directive of the Content-Security-Policy forbids. */
  expectBreach(directive: string): void {
    this.#expected.push(new RegExp(`^Content-Security-Policy: ${directive} `), /TrustedTypePolicy|'Trusted(HTML|Script|ScriptURL)'/);
  }

  /** The console says this on purpose. */
  expectMessage(message: RegExp): void {
    this.#expected.push(message);
  }

  /** The test breaks the page on purpose. */
  expectPanic(): void {
    // A release build has no words for it, so there is nothing on the console.
    this.#panics = true;
  }

  /** The token of a mailed link that a page of the test is opened with: it leaves the address at once. */
  hide(link: string): void {
    const token = new URL(link, 'http://portal').searchParams.get('token');
    if (token) this.#secrets.set(token, 'mailed');
  }

  /** All tokens of this kind that the server has given out so far. */
  async tokens(kind: Kind): Promise<string[]> {
    await this.#settle();
    return [...this.#secrets].filter(([, its]) => its === kind).map(([token]) => token);
  }

  async watch(context: BrowserContext): Promise<void> {
    this.#contexts.push(context);
    // An error on the console, so that it is found like any other.
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (breach) => {
        console.error(`Content-Security-Policy: ${breach.violatedDirective} forbids ${breach.blockedURI}`);
      });
    });
    context.on('console', (message) => this.#hear(message));
    context.on('weberror', (error) => {
      if (!this.#panics) this.#errors.push(`uncaught: ${error.error().message}`);
    });
    context.on('request', (request) => this.#requests.push(everythingIn(request)));
    context.on('response', (response) => this.#pending.push(this.#collect(response)));
    context.on('page', (page) => this.#follow(page));
    context.pages().forEach((page) => this.#follow(page));
  }

  #follow(page: Page): void {
    page.on('framenavigated', () => this.#pending.push(this.#look(page)));
  }

  #hear(message: ConsoleMessage): void {
    const text = message.text();
    this.#said.push(text);
    if (message.type() === 'error' && !this.#expected.some((expected) => expected.test(text))) {
      this.#errors.push(`console: ${text} (${withoutTokens(message.location().url)})`);
    }
  }

  async #collect(response: Response): Promise<void> {
    const path = new URL(response.url()).pathname;
    const exchange = /^\/api\/public\/auth\/login\/|^\/api\/sys\/users\/exchange$/.test(path);
    const start = /\/impersonate$/.test(path);
    if (!response.ok() || !(exchange || start || path === '/api/token')) return;
    const reply: unknown = await response.json().catch(() => undefined);
    const tokens = tokensIn(reply);
    const acting = exchange && tokens.some((token) => 'act' in claims(token));
    for (const token of tokens) this.#secrets.set(token, start ? 'one-time' : acting ? 'acting' : 'own');
  }

  async #look(page: Page): Promise<void> {
    const url = page.url();
    // A page may be gone, or going, by now.
    const seen = await page
      .evaluate(() => ({
        shown: [location.href, JSON.stringify(history.state), document.title, document.documentElement.outerHTML].join('\n'),
        local: JSON.stringify(Object.entries(localStorage)),
        session: JSON.stringify(Object.entries(sessionStorage)),
        cookies: document.cookie,
      }))
      .catch(() => undefined);
    this.#snapshots.push(seen ?? { shown: url, local: '', session: '', cookies: '' });
  }

  async #settle(): Promise<void> {
    while (this.#pending.length > 0) await Promise.all(this.#pending.splice(0));
  }

  /** The last look, and the verdict. */
  async verify(): Promise<void> {
    const pages = this.#contexts.flatMap((context) => context.pages());
    await this.#settle();
    const before = this.#snapshots.length;
    await Promise.all(pages.map((page) => this.#look(page)));
    await this.#settle();
    const problems = [...this.#errors];
    for (const [token, kind] of this.#secrets) {
      const complain = (where: string) => problems.push(`a token (${kind}) is in ${where}`);
      if (this.#said.some((text) => text.includes(token))) complain('the console');
      // A page that a link has just led to may have been looked at before its first script ran.
      const from = kind === 'mailed' ? before : 0;
      for (const { shown, local, session } of this.#snapshots.slice(from)) {
        if (shown.includes(token)) complain("the page's address, history, title or markup");
        if (local.includes(token) && !(kind === 'own' && this.kept)) complain('localStorage');
        if (session.includes(token) && kind !== 'own') complain('sessionStorage');
      }
      const carriers = this.#requests.filter((request) => request.includes(token)).length;
      if (kind === 'one-time' && carriers !== 1) problems.push(`a one-time token was in ${carriers} requests, not 1`);
    }
    if (this.#snapshots.some(({ cookies }) => cookies !== '')) problems.push('a script can read a cookie');
    for (const context of this.#contexts) {
      const cookies = await context.cookies();
      if (cookies.length > 0) problems.push(`cookies: ${cookies.map(({ name }) => name).join(', ')}`);
    }
    expect([...new Set(problems)], 'what must hold in every test').toEqual([]);
  }
}

function everythingIn(request: Request): string {
  const headers = Object.values(request.headers()).join('\n');
  return [decodeURIComponent(request.url()), headers, request.postData() ?? ''].join('\n');
}

function tokensIn(reply: unknown): string[] {
  const values = reply && typeof reply === 'object' ? Object.values(reply) : [reply];
  return values.filter((value): value is string => typeof value === 'string' && value.length > 30);
}

function claims(token: string): object {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
  } catch {
    return {};
  }
}

function withoutTokens(url: string): string {
  return url.replace(/\/auth\/login\/.*/, '/auth/login/…').replace(/token=[^&]*/, 'token=…');
}
