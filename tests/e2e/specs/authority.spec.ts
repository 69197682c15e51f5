import { expect, test } from '../support/fixtures.ts';
import { AISHA, LUMEN, MARIA } from '../support/people.ts';

test('sec_35_a_right_that_was_taken_away_takes_its_actions_off_the_page_without_a_reload', async ({
  page,
  portal,
  server,
  guard,
}) => {
  guard.expectStatus(403);
  await portal.signInToPermissions(MARIA, `/user/team/permissions/${LUMEN.id}`);
  await portal.impersonate(AISHA.name).click();
  await portal.giveReason(AISHA.name);
  await server.removeAdministrator(LUMEN.id, MARIA.id);
  await portal.start.click();
  await expect(portal.dialog.getByRole('alert')).toContainText(`You do not have permission to act as ${AISHA.name}.`);
  await portal.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Not one of your teams')).toBeVisible();
  await expect(portal.impersonate(AISHA.name)).toHaveCount(0);
  await expect(page.getByRole('switch')).toHaveCount(0);
});
