import type { Page } from '@playwright/test';
import { SEVERAL, state } from './screens/states.ts';
import { expect, tell, test } from './support/staged.ts';

const USER = 'anna@example.com';

const kept = (page: Page) => page.evaluate(() => JSON.stringify(localStorage));

test('news that come while an account is being left are shown, and not kept', async ({ stage }) => {
  const page = await stage.show({
    name: 'options',
    page: 'options.html',
    answers: { 'view.open': state(), 'account.signOut': 'never' },
  });
  await expect.poll(() => kept(page)).toContain(USER);
  await page.getByRole('button', { name: 'Sign out' }).click();
  expect(await kept(page)).not.toContain(USER);
  await tell(page, { accounts: SEVERAL });
  await expect(page.getByText('Signed in as ben@example.com')).toBeVisible();
  expect(await kept(page)).not.toContain(USER);
  await page.close();
});
