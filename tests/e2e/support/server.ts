import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A line of the sandbox's audit. */
export interface AuditLine {
  Event: string;
  ActorCoworkerId: number | null;
  TargetCoworkerId: number | null;
}

/** A mail that the sandbox has sent. */
export interface Mail {
  To: string;
  Subject: string;
  /** Where it leads, with a token. */
  Link: string;
  /** What can be typed instead, if there is anything. */
  Code: string | null;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with \`cargo xtask test\`.`);
  return value;
}

/** A server of its own for every test: nothing that one test does is seen by another. */
export class Server {
  #process: ChildProcess | undefined;
  #address = '127.0.0.1:0';

  private constructor(private readonly args: readonly string[]) {}

  static async start(args: readonly string[] = []): Promise<Server> {
    const server = new Server(args);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://${this.#address}`;
  }

  /** Starts, or starts again at the same address with the data it began with. */
  async start(): Promise<void> {
    // There is no sandbox where the portal asks another origin.
    const controls = this.args.includes('--api-base') ? [] : ['--sandbox-controls'];
    const args = ['--listen', this.#address, '--dist', setting('PORTAL_DIST'), ...controls, ...this.args];
    const child = spawn(setting('PORTAL_SERVER_BIN'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    this.#address = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${complaints}`)));
      createInterface(child.stdout).once('line', (line) => {
        const address = /^listening on http:\/\/(.+)$/.exec(line)?.[1];
        if (address) resolve(address);
        else reject(new Error(`the server said: ${line}`));
      });
    });
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await gone;
  }

  async #control(path: string, body?: object): Promise<void> {
    const content = body ? JSON.stringify(body) : null;
    const reply = await fetch(`${this.url}/sandbox/${path}`, { method: 'POST', body: content });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  }

  /** The member has left: the server answers 404. */
  removeMember = (id: number) => this.#control(`members/${id}/remove`);
  /** The member is called otherwise from now on, also by what nobody could enter. */
  renameMember = (id: number, names: { FullName?: string; CompanyName?: string }) =>
    this.#control(`members/${id}/rename`, names);
  deactivateMember = (id: number) => this.#control(`members/${id}/deactivate`);
  /** The person administers the team no more: the server answers 403. */
  removeAdministrator = (team: number, id: number) => this.#control(`teams/${team}/admins/${id}/remove`);
  /** All sessions of the account are over: the server answers 401. */
  revokeSessions = (email: string) => this.#control(`sessions/revoke?email=${encodeURIComponent(email)}`);
  /** What the location says of itself; what is left out stays. */
  setLocation = (location: { LanguageCulture?: string; TimeZone?: string; Configuration?: Record<string, string | null> }) =>
    this.#control('location', location);
  advanceClock = (seconds: number) => this.#control(`clock/advance?seconds=${seconds}`);

  /** The mails to this address, newest first. */
  async mails(to: string): Promise<Mail[]> {
    const mails = (await (await fetch(`${this.url}/sandbox/mail.json`)).json()) as Mail[];
    return mails.filter((mail) => mail.To === to);
  }

  /** The newest mail to this address. */
  async mail(to: string): Promise<Mail> {
    const [newest] = await this.mails(to);
    if (!newest) throw new Error(`nobody has written to ${to}`);
    return newest;
  }

  /** Has a link to a new password sent, outside of the browser, and gives it. */
  async resetLink(email: string): Promise<string> {
    const reply = await this.api('POST', '/api/sys/users/startPasswordReset', undefined, { email });
    if (reply.status !== 200) throw new Error(`no link was sent: ${reply.status}`);
    return (await this.mail(email)).Link;
  }

  /** What the authenticator app of this account shows now. */
  async verificationCode(email: string): Promise<string> {
    const reply = await fetch(`${this.url}/sandbox/totp?email=${encodeURIComponent(email)}`);
    return ((await reply.json()) as { Code: string }).Code;
  }

  async audit(): Promise<AuditLine[]> {
    return (await (await fetch(`${this.url}/sandbox/audit`)).json()) as AuditLine[];
  }

  /** Calls the API as whoever holds the bearer, outside of the browser. */
  api(method: string, path: string, bearer?: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = bearer ? { Authorization: `Bearer ${bearer}` } : {};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    return fetch(this.url + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  }

  /** How the server answers whoami for this bearer: 200 as long as its session lives. */
  async whoami(bearer?: string): Promise<number> {
    return (await this.api('GET', '/api/public/coworkers/profiles', bearer)).status;
  }

  /** A bearer of this account, outside of the browser. */
  async bearer(email: string, password: string): Promise<string> {
    const body = new URLSearchParams({ grant_type: 'password', username: email, password });
    const reply = await fetch(`${this.url}/api/token`, { method: 'POST', body, headers: { client_id: email } });
    if (!reply.ok) throw new Error(`signing in as ${email}: ${reply.status}`);
    return ((await reply.json()) as { access_token: string }).access_token;
  }
}
