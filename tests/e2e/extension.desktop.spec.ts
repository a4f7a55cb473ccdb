import { setTimeout } from 'node:timers/promises';
import { download, fillSignIn, signIn } from './support/account.ts';
import { expect, test } from './support/chromium.ts';
import { startSite } from './support/site.ts';

test('a right-click on a picture puts its link on the clipboard, with the same bytes behind it', async ({
  extension,
  server,
  display,
}, info) => {
  const site = await startSite();
  const popup = await extension.open();
  await signIn(popup, server);
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  await page.bringToFront();
  if (!display) throw new Error('This test needs a display.');
  const picture = info.outputPath('menu.png');
  await display.chooseFromMenu(() => page.locator('#own').click({ button: 'right' }), 's', picture);
  await info.attach('menu', { path: picture, contentType: 'image/png' });

  const link = popup.getByRole('listitem').filter({ hasText: 'cat.png' }).getByRole('link');
  await expect(link).toHaveAttribute('href', /^http/);
  const url = await link.getAttribute('href');
  await expect.poll(() => display.clipboard()).toBe(url);
  await expect(popup.getByText(/Done|just now/)).toBeVisible();
  expect((await download(server, url!)).equals(site.cat)).toBe(true);
  await site.stop();
});

test.describe('without any host permission', () => {
  test.use({ hosts: { active: [], onRequest: [] } });

  test('a right-click reads a picture by the access that the click itself gives', async ({
    extension,
    display,
  }) => {
    const site = await startSite();
    const page = await extension.context.newPage();
    await page.goto(`${site.origin}/page`);
    await page.bringToFront();
    if (!display) throw new Error('This test needs a display.');
    await display.chooseFromMenu(() => page.locator('#own').click({ button: 'right' }), 's');
    await expect.poll(() => extension.badge()).toBe('!');
    const popup = await extension.open();
    await expect(popup.getByText('Sign in to share cat.png.')).toBeVisible();
    await site.stop();
  });

  test('a sign-in goes ahead although the question for access closes the popup', async ({
    extension,
    server,
    display,
  }) => {
    const site = await startSite();
    const page = await extension.context.newPage();
    await page.goto(`${site.origin}/page`);
    await page.bringToFront();
    const popup = await extension.clickToolbarButton(page.url());
    await fillSignIn(popup, server.origin).catch(() => undefined);
    await expect.poll(() => popup.isClosed()).toBe(true);
    if (!display) throw new Error('This test needs a display.');
    // The question darkens the rest of its window, and is no window of its own.
    const corner = () => display.run('import', '-window', 'root', '-crop', '1x1+100+700', 'txt:-');
    await display.until(() => !/#FFFFFF/i.test(corner()));
    // Chromium's question takes no keys for a moment, so that nobody answers it by accident.
    await setTimeout(1_000);
    // The button that refuses has the focus; the next one allows.
    await display.keys('Tab');
    await expect(async () => {
      await display.keys('Return');
      await expect
        .poll(() => extension.origins(), { timeout: 2_000 })
        .toEqual(['http://127.0.0.1/*']);
    }).toPass({ timeout: 10_000 });
    const again = await extension.openPopup();
    await expect(again.getByRole('button', { name: 'Choose files' })).toBeVisible();
    await site.stop();
  });
});
