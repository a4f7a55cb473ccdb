import { download, signIn } from '../support/account.ts';
import { expect, test } from '../support/chromium.ts';
import { startLinkedPictures } from '../support/linked-pictures.ts';

test('a picture that links to a picture offers both; the linked one is read', async ({
  extension,
  server,
  display,
}, info) => {
  const site = await startLinkedPictures();
  if (!display) throw new Error('This test needs a display.');

  const popup = await extension.open();
  await signIn(popup, server);
  const page = await extension.context.newPage();
  await page.goto(site.origin);
  await page.bringToFront();
  const before = display.floating().length;
  /** A menu takes keys a moment after it is shown; one that comes earlier is lost. */
  const press = async (key: string, done: () => boolean) => {
    await display.keys(key);
    await display.until(done, 5_000).catch(() => display.keys(key));
    await display.until(done);
  };
  await page.locator('#linked').click({ button: 'right' });
  await display.until(() => display.floating().length > before);
  await press('s', () => display.floating().length > before + 1);
  const picture = info.outputPath('menu.png');
  display.shot(picture);
  await info.attach('menu', { path: picture, contentType: 'image/png' });
  await press('l', () => display.floating().length === before);

  const row = popup.getByRole('listitem').filter({ hasText: 'large.png' });
  await expect(row).toContainText(/Done|just now/);
  const link = await row.getByRole('link').getAttribute('href');
  expect((await download(server, link!)).equals(site.large)).toBe(true);
  site.stop();
});
