import type { Page } from '@playwright/test';
import { PASSWORD, type Person } from './people.ts';
import type { Server } from './server.ts';

/** Speaks the language for tests from the next load on: accented English, 40 % longer, from right to left. */
export const speakPseudo = (page: Page) => page.evaluate(() => localStorage.setItem('portal.language', 'qps'));

interface Named {
  FullName?: string;
  Name?: string;
  CompanyName?: string;
  Email?: string;
  AccessCardId?: string | null;
  AllTeamMembers?: Named[];
}

/** What this person is shown of people, teams and the place: it is in no catalogue. The longest comes first. */
export async function dataOf(server: Server, person: Person): Promise<string[]> {
  const bearer = await server.bearer(person.email, PASSWORD);
  const read = async (path: string) => (await (await server.api('GET', path, bearer)).json()) as Record<string, unknown>;
  const { Records: teams } = (await read('/api/public/teams/my?isTeamAdmin=true')) as { Records: (Named & { Id: number })[] };
  const whole = await Promise.all(teams.map((team) => read(`/api/public/teams/${team.Id}/profile`) as Promise<Named>));
  const { Profiles: profiles } = (await read('/api/public/coworkers/profiles')) as { Profiles: Named[] };
  const place = (await read('/api/public/businesses/current')) as Named;
  const all = [person, place, ...profiles, ...whole, ...whole.flatMap((team) => team.AllTeamMembers ?? [])] as Named[];
  const texts = all.flatMap((one) => [one.FullName, one.Name, one.CompanyName, one.Email, one.AccessCardId]);
  const data = [...texts, person.name, person.email, 'Member portal'].filter((text): text is string => !!text?.trim());
  return [...new Set(data)].sort((a, b) => b.length - a.length);
}

/**
 * Texts that neither the catalogue nor the data has, those that wait to be shown too. In the language for tests every vowel
 * has an accent.
 */
export function untranslated(page: Page, data: readonly string[]): Promise<string[]> {
  return page.evaluate((known) => {
    const found = new Set<string>();
    const look = (text: string | null) => {
      let rest = text ?? '';
      for (const name of known) rest = rest.replaceAll(name, '');
      if (/[aeiou]/i.test(rest)) found.add((text ?? '').trim());
    };
    const skipped = 'script, style, template, noscript, option, time, [aria-hidden="true"], input, textarea';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent && !parent.closest(skipped)) look(walker.currentNode.textContent);
    }
    for (const element of document.body.querySelectorAll('[aria-label], [placeholder]')) {
      for (const name of ['aria-label', 'placeholder']) look(element.getAttribute(name));
    }
    look(document.title);
    return [...found];
  }, data);
}
