import { expect, test } from '@playwright/test';
import { startServer } from '../../support/server.ts';
import { download, USER } from '../support/account.ts';
import { FirefoxBrowser } from '../support/firefox.ts';
import { startSite } from '../support/site.ts';

test('Firefox shares selected text and the visible part of a page, and its sidebar shows both', async () => {
  const server = await startServer();
  await server.addUser(USER);
  const site = await startSite();
  const firefox = await FirefoxBrowser.start();
  const sidebar = await firefox.open('sidepanel.html');
  await sidebar.locator('.server-line button').click();
  await sidebar.locator('#sign-in-server').fill(server.origin);
  await sidebar.locator('#sign-in-email').fill(USER.email);
  await sidebar.locator('#sign-in-password').fill(USER.password);
  await sidebar.locator('button[type=submit]').click();
  await sidebar.waitForSelector('input[type=file]');

  const page = await firefox.newPage();
  await page.goto(`${site.origin}/page`);
  await page.evaluate(() => {
    getSelection()?.selectAllChildren(document.querySelector('h1')!);
  });
  await firefox.chooseFromMenu(page, 'h1', 'Share text via Ge.tt');
  const row = (name: string) =>
    sidebar.waitForFunction(
      (name) =>
        [...document.querySelectorAll('li')]
          .find((item) => item.textContent.includes(name) && /Done|just now/.test(item.textContent))
          ?.querySelector('a')?.href,
      // A page in the background draws no frames.
      { polling: 200 },
      name,
    );
  const text = await (await row('harbour.txt')).jsonValue();
  expect((await download(server, text!)).toString()).toBe('Cats');

  await page.bringToFront();
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await firefox.chooseFromMenu(page, 'body', 'Visible part');
  const picture = await (await row('harbour.png')).jsonValue();
  expect((await download(server, picture!)).subarray(1, 4).toString()).toBe('PNG');
  await firefox.stop();
  await site.stop();
  await server.stop();
});
