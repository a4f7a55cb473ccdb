import type { Page } from '@playwright/test';
import { GettClient } from '../../src/sdk/index.ts';
import type { TestServer } from '../support/server.ts';
import { signIn, USER } from './support/account.ts';
import { type ExtensionBrowser, expect, test } from './support/chromium.ts';
import { fromMenu } from './support/rows.ts';

const HOSTILE = '<img src=x onerror=document.title="ran">';

async function seed({ baseUrl }: TestServer, ...titles: string[]): Promise<void> {
  const gett = new GettClient({ baseUrl });
  await gett.signIn(USER);
  for (const title of titles) await gett.shares.create({ title });
}

/** The popup of a computer that never gets to its code. */
async function openWithoutCode(extension: ExtensionBrowser): Promise<Page> {
  const page = await extension.context.newPage();
  const cdp = await extension.context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setBlockedURLs', { urls: ['*/chunks/page-*.js'] });
  const blocked = page.waitForEvent('requestfailed', (request) =>
    request.url().includes('/chunks/page-'),
  );
  await page.goto(`chrome-extension://${extension.id}/popup.html`);
  await blocked;
  return page;
}

const kept = (page: Page) => page.evaluate(() => localStorage.getItem('frame') ?? '');

test('the popup draws what it showed last before its own code is read; names stay text', async ({
  extension,
  server,
}) => {
  await seed(server, 'Summer', HOSTILE);
  const popup = await extension.open();
  await signIn(popup, server);
  await expect(popup.getByRole('link', { name: HOSTILE })).toBeVisible();
  await expect.poll(() => kept(popup)).toContain('Summer');
  await popup.close();

  const bare = await openWithoutCode(extension);
  await expect(bare.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await expect(bare.getByRole('link', { name: 'Open Summer' })).toHaveAttribute('href', /^http/);
  await expect(bare.getByRole('link', { name: HOSTILE })).toBeVisible();
  await expect(bare.locator('img')).toHaveCount(0);
  await expect(bare).toHaveTitle('Ge.tt');
});

test('taking it over moves nothing, and nobody has pressed in vain', async ({
  extension,
  server,
}) => {
  await seed(server, 'Winter', 'Summer');
  const popup = await extension.open();
  await signIn(popup, server);
  await expect.poll(() => kept(popup)).toContain('Summer');
  await popup.close();

  const next = await extension.context.newPage();
  await next.addInitScript(() => {
    const drawn = new MutationObserver(() => {
      const row = document.querySelector('.row.recent');
      if (!row) return;
      drawn.disconnect();
      Object.assign(globalThis, { drawn: row });
      row.querySelector<HTMLElement>('.copy')?.click();
    });
    drawn.observe(document, { childList: true, subtree: true });
  });
  await next.goto(`chrome-extension://${extension.id}/popup.html`);
  await expect(next.getByRole('button', { name: 'Choose files' })).toBeFocused();
  await expect(next.locator('.row.recent').first().locator('.copy')).toHaveText('Copied');
  expect(
    await next.evaluate(() => [
      document.querySelector('.row.recent') === Reflect.get(globalThis, 'drawn'),
      document.querySelectorAll('.header, main, .section-head').length,
    ]),
  ).toEqual([true, 3]);
  const moved = await next.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().length)).observe({
          type: 'layout-shift',
          buffered: true,
        });
        setTimeout(() => resolve(0), 300);
      }),
  );
  expect(moved).toBe(0);
});

test('nothing of an account is drawn once it has been left, however soon the page goes', async ({
  extension,
  server,
}) => {
  await seed(server, 'Summer');
  const popup = await extension.open();
  await signIn(popup, server);
  await expect.poll(() => kept(popup)).toContain('Summer');

  const options = await extension.open('options.html');
  await options.getByRole('button', { name: 'Clear history' }).click();
  expect(await kept(options)).not.toContain('Summer');
  await options.close();
  await popup.reload();
  await expect(popup.getByRole('link', { name: 'Open Summer' })).toBeVisible();
  await expect.poll(() => kept(popup)).toContain('Summer');
  await popup.close();

  const leaving = await extension.open('options.html');
  await leaving.getByRole('button', { name: 'Sign out' }).click();
  await leaving.close();
  const bare = await openWithoutCode(extension);
  await expect(bare.locator('#app')).toBeEmpty();
  expect(await bare.evaluate(() => JSON.stringify(localStorage))).not.toContain(USER.email);
});

test('what somebody has opened or begun is not drawn again', async ({ extension, server }) => {
  await seed(server, 'Summer');
  const popup = await extension.open();
  await signIn(popup, server);
  await expect.poll(() => kept(popup)).toContain('Summer');
  await fromMenu(popup, 'Summer', 'Rename');
  await popup.getByLabel('New name of Summer').fill('Autumn');
  await popup.close();
  const bare = await openWithoutCode(extension);
  await expect(bare.getByRole('link', { name: 'Open Summer' })).toBeVisible();
  await expect(bare.getByRole('textbox')).toHaveCount(0);
});
