import type { Page, Route } from '@playwright/test';
import { AISHA } from './people.ts';

/** What happens to a call on its way. */
type Mishap = (route: Route) => Promise<unknown>;

export interface Fault {
  what: string;
  mishap: Mishap;
  /** The sentence and the code that one stays with; without them one acts. */
  says?: readonly [sentence: string, code: string];
  /** How often the browser sends the call; once, unless told otherwise. */
  sent?: number;
}

export interface Call {
  url: RegExp;
  faults: readonly Fault[];
}

type Reply = Record<string, unknown>;

const pass: Mishap = (route) => route.continue();
const lose: Mishap = (route) => route.abort('connectionreset');
/** What was asked for is done, and only the answer is lost. */
export const loseReply: Mishap = async (route) => {
  await route.fetch();
  await lose(route);
};
const twiceFirstAnswers: Mishap = async (route) => {
  const response = await route.fetch();
  await route.fetch();
  await route.fulfill({ response });
};
const twiceSecondAnswers: Mishap = async (route) => {
  await route.fetch();
  await route.continue();
};
const never: Mishap = (route) => route.request().frame().page().clock.fastForward(20_001);
const status = (code: number, headers = {}): Mishap => (route) => route.fulfill({ status: code, headers });
const json = (body: string): Mishap => (route) => route.fulfill({ contentType: 'application/json', body });
const html: Mishap = (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><h1>Wi-Fi</h1>' });
const written = (otherwise: (reply: Reply) => unknown): Mishap => async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, json: otherwise((await response.json()) as Reply) });
};
/** Goes wrong the first time only. */
function once(mishap: Mishap): Mishap {
  let before = false;
  return (route) => {
    const now = before ? pass : mishap;
    before = true;
    return now(route);
  };
}

const WAIT = 'Too many requests. Wait a moment, then try again.';
const OFFLINE = 'The server cannot be reached. Check your connection and try again.';
const PROBLEM = 'The server has a problem. Try again in a moment.';
const UNCLEAR = "The server's answer could not be understood. Try again.";

/** What can happen to every call; `step` begins its codes, `say` puts its words around what went wrong. */
function common(step: string, retried: number, say = (what: string) => what): Fault[] {
  const fault = (what: string, mishap: Mishap, sentence: string, code: string, sent = 1): Fault => ({
    what,
    mishap,
    says: [say(sentence), `${step}-${code}`],
    sent,
  });
  return [
    { what: 'the reply takes its time', mishap: pass },
    fault('the connection is dropped', lose, OFFLINE, 'E-OFFLINE', retried),
    fault('the reply is lost', loseReply, OFFLINE, 'E-OFFLINE', retried),
    fault('no reply at all', never, 'The server did not answer in time. Try again.', 'E-TIMEOUT'),
    fault('409', status(409), WAIT, 'E429', retried),
    fault('429', status(429), WAIT, 'E429', retried),
    fault(
      '429 for seven seconds',
      status(429, { 'Retry-After': '7' }),
      'Too many requests. Wait 7 seconds, then try again.',
      'E429',
    ),
    fault('500', status(500), PROBLEM, 'E500', retried),
    fault('200 with nothing', json(''), UNCLEAR, 'E-REPLY'),
    fault('200 with a page', html, UNCLEAR, 'E-REPLY'),
    fault('200 with half of the reply', json('{"token":"eyJhbGciOi'), UNCLEAR, 'E-REPLY'),
    fault('200 with a list', json('[]'), UNCLEAR, 'E-REPLY'),
  ];
}

const USED = `The one-time pass for ${AISHA.name} was not accepted: it has expired or was already used. Start again.`;
const REFUSED = `The server does not accept the new session for ${AISHA.name}, so it was thrown away.`;
const unproved = (what: string) =>
  `It could not be proved that the new session is ${AISHA.name}'s, so it was thrown away. ${what}`;

