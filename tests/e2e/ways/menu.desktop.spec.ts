import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { download, signIn } from '../support/account.ts';
import { expect, test } from '../support/chromium.ts';

test('a picture that links to a picture offers both; the linked one is read', async ({
  extension,
  server,
  display,
}, info) => {
  const draw = (background: string) =>
    sharp({ create: { width: 90, height: 60, channels: 3, background } })
      .png()
      .toBuffer();
  const [small, large] = await Promise.all([draw('#484'), draw('#c33')]);
  const site = createServer(({ url }, response) => {
    if (url?.endsWith('.png')) {
      response.setHeader('Content-Type', 'image/png').end(url === '/small.png' ? small : large);
      return;
    }
    response
      .setHeader('Content-Type', 'text/html')
      .end(
        '<!doctype html><title>Harbour</title><a href="/large.png"><img src="/small.png" width="90"></a>',
      );
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  if (!display) throw new Error('This test needs a display.');

  const popup = await extension.open();
  await signIn(popup, server);
  const page = await extension.context.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  await page.bringToFront();
  const before = display.floating().length;
  await page.locator('img').click({ button: 'right' });
  await display.until(() => display.floating().length > before);
  await display.keys('s');
  await display.until(() => display.floating().length > before + 1);
  const picture = info.outputPath('menu.png');
  display.shot(picture);
  await info.attach('menu', { path: picture, contentType: 'image/png' });
  await display.keys('l');

  const row = popup.getByRole('listitem').filter({ hasText: 'large.png' });
  await expect(row).toContainText(/Done|just now/);
  const link = await row.getByRole('link').getAttribute('href');
  expect((await download(server, link!)).equals(large)).toBe(true);
  site.closeAllConnections();
  site.close();
});
