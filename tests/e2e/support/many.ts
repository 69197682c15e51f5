import { expect, type Locator, type Request } from '@playwright/test';
import { LUMEN_PAGE, MARIA } from './people.ts';
import type { Portal } from './portal.ts';

/** What is done to many members at once, as a person finds it. */
export class Many {
  readonly panel: Locator;
  /** How far it has come, as it is read out. */
  readonly told: Locator;
  readonly bar: Locator;
  readonly question: Locator;
  #onTheirWay = 0;

  constructor(private readonly portal: Portal) {
    this.panel = portal.page.getByRole('region', { name: 'Change to many members' });
    this.told = this.panel.getByRole('status').first();
    this.bar = portal.page.getByRole('region', { name: 'Change the selected members' });
    this.question = portal.dialog;
    const count = (by: number) => (request: Request) => {
      if (new URL(request.url()).pathname.startsWith('/api/')) this.#onTheirWay += by;
    };
    portal.page.on('request', count(1));
    portal.page.on('requestfinished', count(-1));
    portal.page.on('requestfailed', count(-1));
  }

  /** The box that selects a member. */
  pick(name: string): Locator {
    return this.portal.table.getByRole('checkbox', { name: `Select ${name}`, exact: true });
  }

  get all(): Locator {
    return this.portal.table.getByRole('checkbox', { name: 'Select all that are shown' });
  }

  async select(...names: string[]): Promise<void> {
    for (const name of names) await this.pick(name).check();
    await this.expectSelected(names.length);
  }

  async expectSelected(count: number): Promise<void> {
    const said = count === 1 ? '1 member selected' : `${count} members selected`;
    if (count === 0) await expect(this.bar).toHaveCount(0);
    else await expect(this.portal.said(said)).toHaveCount(1);
  }

  /** Asks to turn a permission on or off for all that are selected; what is sent waits for the answer. */
  async turn(permission: string, on: boolean): Promise<void> {
    await this.bar.getByRole('combobox', { name: 'Permission' }).selectOption(permission);
    await this.bar.getByRole('button', { name: `Turn ${on ? 'on' : 'off'} for all` }).click();
    await expect(
      this.portal.page.getByRole('dialog', { name: `Turn ${on ? 'on' : 'off'} ${permission}?` }),
    ).toBeVisible();
  }

  /** Answers the question. */
  async go(): Promise<void> {
    await this.question.getByRole('button', { name: /^Change \d+ members?$/ }).click();
    await expect(this.question).toHaveCount(0);
    await expect(this.panel).toBeVisible();
  }

  /** Turns Purchase products off for all 15, which changes nine, with a clock that only goes on when it is told to. */
  async begin(): Promise<void> {
    const { page } = this.portal;
    await page.clock.install();
    await this.portal.signInToPermissions(MARIA, LUMEN_PAGE);
    await this.all.check();
    await this.turn('Purchase products', false);
    await page.clock.pauseAt(new Date(Date.now() + 60_000));
    await this.go();
    await this.passUntil('1 of 9 saved');
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  /** Lets the page's clock, which `page.clock` keeps, go on; not while an answer is on its way, or it comes too late. */
  async pass(milliseconds: number): Promise<void> {
    const onTheirWay = async () => {
      // A save has its lock from before the look until after the answer, also while neither is on its way.
      const saves = await this.portal.page.evaluate(async () => {
        const { held = [], pending = [] } = await navigator.locks.query();
        return [...held, ...pending].filter(({ name }) => name?.startsWith('portal.save.')).length;
      });
      return saves + this.#onTheirWay;
    };
    await expect.poll(onTheirWay, { intervals: [10] }).toBe(0);
    await this.portal.page.clock.runFor(milliseconds);
  }

  /** Lets time pass until the panel says this. */
  async passUntil(sentence: string, atMost = 200): Promise<void> {
    const said = this.told.filter({ hasText: sentence });
    for (let steps = 0; steps < atMost && (await said.count()) === 0; steps += 1) await this.pass(500);
    await expect(said).toHaveCount(1);
  }
}
