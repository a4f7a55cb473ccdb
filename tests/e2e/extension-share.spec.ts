import { download, signIn } from './support/account.ts';
import { test as base, expect } from './support/chromium.ts';
import { type Site, startSite } from './support/site.ts';

const test = base.extend<{ site: Site }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  site: async ({}, use) => {
    const site = await startSite();
    await use(site);
    await site.stop();
  },
});

test('a picture of a page becomes a link with the same bytes behind it', async ({
  extension,
  server,
  site,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  await extension.dispatchMenu(page, `${site.origin}/cat.png`);

  const row = popup.getByRole('listitem').filter({ hasText: 'cat.png' });
  await expect(row.getByRole('link')).toBeVisible();
  const link = await row.getByRole('link').getAttribute('href');
  expect(link).toContain(server.origin);
  await expect(row).toContainText(/Done|just now/);
  expect((await download(server, link!)).equals(site.cat)).toBe(true);
  await expect.poll(() => extension.clipboard(page)).toBe(link);
});

test('a picture is kept while nobody is signed in, and goes ahead after the sign-in', async ({
  extension,
  server,
  site,
}) => {
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  // A click on the toolbar button lets the extension into the tab, as a click in the menu does.
  await extension.clickToolbarButton(page.url());
  await extension.dispatchMenu(page, `${site.origin}/cat.png`);
  await expect.poll(() => extension.badge()).toBe('!');

  const popup = await extension.open();
  await expect(popup.getByText('Sign in to share cat.png. It is kept until you do.')).toBeVisible();
  await signIn(popup, server);
  const url = await popup.getByRole('listitem').getByRole('link').getAttribute('href');
  await expect(popup.getByText(/Done|just now/)).toBeVisible();
  expect((await download(server, url!)).equals(site.cat)).toBe(true);
  await expect.poll(() => extension.badge()).toBe('');
});

test('the page that asks for a sign-in is never shared instead of the picture', async ({
  extension,
  server,
  site,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  await extension.dispatchMenu(page, `${site.origin}/secret.png`);
  await expect(popup.getByText('The site asked for a sign-in')).toBeVisible();
  await expect(popup.getByText('Link follows')).toBeVisible();
  await expect(popup.getByRole('heading', { name: 'Recent' })).toBeHidden();
});

test('a file is shared although the worker had been stopped before', async ({
  extension,
  server,
  site,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  await extension.stopWorker();
  await popup.locator('input[type=file]').setInputFiles({
    name: 'large.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(8 * 1024 * 1024, 'x'),
  });
  await expect(popup.getByText(/Done|just now/)).toBeVisible();
});

test.describe('a picture on another host', () => {
  test.use({
    hosts: {
      active: [],
      onRequest: ['http://127.0.0.1/*', 'http://localhost/*'],
      api: ['clipboardWrite'],
    },
  });

  test('is read after its host alone has been allowed', async ({ extension, server, site }) => {
    const elsewhere = site.origin.replace('127.0.0.1', 'localhost');
    const popup = await extension.open();
    await signIn(popup, server);
    const page = await extension.context.newPage();
    await page.goto(`${site.origin}/page`);
    await extension.dispatchMenu(page, `${elsewhere}/cat.png`);
    await expect(popup.getByText('Needs access to localhost to read this image.')).toBeVisible();
    expect(await extension.origins()).not.toContain('http://localhost/*');

    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Allow and share' }).click();
    await expect(popup.getByText(/Done|just now/)).toBeVisible();
    const link = await popup.locator('a[href^="http"]').first().getAttribute('href');
    expect((await download(server, link!)).equals(site.cat)).toBe(true);
  });
});
