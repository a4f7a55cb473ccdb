import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { BridgeClient } from '../../src/sdk/bridge/index.ts';
import { JetStream, parseJetStreamLink } from '../../src/sdk/jetstream/index.ts';
import { webSocketTransport } from '../../src/sdk/jetstream/node.ts';
import { startBridge } from '../support/bridge/bridge-server.ts';
import { listen } from '../support/jetstream/listen.ts';
import { startSmartFile } from '../support/smartfile/service.ts';
import { BEN, download, signIn, USER } from './support/account.ts';
import { type ExtensionBrowser, expect, test } from './support/chromium.ts';

interface Credentials {
  service: string;
  server: string;
  user: string;
  password: string;
}

/** Signs in by the form of the options, and gives the page back. */
async function addAccount(extension: ExtensionBrowser, to: Credentials): Promise<Page> {
  const options = await extension.open('options.html');
  await options.getByRole('button', { name: 'Add account' }).last().click();
  await options.getByLabel('Service').selectOption(to.service);
  const form = options.getByRole('form', { name: 'Add account' });
  await form.getByLabel('Server address').fill(to.server);
  await form.locator('#add-email').fill(to.user);
  await form.locator('#add-password').fill(to.password);
  await form.getByRole('button', { name: 'Sign in' }).click();
  return options;
}

async function choose(popup: Page, name: string, bytes: Buffer): Promise<void> {
  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
}

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==';

const BYTES = Buffer.from('bytes that lie at another service');

test('a file that is shared by SmartFile gets a public link when it is stored', async ({
  extension,
}) => {
  const smartfile = await startSmartFile();
  const { key, password } = smartfile.credentials;
  const to = { service: 'smartfile', server: smartfile.baseUrl, user: key, password };
  const options = await addAccount(extension, to);
  await expect(options.getByText('Signed in as bobafett', { exact: true })).toBeVisible();

  const popup = await extension.open();
  await choose(popup, 'cat & dog.txt', BYTES);
  const link = popup.getByRole('link', { name: 'Open cat & dog.txt' });
  const url = (await link.getAttribute('href')) ?? '';
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(BYTES);

  // A second file of the same name leaves the first one alone.
  await choose(popup, 'cat & dog.txt', Buffer.from('another'));
  await expect(link).toHaveCount(2);
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(BYTES);

  const secrets = await popup.evaluate(() => JSON.stringify(localStorage));
  expect(secrets).not.toContain(password);
  await smartfile.stop();
});

test('a wrong key of SmartFile is said in words of its own', async ({ extension }) => {
  const smartfile = await startSmartFile();
  const wrong = { user: 'nobody', password: 'nothing' };
  const options = await addAccount(extension, {
    service: 'smartfile',
    server: smartfile.baseUrl,
    ...wrong,
  });
  await expect(options.locator('#add-password')).toHaveAccessibleDescription(
    'SmartFile does not accept this name and password.',
  );
  await smartfile.stop();
});

test('a file for which SmartFile has no room, or does not answer, is kept and says why', async ({
  extension,
}) => {
  const smartfile = await startSmartFile();
  const { username, password } = smartfile.account;
  const to = { service: 'smartfile', server: smartfile.baseUrl, user: username, password };
  const options = await addAccount(extension, to);
  await expect(options.getByText('Signed in as bobafett', { exact: true })).toBeVisible();

  smartfile.state.room = 10;
  const popup = await extension.open();
  await choose(popup, 'large.bin', BYTES);
  await expect(popup.getByText('There is no room left in your account.')).toBeVisible();
  smartfile.state.room = Number.POSITIVE_INFINITY;
  await popup.getByRole('button', { name: 'Try again' }).click();
  await expect(popup.getByRole('link', { name: 'Open large.bin' })).toBeVisible();

  await smartfile.stop();
  await choose(popup, 'late.bin', BYTES);
  await expect(popup.getByText(/No connection\..* Trying again in/)).toBeVisible();
  await popup.reload();
  const { host } = new URL(smartfile.baseUrl);
  const down = `No answer from ${host}. Links can still be copied. Uploads wait here.`;
  await expect(popup.locator('.banner').getByText(down)).toBeVisible();
  await expect(popup.getByRole('link', { name: 'Open large.bin' })).toBeVisible();
});

/** Consents on the service's page, which has opened in a tab of its own, and gives its code. */
async function consent(opening: Promise<Page>): Promise<string> {
  const page = await opening;
  await page.getByRole('button', { name: 'Allow' }).click();
  const code = await page.locator('#verifier').innerText();
  await page.close();
  return code;
}

