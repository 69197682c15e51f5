import { AISHA, MARIA } from '../support/people.ts';
import { close, test, TEAM_PAGE } from './stage.ts';
import { press, record, timed } from './measure.ts';

const TIMES = 5;

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
