import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';
import { download, USER } from './support/account.ts';
import { FirefoxBrowser } from './support/firefox.ts';

let server: TestServer;
let firefox: FirefoxBrowser;

test.beforeAll(async () => {
  server = await startServer();
  await server.addUser(USER);
  firefox = await FirefoxBrowser.start();
});

test.afterAll(async () => {
  await firefox.stop();
  await server.stop();
});

test('Firefox signs in and shares a file that was chosen in the upload tab', async () => {
  const file = test.info().outputPath('notes.txt');
  writeFileSync(file, 'from Firefox');
  const page = await firefox.open('share.html');
  await page.locator('.server-line button').click();
  await page.locator('#sign-in-server').fill(server.origin);
  await page.locator('#sign-in-email').fill(USER.email);
  await page.locator('#sign-in-password').fill(USER.password);
  await page.locator('button[type=submit]').click();

  const chooser = await page.waitForSelector('input[type=file]');
  await chooser?.uploadFile(file);
  await page.waitForFunction(() => /Done|just now/.test(document.body.innerText));
  const link = await page.$eval('main li a', (anchor) => anchor.href);
  expect((await download(server, link)).toString()).toBe('from Firefox');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});