test('SmartFile is entered on its own page, without a password, until the consent is taken back', async ({
  extension,
}) => {
  const smartfile = await startSmartFile();
  const options = await extension.open('options.html');
  await options.getByRole('button', { name: 'Add account' }).last().click();
  await options.getByLabel('Service').selectOption('smartfile');
  await options.getByLabel('On SmartFile’s own page (OAuth)').check();
  const form = options.getByRole('form', { name: 'Add account' });
  await form.getByLabel('Server address').fill(smartfile.baseUrl);
  await form.getByLabel('Client token of your app').fill(smartfile.client.token);
  const secret = form.getByLabel('Client secret of your app');
  await secret.fill('not the secret');
  const ask = form.getByRole('button', { name: 'Continue at SmartFile' });
  await ask.click();
  await expect(form.getByLabel('Client token of your app')).toHaveAccessibleDescription(
    'SmartFile does not know this app. Copy its token and secret whole.',
  );

  const opening = () => extension.context.waitForEvent('page');
  await secret.fill(`${smartfile.client.secret}\n`);
  const first = opening();
  await ask.click();
  await consent(first);
  const code = form.getByLabel('Code');
  await expect(code).toBeFocused();
  await code.fill('not the code');
  await form.getByRole('button', { name: 'Sign in' }).click();
  await expect(code).toHaveAccessibleDescription(/does not accept this code/);

  const second = opening();
  await form.getByRole('button', { name: 'Open that page again' }).click();
  await code.fill(` ${await consent(second)} `);
  await form.getByRole('button', { name: 'Sign in' }).click();
  await expect(options.getByText('Signed in as bobafett', { exact: true })).toBeVisible();

  const popup = await extension.open();
  await choose(popup, 'kept.txt', BYTES);
  const link = popup.getByRole('link', { name: 'Open kept.txt' });
  const url = (await link.getAttribute('href')) ?? '';
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(BYTES);
  const kept = await popup.evaluate(keptInStorage);
  expect(kept).not.toContain(smartfile.client.secret);

  smartfile.revoke();
  await popup.reload();
  await expect(popup.getByRole('heading', { name: 'Please sign in again' })).toBeVisible();
  await expect(link).toBeVisible();
  const again = opening();
  await popup.getByRole('button', { name: 'Sign in again' }).click();
  const page = await again;
  await expect(page.getByLabel('Service')).toHaveValue('smartfile');
  await expect(
    page.getByRole('form', { name: 'Add account' }).getByLabel('Server address'),
  ).toHaveValue(smartfile.baseUrl.replace(/\/$/, ''));
  await smartfile.stop();
});

test('a file that lies in a bucket is downloaded and verified in the popup', async ({
  extension,
}) => {
  const bridge = await startBridge();
  const account = { email: 'ann@example.com', password: 'open sesame' };
  const open = new BridgeClient({ baseUrl: bridge.baseUrl });
  await open.users.register(account);
  const to = { service: 'bridge', server: bridge.baseUrl, user: account.email };
  const options = await addAccount(extension, { ...to, password: account.password });
  const field = options.locator('#add-password');
  await expect(field).toHaveAccessibleDescription(/^This account is not active yet/);
  await open.users.activate(bridge.accounts.mails.get(account.email) ?? '');
  await field.fill('open barley');
  const signIn = options.getByRole('form').getByRole('button', { name: 'Sign in', exact: true });
  await signIn.click();
  await expect(field).toHaveAccessibleDescription('Bridge does not accept this name and password.');
  await field.fill(account.password);
  await signIn.click();
  await expect(options.getByText(`Signed in as ${account.email}`, { exact: true })).toBeVisible();
  await expect(options.getByLabel('Bucket')).toHaveText('Ge.tt Share');

  const popup = await extension.open();
  await choose(popup, 'kept.bin', BYTES);
  const button = popup.getByRole('button', { name: 'Download kept.bin' });
  await expect(button).toBeVisible();
  // The next opening's first frame must not have it: its code comes later, and whoever pressed there
  // would press what stands beside it. A frame is kept 300 ms after a change at the latest.
  await popup.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(await popup.evaluate(() => localStorage.getItem('frame') ?? '')).not.toContain('Download');
  const arriving = popup.waitForEvent('download');
  await button.click();
  const arrived = await arriving;
  expect(arrived.suggestedFilename()).toBe('kept.bin');
  expect(await readFile(await arrived.path())).toEqual(BYTES);
  await expect(button).toHaveText('Verified');

  // What cannot be fetched whole is not handed out: without its storage node the Bridge answers 500.
  await bridge.node.stop();
  await popup.reload();
  await button.click();
  await expect(popup.getByText('The service has a problem. Try again later.')).toBeVisible();

  // There are no links that could be copied.
  await bridge.stop().catch(() => undefined);
  await popup.reload();
  const { host } = new URL(bridge.baseUrl);
  await expect(
    popup
      .locator('.banner')
      .getByText(`No answer from ${host}. Uploads wait here.`, { exact: true }),
  ).toBeVisible();
});