/** Asking for the one-time token. */
export const TOKEN: Call = {
  url: /\/api\/public\/coworkers\/\d+\/impersonate$/,
  faults: [
    ...common('I', 1),
    { what: 'the server sees it twice, the first reply comes', mishap: twiceFirstAnswers },
    { what: 'the server sees it twice, the second reply comes', mishap: twiceSecondAnswers },
    {
      what: '401',
      mishap: status(401),
      says: [
        `Your own session was not accepted, so you cannot act as ${AISHA.name}. Sign in again, then retry.`,
        'I-E401',
      ],
    },
    {
      what: '403',
      mishap: status(403),
      says: [
        `You do not have permission to act as ${AISHA.name}. Only an administrator of a team they belong to can.`,
        'I-E403',
      ],
    },
    { what: '404', mishap: status(404), says: [`${AISHA.name} could not be found. They may have left.`, 'I-E404'] },
    { what: 'more than the contract says', mishap: written((reply) => ({ ...reply, expires_in: '60', Note: null })) },
    { what: 'in capitals', mishap: json('{"Token":"one"}'), says: [UNCLEAR, 'I-E-REPLY'] },
    { what: 'a bearer in its place', mishap: json('{"access_token":"one"}'), says: [UNCLEAR, 'I-E-REPLY'] },
  ],
};

/** Exchanging it for a session. */
export const EXCHANGE: Call = {
  url: /\/api\/public\/auth\/login\/[^/]+$/,
  faults: [
    ...common('X', 1),
    { what: 'the server sees it twice, the first reply comes', mishap: twiceFirstAnswers },
    { what: 'the server sees it twice, the second reply comes', mishap: twiceSecondAnswers, says: [USED, 'X-E401'] },
    { what: '401', mishap: status(401), says: [USED, 'X-E401'] },
    { what: '403', mishap: status(403), says: [USED, 'X-E403'] },
    { what: '404', mishap: status(404), says: [USED, 'X-E404'] },
    {
      what: 'in the spelling of the token endpoint, with a refresh token',
      mishap: written(({ token }) => ({ access_token: token, expires_in: '600', refresh_token: 'r'.repeat(20) })),
    },
    { what: 'in capitals', mishap: json('{"Token":"one"}'), says: [UNCLEAR, 'X-E-REPLY'] },
  ],
};

/** Asking whose the new session is. */
export const WHOAMI: Call = {
  url: /\/api\/public\/coworkers\/profiles(\?|$)/,
  faults: [
    ...common('W', 3, unproved),
    { what: 'the server sees it twice', mishap: twiceSecondAnswers },
    { what: 'the connection is dropped once', mishap: once(lose), sent: 2 },
    { what: '401', mishap: status(401), says: [REFUSED, 'W-E401'] },
    { what: '403', mishap: status(403), says: [REFUSED, 'W-E403'] },
    { what: '404', mishap: status(404), says: [REFUSED, 'W-E404'] },
    {
      what: 'with the least that identifies somebody, and more than the contract says',
      mishap: written(() => ({ User: { Id: 9003 }, Profiles: [{ Id: AISHA.id, FullName: AISHA.name, New: {} }], New: 1 })),
    },
    {
      what: 'nobody',
      mishap: written(({ User }) => ({ User, Profiles: null })),
      says: [`The server opened a session that is not ${AISHA.name}'s. It was thrown away.`, 'W-OTHER'],
    },
    {
      what: 'in small letters',
      mishap: json('{"user":{"id":9003},"profiles":[]}'),
      says: [unproved(UNCLEAR), 'W-E-REPLY'],
    },
  ],
};

/** One of the calls on its way: kept until it may go on. Other people's calls to the same address pass. */
export class Wire {
  readonly #held: Route[] = [];
  #mishap: Mishap | undefined;
  /** How often the browser has sent the call. */
  sent = 0;

  static async tap(page: Page, { url }: Call, ownBearer: string): Promise<Wire> {
    const wire = new Wire();
    const own = url === WHOAMI.url ? `Bearer ${ownBearer}` : undefined;
    await page.route(url, (route) => {
      if (own !== undefined && route.request().headers()['authorization'] === own) return route.fallback();
      wire.sent += 1;
      return wire.#arrive(route);
    });
    return wire;
  }

  async #arrive(route: Route): Promise<void> {
    if (this.#mishap) await this.#mishap(route);
    else this.#held.push(route);
  }

  /** How many are held back. */
  get waiting(): number {
    return this.#held.length;
  }

  /** Lets the oldest go on with this mishap, and all that follow, until [`Wire.hold`]. */
  async release(mishap: Mishap): Promise<void> {
    this.#mishap = mishap;
    await mishap(this.take());
  }

  /** Holds calls back from now on, and counts them anew. */
  hold(): void {
    this.#mishap = undefined;
    this.sent = 0;
  }

  /** Takes the oldest out, to be answered by hand. */
  take(): Route {
    const route = this.#held.shift();
    if (!route) throw new Error('no call is waiting');
    return route;
  }
}
