import { expect, type Locator, type Page } from '@playwright/test';
import { PASSWORD, type Person } from './people.ts';

export type Access = 'View only' | 'Full access';

/** The portal as a person finds it: by role and name. */
export class Portal {
  readonly email: Locator;
  readonly password: Locator;
  readonly keep: Locator;
  readonly submit: Locator;
  readonly byEmail: Locator;
  readonly verificationCode: Locator;
  readonly verify: Locator;
  readonly oneTimeCode: Locator;
  readonly newPassword: Locator;
  readonly alert: Locator;
  readonly banner: Locator;
  readonly main: Locator;
  readonly returnButton: Locator;
  readonly dialog: Locator;
  readonly table: Locator;

  constructor(readonly page: Page) {
    this.email = page.getByRole('textbox', { name: 'Email' });
    this.password = page.getByRole('textbox', { name: 'Password', exact: true });
    this.keep = page.getByRole('checkbox', { name: 'Keep me signed in' });
    this.submit = page.getByRole('button', { name: 'Sign in', exact: true });
    this.byEmail = page.getByRole('button', { name: 'Email me a sign-in link' });
    this.verificationCode = page.getByRole('textbox', { name: 'Verification code' });
    this.verify = page.getByRole('button', { name: 'Verify', exact: true });
    this.oneTimeCode = page.getByRole('textbox', { name: 'One-time code' });
    this.newPassword = page.getByRole('textbox', { name: 'New password' });
    this.alert = page.getByRole('alert');
    this.banner = page.getByRole('region', { name: 'Impersonation' });
    this.main = page.getByRole('main');
    this.returnButton = page.getByRole('button', { name: 'Return to my account' });
    this.dialog = page.getByRole('dialog');
    this.table = page.getByRole('table', { name: 'Team members and their permissions' });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: true });
  }

  link(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A message that can be heard: a toast, or a note. While a dialog is open, everything outside of it is silent. */
  said(sentence: string | RegExp): Locator {
    const heard = 'dialog:modal [role=status], html:not(:has(dialog:modal)) [role=status]';
    return this.page.locator(heard).filter({ hasText: sentence });
  }

  menuButton(name: string): Locator {
    return this.page.getByRole('banner').getByRole('button', { name });
  }

  permission(permission: string, name: string): Locator {
    return this.page.getByRole('switch', { name: `${permission} for ${name}`, exact: true });
  }

  impersonate(name: string): Locator {
    return this.page.getByRole('button', { name: `Impersonate account: ${name}`, exact: true });
  }

  manage(name: string): Locator {
    return this.page.getByRole('button', { name: `Manage permissions: ${name}`, exact: true });
  }

  /** Leaves only these members in the table: of a long one, only the rows near what is seen are in the page. */
  async findInTable(name: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Find a member' }).fill(name);
  }

  /** The table has so many rows beside the headings', in the page or not. */
  async expectRows(count: number): Promise<void> {
    await expect(this.table).toHaveAttribute('aria-rowcount', String(count + 1));
  }

  async fillIn(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
  }

  async chooseNewPassword(password: string): Promise<void> {
    await this.newPassword.fill(password);
    await this.button('Save and sign in').click();
  }

  /** Opens the sign-in page, or whatever page leads there, and signs in. */
  async signIn(person: Person, { at = '/sign-in' } = {}): Promise<void> {
    await this.page.goto(at);
    await this.fillIn(person.email, PASSWORD);
    await this.submit.click();
    await expect(this.menuButton(person.name)).toBeVisible();
  }

  /** Signs an administrator in for the whole browser, with the choice of profiles in this tab. */
  async keepSignedIn(person: Person): Promise<void> {
    await this.page.goto('/sign-in');
    await this.keep.check();
    await this.fillIn(person.email, PASSWORD);
    await this.submit.click();
    await expect(this.heading('Choose a profile')).toBeVisible();
  }

  /** Signs an administrator in and waits for the choice of profiles. */
  async signInToProfiles(person: Person): Promise<void> {
    await this.signIn(person);
    await expect(this.heading('Choose a profile')).toBeVisible();
    await expect(this.page.getByRole('button', { name: /^Sign in as / }).first()).toBeVisible();
  }

  /** Signs an administrator in and opens Team permissions. */
  async signInToPermissions(person: Person, at = '/user/team/permissions'): Promise<void> {
    await this.signIn(person, { at });
    await this.ownProfile(person.name).click();
    await expect(this.heading('Team permissions')).toBeVisible();
  }

  ownProfile(name: string): Locator {
    return this.page.getByRole('region', { name: 'Your profiles' }).getByRole('button', { name });
  }

  async findMember(name: string): Promise<Locator> {
    await this.page.getByRole('searchbox', { name: 'Find a team member' }).fill(name);
    return this.page.getByRole('button', { name: `Sign in as ${name}`, exact: true });
  }

  /** Opens the start dialog from the profiles page and fills in the reason. */
  async askToActAs(name: string, access: Access = 'View only'): Promise<void> {
    await (await this.findMember(name)).click();
    await this.giveReason(name, access);
  }

  async giveReason(name: string, access: Access = 'View only'): Promise<void> {
    await expect(this.page.getByRole('dialog', { name: `Sign in as ${name}?` })).toBeVisible();
    await this.page.getByRole('textbox', { name: 'Reason' }).fill('Correct a booking they asked about');
    // The whole box around a radio is its label, so that is where a press lands.
    await this.page.getByRole('radio', { name: access }).check({ force: true });
  }

  get start(): Locator {
    return this.page.getByRole('button', { name: 'Start', exact: true });
  }

  /** Acts as a member, beginning on the profiles page. */
  async actAs(name: string, access: Access = 'View only'): Promise<void> {
    await this.askToActAs(name, access);
    await this.start.click();
    await this.expectActingAs(name);
  }

  /** Acts as a member, beginning on the permissions page. */
  async actFromPermissions(name: string, access: Access = 'View only'): Promise<void> {
    await this.impersonate(name).click();
    await this.giveReason(name, access);
    await this.start.click();
    await this.expectActingAs(name);
  }

  async expectActingAs(name: string): Promise<void> {
    await expect(this.banner).toContainText(`Acting as ${name}`);
    await expect(this.heading(`Welcome, ${name}`)).toBeVisible();
  }

  /** The person is oneself again, or still. */
  async expectOwn(person: Person): Promise<void> {
    await expect(this.banner).toHaveCount(0);
    await expect(this.menuButton(person.name)).toBeVisible();
  }

  /** This tab holds a lock whose name begins in this way. */
  async expectToHoldLock(beginning: string): Promise<void> {
    const names = () =>
      this.page.evaluate(async () => ((await navigator.locks.query()).held ?? []).map((lock) => lock.name ?? ''));
    await expect.poll(async () => (await names()).some((name) => name.startsWith(beginning))).toBe(true);
  }

  async signOut(name: string): Promise<void> {
    await this.pressSignOut(name);
    await expect(this.heading('Sign in')).toBeVisible();
  }

  /** Presses "Sign out", which asks first while something is saved. */
  async pressSignOut(name: string): Promise<void> {
    await this.menuButton(name).click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
  }

  /** Follows a link of the portal to any address, without loading the page again. */
  async follow(path: string): Promise<void> {
    await this.page.evaluate((href) => {
      const link = Object.assign(document.createElement('a'), { href });
      (document.querySelector('main') ?? document.body).append(link);
      link.click();
      link.remove();
    }, path);
  }

  /** The raw text of the own credential as it is stored. */
  storedCredential(): Promise<string | null> {
    return this.page.evaluate(() => sessionStorage.getItem('portal.session'));
  }
}