test('a file on a JetStream server becomes a link with a token', async ({ extension }) => {
  const server = await listen({ files: { '/home/readme.txt': 1000 } });
  const { host } = new URL(server.webSocketUrl);
  const to = { service: 'jetstream', server: `http://${host}`, user: 'jsmith', password: 'secret' };
  const options = await addAccount(extension, to);
  await expect(options.getByText('Signed in as jsmith', { exact: true })).toBeVisible();

  const popup = await extension.open();
  await expect(popup.getByRole('button', { name: 'Choose files' })).toHaveCount(0);
  await popup.getByLabel('File on the server').fill('/home/nothing.txt');
  await popup.getByRole('button', { name: 'Make link' }).click();
  await expect(popup.getByLabel('File on the server')).toHaveAccessibleDescription(
    'There is no such file at the service.',
  );
  await popup.getByLabel('File on the server').fill('/home/readme.txt');
  await popup.getByRole('button', { name: 'Make link' }).click();
  const shown = popup.getByRole('link', { name: 'Open readme.txt' });
  const link = parseJetStreamLink((await shown.getAttribute('href')) ?? '');
  expect(link).toMatchObject({ action: 'download', host: '127.0.0.1' });

  const guest = await new JetStream({
    transport: webSocketTransport({ url: server.webSocketUrl }),
  })
    .api('127.0.0.1', 1)
    .connect();
  await guest.server.authToken(link.token ?? '');
  const [manifest] = await guest.send.getManifests();
  expect(manifest).toMatchObject({ totalFiles: 1, totalSize: 1000 });
  await guest.disconnect();
  await server.stop();
});

test('a picture that only JetStream could take waits for an account that takes it', async ({
  extension,
  server,
}) => {
  const jetstream = await listen({ files: {} });
  const { host } = new URL(jetstream.webSocketUrl);
  const to = { service: 'jetstream', server: `http://${host}`, user: 'jsmith', password: 'secret' };
  await addAccount(extension, to);
  const popup = await extension.open();
  await expect(popup.getByLabel('File on the server')).toBeVisible();

  const page = await extension.context.newPage();
  await page.goto(server.origin);
  await extension.dispatchMenu(page, PIXEL);
  const row = popup.getByRole('listitem').filter({ hasText: 'JetStream takes no files' });
  await expect(row).toContainText('Add an account that takes them.');
  const opening = extension.context.waitForEvent('page');
  await row.getByRole('button', { name: 'Add account…' }).click();
  const options = await opening;
  await options.getByLabel('Service').selectOption('gett');
  await options.locator('#add-server').fill(server.origin);
  await options.locator('#add-email').fill(USER.email);
  await options.locator('#add-password').fill(USER.password);
  await options.getByRole('form').getByRole('button', { name: 'Sign in', exact: true }).click();

  await expect(popup.getByRole('listitem').first()).toContainText(/Done|just now/);
  const link = popup.getByRole('listitem').getByRole('link').first();
  expect((await download(server, (await link.getAttribute('href')) ?? '')).length).toBeGreaterThan(
    0,
  );
  await jetstream.stop();
});

test('files go to the account that was shown when they were chosen, and lists are apart', async ({
  extension,
  server,
}) => {
  await server.addUser(BEN);
  const popup = await extension.open();
  await signIn(popup, server);
  await choose(popup, 'annas.txt', Buffer.from('of Anna'));
  await expect(popup.getByRole('link', { name: 'Open annas.txt' })).toBeVisible();

  const ben = { service: 'gett', server: server.origin, user: BEN.email, password: BEN.password };
  const options = await addAccount(extension, ben);
  await expect(options.getByText(`Signed in as ${BEN.email}`, { exact: true })).toBeVisible();
  await expect(popup.getByText(BEN.email).first()).toBeVisible();
  await expect(popup.getByText('Nothing yet')).toBeVisible();
  await choose(popup, 'bens.txt', Buffer.from('of Ben'));
  const bens = popup.getByRole('link', { name: 'Open bens.txt' });
  expect((await download(server, (await bens.getAttribute('href')) ?? '')).toString()).toBe(
    'of Ben',
  );

  await popup.getByLabel(`Account: ${BEN.email}`).click();
  await popup.getByRole('button', { name: `Switch to ${USER.email}` }).click();
  await expect(popup.getByRole('link', { name: 'Open annas.txt' })).toBeVisible();
  await expect(bens).toBeHidden();

  await options.getByLabel(`Right-click shares as ${BEN.email}`).check();
  await expect(options.getByRole('status').getByText('Saved')).toBeVisible();
  await options.reload();
  await expect(options.getByLabel(`Right-click shares as ${BEN.email}`)).toBeChecked();
  await expect(options.getByLabel(`Show the shares of ${USER.email}`)).toBeChecked();
});

/** Runs in a page of the extension. */
async function keptInStorage(): Promise<string> {
  const { chrome } = globalThis as unknown as {
    chrome: { storage: Record<'local' | 'session', { get: () => Promise<object> }> };
  };
  const { local, session } = chrome.storage;
  return JSON.stringify([await local.get(), await session.get(), localStorage]);
}
