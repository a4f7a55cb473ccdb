import { test as base, expect } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { USER } from './account.ts';
import { FirefoxBrowser, type FirefoxOptions } from './firefox.ts';
import { type SlowServer, startSlowServer } from './slow-server.ts';

interface Fixtures {
  /** A server with one account, at the end of an uplink that can be made narrow. */
  slow: SlowServer;
  options: FirefoxOptions;
  /** Firefox with the extension. */
  firefox: FirefoxBrowser;
}

export const test = base.extend<Fixtures>({
  options: [{}, { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  slow: async ({}, use) => {
    const slow = await startSlowServer();
    await use(slow);
    await slow.stop();
  },
  firefox: async ({ options }, use) => {
    const firefox = await FirefoxBrowser.start(options);
    await use(firefox);
    await firefox.stop();
  },
});

export async function signIn(page: Page, origin: string): Promise<void> {
  await page.locator('.server-line button').click();
  await page.locator('#sign-in-server').fill(origin);
  await page.locator('#sign-in-email').fill(USER.email);
  await page.locator('#sign-in-password').fill(USER.password);
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('input[type=file]');
}

export async function choose(page: Page, file: string): Promise<void> {
  const chooser = await page.waitForSelector('input[type=file]');
  await chooser?.uploadFile(file);
}

export async function linkOf(page: Page): Promise<string> {
  await page.waitForSelector('main li a');
  return page.$eval('main li a', (anchor) => anchor.href);
}

export async function finished(page: Page): Promise<void> {
  await page.waitForFunction(() => /Done|just now/.test(document.body.innerText));
}

export { expect };
