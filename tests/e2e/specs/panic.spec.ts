import { expect, test } from '../support/fixtures.ts';
import { AISHA, MARIA } from '../support/people.ts';

test('sec_38 a page that breaks while acting leaves a way back to one\'s own account', async ({ page, portal, guard }) => {
  guard.expectPanic();
  await portal.signInToProfiles(MARIA);
  await portal.actAs(AISHA.name);
  await expect(portal.banner).toBeVisible();
  // From here on the browser refuses to make elements, which no code of the portal reckons with.
  await page.evaluate(() => {
    document.createElement = () => {
      throw new Error('broken on purpose');
    };
  });
  await portal.menuButton(AISHA.name).click();
  await expect(portal.heading('Something went wrong')).toBeVisible();
  await expect(page.getByText(AISHA.name)).toHaveCount(0);
  await page.getByRole('link', { name: 'Load the portal again' }).click();
  await expect(portal.heading(`Welcome, ${MARIA.name}`)).toBeVisible();
  await portal.expectOwn(MARIA);
});
