import { writeFileSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import { BridgeClient } from '../../src/sdk/bridge/index.ts';
import { type LocalBridge, startBridge } from '../support/bridge/bridge-server.ts';
import { type SmartFileService, startSmartFile } from '../support/smartfile/service.ts';
import { FirefoxBrowser } from './support/firefox.ts';

interface Fixtures {
  firefox: FirefoxBrowser;
  smartfile: SmartFileService;
  bridge: LocalBridge;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  firefox: async ({}, use) => {
    const firefox = await FirefoxBrowser.start();
    await use(firefox);
    await firefox.stop();
  },
  // oxlint-disable-next-line no-empty-pattern
  smartfile: async ({}, use) => {
    const smartfile = await startSmartFile();
    await use(smartfile);
    await smartfile.stop();
  },
  // oxlint-disable-next-line no-empty-pattern
  bridge: async ({}, use) => {
    const bridge = await startBridge();
    await use(bridge);
    await bridge.stop();
  },
});

/** The form for a further account, with a service chosen. */
async function formFor(firefox: FirefoxBrowser, service: string) {
  const page = await firefox.open('options.html#add-account');
  await page.waitForSelector('.add-account select');
  await page.select('.add-account select', service);
  return page;
}

/** Consents as a user does in the tab that has been opened, and gives the code that it shows. */
async function consentIn({ log, baseUrl }: SmartFileService): Promise<string> {
  const opened = () => log.find((line) => line.startsWith('GET /oauth/authorize/'));
  await expect.poll(opened).toBeTruthy();
  const url = new URL(opened()?.slice('GET '.length) ?? '', baseUrl);
  const page = await (await fetch(url, { method: 'POST' })).text();
  return /id="verifier">(\w+)</.exec(page)?.[1] ?? '';
}

test('Firefox enters SmartFile on its own page, and a file gets a public link', async ({
  firefox,
  smartfile,
}, info) => {
  const options = await formFor(firefox, 'smartfile');
  await options.locator('.add-account input[type=radio]:not(:checked)').click();
  await options.locator('#add-server').fill(smartfile.baseUrl);
  await options.locator('#add-app').fill(smartfile.client.token);
  await options.locator('#add-secret').fill(smartfile.client.secret);
  await options.locator('.way button[type=submit]').click();
  await options.waitForSelector('#add-code');
  await options.locator('#add-code').fill(await consentIn(smartfile));
  await options.locator('.way button[type=submit]').click();
  await options.waitForFunction(() => /Signed in as bobafett/.test(document.body.innerText));

  const file = info.outputPath('notes.txt');
  writeFileSync(file, 'from Firefox');
  const page = await firefox.open('share.html');
  const chooser = await page.waitForSelector('input[type=file]');
  await chooser?.uploadFile(file);
  await page.waitForSelector('main li a');
  const link = await page.$eval('main li a', (anchor) => anchor.href);
  expect(await (await fetch(link)).text()).toBe('from Firefox');
});

test('Firefox keeps a file in a bucket, and downloads and verifies it', async ({
  firefox,
  bridge,
}, info) => {
  const account = { email: 'ann@example.com', password: 'open sesame' };
  const open = new BridgeClient({ baseUrl: bridge.baseUrl });
  await open.users.register(account);
  const options = await formFor(firefox, 'bridge');
  await options.locator('#add-server').fill(bridge.baseUrl);
  await options.locator('#add-email').fill(account.email);
  await options.locator('#add-password').fill(account.password);
  await options.locator('.way button[type=submit]').click();
  await options.waitForFunction(() => /not active yet/.test(document.body.innerText));
  await open.users.activate(bridge.accounts.mails.get(account.email) ?? '');
  await options.locator('.way button[type=submit]').click();
  await options.waitForFunction(() => /Signed in as ann/.test(document.body.innerText));

  const file = info.outputPath('kept.txt');
  writeFileSync(file, 'kept by Firefox');
  const page = await firefox.open('share.html');
  const chooser = await page.waitForSelector('input[type=file]');
  await chooser?.uploadFile(file);
  await page.locator('button[aria-label="Download kept.txt"]').click();
  await page.waitForFunction(() => /Verified/.test(document.body.innerText));
});
