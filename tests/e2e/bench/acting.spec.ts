import { AISHA, MARIA } from '../support/people.ts';
import { close, test, TEAM_PAGE } from './stage.ts';
import { Devtools, press, record, timed } from './measure.ts';

const TIMES = 5;
const CYCLES = 20;

test('there and back as a member of a team of 40', async ({ open }) => {
  const portal = await open(40);
  const { page } = portal;
  const there: number[] = [];
  const back: number[] = [];
  for (let times = 0; times < TIMES; times += 1) {
    await portal.impersonate(AISHA.name).click();
    await portal.giveReason(AISHA.name);
    await portal.start.hover();
    there.push(await timed(page, 'click', 'acting', () => press(page)));
    await portal.expectActingAs(AISHA.name);
    await portal.returnButton.hover();
    back.push(await timed(page, 'click', 'own', () => press(page)));
    await portal.expectOwn(MARIA);
    await portal.follow(TEAM_PAGE);
  }
  record('"Start" to the painted banner', 'ms', there);
  record('"Return to my account" to its end', 'ms', back);
  await close(portal);
});

test('what twenty times there and back leave', async ({ open }) => {
  const portal = await open(40);
  const devtools = await Devtools.of(portal.page);
  const held: number[] = [];
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    await portal.impersonate(AISHA.name).click();
    await portal.giveReason(AISHA.name);
    await portal.start.click();
    await portal.expectActingAs(AISHA.name);
    await portal.returnButton.click();
    await portal.expectOwn(MARIA);
    await portal.follow(TEAM_PAGE);
    const { heap, wasm } = await devtools.memory();
    held.push(heap + wasm);
  }
  // The first time makes what stays for all others.
  const growth = held.slice(1).map((now, at) => (now - (held[at] ?? Number.NaN)) * 1000);
  record('there and back: memory that each of 20 leaves', 'kB', growth);
  await close(portal);
});
