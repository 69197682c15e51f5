import { JONAS, LUMEN, PASSWORD } from './people.ts';
import type { Server } from './server.ts';

/** All that a save writes of a member. */
export interface Held {
  IsTeamAdministrator: boolean;
  CanMakeBookings: boolean;
  CanBookForTeam: boolean;
  CanPurchaseProducts: boolean;
  CanPurchaseEvents: boolean;
  CanAccessCommunity: boolean;
  AccessCardId: string | null;
}

type Member = Held & { Id: number };

/** Where a team is read, as a whole or only its permissions. */
export const TEAM = new RegExp(`/api/public/teams/${LUMEN.id}/profile`);

/** A plan that new members can be given. */
const PLAN = 301;

/** What the server has of Lumen Studio, read and written by its other administrator outside of the browser. */
export class Team {
  #bearer: Promise<string> | undefined;

  constructor(private readonly server: Server) {}

  /** Everybody's, by id. */
  async all(): Promise<Record<number, Held>> {
    const reply = await this.server.api('GET', `/api/public/teams/${LUMEN.id}/profile`, await this.#signIn());
    const { AllTeamMembers } = (await reply.json()) as { AllTeamMembers: Member[] };
    return Object.fromEntries(AllTeamMembers.map((member) => [member.Id, held(member)]));
  }

  async of(id: number): Promise<Held> {
    const member = (await this.all())[id];
    if (!member) throw new Error(`there is no member ${id}`);
    return member;
  }

  /** What another administrator does at the same time. */
  async change(id: number, what: Partial<Held>): Promise<void> {
    const body = { Id: id, ...(await this.of(id)), ...what };
    const path = `/api/public/teams/${LUMEN.id}/permissions/${id}`;
    const reply = await this.server.api('PUT', path, await this.#signIn(), body);
    if (!reply.ok) throw new Error(`changing ${id}: ${reply.status}`);
  }

  /** Somebody whom another administrator adds. */
  async add(name: string, email: string): Promise<void> {
    const body = { TariffId: PLAN, FullNames: [name], Emails: [email], StartDate: '2199-01-01T00:00:00.000Z' };
    const path = `/api/public/teams/${LUMEN.id}/members`;
    const reply = await this.server.api('POST', path, await this.#signIn(), body);
    if (!reply.ok) throw new Error(`adding ${email}: ${reply.status}`);
  }

  #signIn(): Promise<string> {
    this.#bearer ??= this.server.bearer(JONAS.email, PASSWORD);
    return this.#bearer;
  }
}

function held(member: Member): Held {
  return {
    IsTeamAdministrator: member.IsTeamAdministrator,
    CanMakeBookings: member.CanMakeBookings,
    CanBookForTeam: member.CanBookForTeam,
    CanPurchaseProducts: member.CanPurchaseProducts,
    CanPurchaseEvents: member.CanPurchaseEvents,
    CanAccessCommunity: member.CanAccessCommunity,
    AccessCardId: member.AccessCardId,
  };
}
