/** The demo data that tests speak of. */
export interface Person {
  id: number;
  name: string;
  email: string;
}

/** The sandbox's location. */
export const PLACE = 'Harbour House';

export const PASSWORD = 'harbour-demo';

const person = (id: number, name: string, email: string): Person => ({ id, name, email });

/** Administers Lumen Studio and Northwind Labs; has a second profile. */
export const MARIA = person(101, 'Maria Santos', 'maria.santos@example.com');
export const MARIAS_COMPANY = { id: 102, name: 'Santos Consulting' };
/** Also administers Lumen Studio, with one profile. */
export const JONAS = person(110, 'Jonas Weber', 'jonas.weber@example.com');
/** Administers Tidal Collective, with one profile. */
export const TOMAS = person(103, 'Tomas Lind', 'tomas.lind@example.com');
/** A member of Lumen Studio with one profile. */
export const AISHA = person(104, 'Aisha Khan', 'aisha.khan@example.com');
/** A member of Northwind Labs, among others, with three profiles. */
export const LEO = person(105, 'Léo Martin', 'leo.martin@example.com');
export const LEOS_STUDIO = { id: 106, name: 'Martin Photography' };
export const LEOS_ATELIER = { id: 107, name: 'Atelier Martin & Filles' };
/** An operator of the location. */
export const OPS = person(108, 'Priya Raman', 'ops@example.com');
export const SUSPENDED = person(109, 'Viktor Hale', 'suspended@example.com');
/** A member of Lumen Studio who is not active. */
export const SOFIA = person(118, 'Sofia Nowak-Żółkiewska', 'sofia.nowak@example.com');

/** Has a second factor, and one profile. */
export const VERA = person(140, 'Vera Holm', 'vera.holm@example.com');
/** Must choose a new password; has one profile. */
export const OTTO = person(141, 'Otto Brandt', 'otto.brandt@example.com');

export const LUMEN = { id: 55, name: 'Lumen Studio', members: 15 };
export const LUMEN_PAGE = `/user/team/permissions/${LUMEN.id}`;
export const NORTHWIND = { id: 56, name: 'Northwind Labs' };

/** Words that only Maria's own pages show. */
export const ONLY_MARIAS = [MARIA.name, MARIA.email, MARIAS_COMPANY.name, NORTHWIND.name];
/** Words that only Léo's own pages show. His name alone also stands in tables and notices of others. */
export const ONLY_LEOS = [LEO.email, LEOS_STUDIO.name, LEOS_ATELIER.name, `Welcome, ${LEO.name}`];

/** Has 32 profiles, of which some look the same and some are not active. */
export const NORA = person(201, 'Nora Quill', 'nora.quill@example.com');
export const NORAS_PRINTERS = { id: 232, name: 'Åke Quills Tryckeri' };
/** Administers a dozen teams, 60 to 71. */
export const NORAS_FAIR = { id: 220, name: 'Harbour Book Fair', teams: 12 };
