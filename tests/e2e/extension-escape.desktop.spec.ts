import { share } from './screens/states.ts';
import { expect, test } from './support/chromium.ts';
import { startSite } from './support/site.ts';
import { tell } from './support/staged.ts';

test('Escape closes the menu, then the dialog, then the popup', async ({ extension, display }) => {
  if (!display) throw new Error('This test needs a display.');
  const site = await startSite();
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  await page.bringToFront();
  const popup = await extension.clickToolbarButton(page.url());
  // The answer of the real background would take the place of what it is told below.
  await expect(popup.getByLabel('E-mail')).toBeVisible();
  await tell(popup, { shares: [share('cat.jpg', 3)] });
  const more = popup.getByRole('button', { name: 'More for cat.jpg' });
  const menu = popup.getByRole('menu');
  const dialog = popup.getByRole('dialog');

  await more.click();
  await expect(menu).toBeVisible();
  await display.keys('Escape');
  await expect(menu).toBeHidden();
  await expect(more).toBeFocused();

  const account = popup.getByText('anna@example.com').first();
  await account.click();
  await expect(popup.getByText('Add account')).toBeVisible();
  await display.keys('Escape');
  await expect(popup.getByText('Add account')).toBeHidden();

  await more.click();
  await popup.getByRole('menuitem', { name: 'Show QR code' }).click();
  await expect(dialog).toBeVisible();
  await display.keys('Escape');
  await expect(dialog).toBeHidden();

  await popup.keyboard.press('/');
  await expect(popup.getByRole('searchbox')).toBeFocused();
  await display.keys('Escape');
  await expect(popup.getByRole('searchbox')).toBeHidden();

  expect(popup.isClosed()).toBe(false);
  await display.keys('Escape');
  await expect.poll(() => popup.isClosed()).toBe(true);
  await site.stop();
});
