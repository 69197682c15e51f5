import { expect, type Locator, type Page, type Request } from '@playwright/test';
import type { Portal } from './portal.ts';

/** The choice of profiles and team members, as a person finds it. */
export class Profiles {
  readonly own: Locator;
  readonly members: Locator;
  readonly search: Locator;
  readonly tiles: Locator;
  readonly always: Locator;
  readonly memberSearch: Locator;
  readonly rows: Locator;
  readonly team: Locator;

  constructor(readonly portal: Portal) {
    const page = portal.page;
    this.own = page.getByRole('region', { name: 'Your profiles' });
    this.members = page.getByRole('region', { name: 'Sign in as a team member' });
    this.search = this.own.getByRole('searchbox', { name: 'Find a profile' });
    this.tiles = this.own.getByRole('listitem').getByRole('button');
    this.always = this.own.getByRole('checkbox', { name: 'Always use this profile on this device' });
    this.memberSearch = this.members.getByRole('searchbox', { name: 'Find a team member' });
    this.rows = this.members.getByRole('button', { name: /^Sign in as / });
    this.team = this.members.getByRole('combobox', { name: 'Team' });
  }

  /** The profile whose accessible name begins like this. */
  tile(name: string): Locator {
    const begins = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return this.own.getByRole('button', { name: new RegExp(`^${begins}`) });
  }

  /** Opens the choice as somebody who wants to change the profile. */
  async open(): Promise<void> {
    await this.portal.follow('/sign-in/profiles');
    await this.expectChoice();
  }

  async expectChoice(): Promise<void> {
    await expect(this.portal.heading('Choose a profile')).toBeVisible();
  }
}

/** The requests for who is in a team, as they are made from now on, with the time of each. */
export function teamReads(page: Page): { team: number; at: number }[] {
  const reads: { team: number; at: number }[] = [];
  page.on('request', (request: Request) => {
    const team = /^\/api\/public\/teams\/(\d+)\/profile$/.exec(new URL(request.url()).pathname)?.[1];
    if (team) reads.push({ team: Number(team), at: Date.now() });
  });
  return reads;
}
