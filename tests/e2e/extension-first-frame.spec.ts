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

/** Remembers the first row that is there, and how much has been moved. */
async function watch(page: Page, press: boolean): Promise<void> {
  await page.addInitScript((press) => {
    const drawn = new MutationObserver(() => {
      const row = document.querySelector('.row.recent');
      if (!row) return;
      drawn.disconnect();
      Object.assign(globalThis, { drawn: row });
      if (press) row.querySelector<HTMLElement>('.copy')?.click();
    });
    drawn.observe(document, { childList: true, subtree: true });
    // It is said for two seconds only.
    new MutationObserver(() => {
      if (document.querySelector('.row.recent .copy')?.textContent !== 'Copied') return;
      Object.assign(globalThis, { copied: true });
    }).observe(document, { childList: true, characterData: true, subtree: true });
    Object.assign(globalThis, { moved: 0, copied: false });
    new PerformanceObserver((list) =>
      Object.assign(globalThis, { moved: list.getEntries().length }),
    ).observe({ type: 'layout-shift', buffered: true });
  }, press);
}

/** The popup of somebody who has seen it before. */
async function openAgain(
  extension: ExtensionBrowser,
  server: TestServer,
  press: boolean,
): Promise<Page> {
  await seed(server, 'Winter', 'Summer');
  const popup = await extension.open();
  await signIn(popup, server);
  await expect.poll(() => kept(popup)).toContain('Summer');
  await popup.close();

  const next = await extension.context.newPage();
  await watch(next, press);
  await next.goto(`chrome-extension://${extension.id}/popup.html`);
  return next;
}

test('its code takes over what is drawn, and moves nothing', async ({ extension, server }) => {
  const next = await openAgain(extension, server, false);
  await expect(next.getByRole('button', { name: 'Choose files' })).toBeFocused();
  const found = await next.evaluate(() => ({
    same: document.querySelector('.row.recent') === Reflect.get(globalThis, 'drawn'),
    parts: document.querySelectorAll('.header, main, .section-head').length,
    moved: Reflect.get(globalThis, 'moved'),
  }));
  expect(found).toEqual({ same: true, parts: 3, moved: 0 });
});

test('whoever presses before the code is there has not pressed in vain', async ({
  extension,
  server,
}) => {
  const next = await openAgain(extension, server, true);
  await expect.poll(() => next.evaluate(() => Reflect.get(globalThis, 'copied'))).toBe(true);
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
  const closed = leaving.waitForEvent('close');
  await leaving
    .getByRole('button', { name: 'Sign out' })
    .evaluate((button: HTMLElement) => {
      button.click();
      window.close();
    })
    .catch(() => undefined);
  await closed;
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
  // By the second frame from now it would be kept.
  await popup.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
      }),
  );
  await popup.close();
  const bare = await openWithoutCode(extension);
  await expect(bare.getByRole('textbox')).toHaveCount(0);
});
