import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { download, fillSignIn, signIn, USER } from './support/account.ts';
import { expect, test } from './support/chromium.ts';

test('a choice is stored at once, said, and seen by every page that is open', async ({
  extension,
}) => {
  const popup = await extension.open();
  const options = await extension.open('options.html');
  await options.getByLabel('Dark', { exact: true }).check();
  await expect(options.getByRole('status').getByText('Saved')).toBeVisible();
  await expect(popup.locator('html')).toHaveAttribute('data-appearance', 'dark');
  await expect(popup.locator('html')).toHaveCSS('color-scheme', 'dark');
  await options.getByLabel('HTML').check();
  await options.reload();
  await expect(options.getByLabel('Dark', { exact: true })).toBeChecked();
  await expect(options.getByLabel('HTML')).toBeChecked();
});

test('a link is left alone by the clipboard when the choice says so', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const options = await extension.open('options.html');
  await options.getByLabel('Copy the link of a new share by itself').uncheck();
  await expect(options.getByRole('status').getByText('Saved')).toBeVisible();
  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
  await expect(popup.getByRole('link', { name: 'Open a.txt' })).toBeVisible();
  await expect(popup.getByText('Copied')).toHaveCount(0);
});

test('a server is tested in three steps before anybody signs in there', async ({
  extension,
  server,
}) => {
  const options = await extension.open('options.html');
  const section = options.getByRole('region', { name: 'Server' });
  await section.getByLabel('Server address').fill(server.origin);
  await section.getByRole('button', { name: 'Test and use' }).click();
  for (const step of ['Reachable', 'Speaks the protocol', 'Permission given']) {
    await expect(section.getByRole('listitem').filter({ hasText: step })).toContainText('passed');
  }
  await section.getByRole('button', { name: 'Sign in there' }).click();
  const form = options.getByRole('form', { name: 'Add account' });
  await expect(form.getByLabel('Server address')).toHaveValue(server.origin);
  await form.locator('#add-email').fill(USER.email);
  await form.locator('#add-password').fill(USER.password);
  await form.getByRole('button', { name: 'Sign in' }).click();
  await expect(options.getByText(`Signed in as ${USER.email}`, { exact: true })).toBeVisible();
});

test('what is wrong with a server is said at the step where it shows', async ({
  extension,
  server,
}) => {
  const other = createServer((_, response) => response.end('<h1>A web site</h1>')).listen(0);
  const { port } = other.address() as AddressInfo;
  const options = await extension.open('options.html');
  const section = options.getByRole('region', { name: 'Server' });
  const address = section.getByLabel('Server address');
  const tryOut = async (text: string) => {
    await address.fill(text);
    await section.getByRole('button', { name: 'Test and use' }).click();
  };
  const step = (name: string) => section.getByRole('listitem').filter({ hasText: name });

  await tryOut(`http://127.0.0.1:${port}`);
  await expect(address).toHaveAccessibleDescription(/not a Ge.tt-compatible server/);
  await expect(step('Reachable')).toContainText('passed');
  await expect(step('Speaks the protocol')).toContainText('failed');

  await tryOut('http://files.example.org');
  await expect(address).toHaveAccessibleDescription(/Use https/);
  await expect(step('Reachable')).toContainText('failed');

  await server.kill();
  await tryOut(server.origin);
  await expect(address).toHaveAccessibleDescription(/No answer from/);

  await tryOut('http://192.168.7.7');
  await expect(section.getByText('Without https, people on the same network')).toBeVisible();
  other.closeAllConnections();
  other.close();
});

test('access to a site is listed, and taken back with a click', async ({ extension, server }) => {
  await signIn(await extension.open(), server);
  const options = await extension.open('options.html');
  await options.getByRole('button', { name: 'Remove access to http://127.0.0.1' }).click();
  await expect(options.getByText('Access to http://127.0.0.1 is removed.')).toBeVisible();
  await expect(options.getByText('No site. The extension asks when it needs one.')).toBeVisible();
  expect(await extension.origins()).toEqual([]);
});

test('the diagnostic text names nobody and nothing', async ({ extension, server }) => {
  const popup = await extension.open();
  await signIn(popup, server);
  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'secret plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
  const link = popup.getByRole('link', { name: 'Open secret plan.txt' });
  const url = (await link.getAttribute('href')) ?? '';
  const options = await extension.open('options.html');
  await options.getByRole('button', { name: 'Copy diagnostic text' }).click();
  await expect(options.getByText('The diagnostic text is copied.')).toBeVisible();
  const site = await extension.context.newPage();
  await site.goto(server.origin);
  const text = await extension.clipboard(site);
  expect(text).toContain('Ge.tt Share');
  expect(text).toContain('gett: signed in, shown, for clicks, 0 waiting');
  for (const secret of [USER.email, 'secret', url, server.origin, '127.0.0.1', '/']) {
    // The browser's own name has slashes.
    expect(text.replace(/^Browser:.*$/m, '')).not.toContain(secret);
  }
});

test('the history on this computer is forgotten, the links are not', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  await popup.locator('input[type=file]').first().setInputFiles('scripts/demo/pictures/fern.svg');
  const link = popup.getByRole('link', { name: 'Open fern.svg' });
  const url = (await link.getAttribute('href')) ?? '';
  await popup.close();
  const options = await extension.open('options.html');
  await options.getByRole('button', { name: 'Clear history' }).click();
  await expect(options.getByText('The history on this computer is cleared.')).toBeVisible();
  const stored = await options.evaluate(() => JSON.stringify(localStorage));
  expect(stored).not.toContain('fern.svg');
  expect((await fetch(url)).status).toBe(200);
});

test('the works of others are listed with their licences', async ({ extension }) => {
  const options = await extension.open('options.html');
  await options.getByText('Works of others in this extension').click();
  const work = options.getByRole('listitem').filter({ hasText: /preact \d/ });
  await work.getByText(/^preact \d/).click();
  await expect(work.getByText(/Permission is hereby granted/)).toBeVisible();
});

test('the welcome page leads to a first link by a picture of its own', async ({
  extension,
  server,
}) => {
  const options = await extension.open('options.html');
  const opening = extension.context.waitForEvent('page');
  await options.getByRole('button', { name: 'Show the welcome page' }).click();
  const welcome = await opening;
  await fillSignIn(welcome, server.origin);
  await expect(welcome.getByText(`Signed in as ${USER.email}`)).toBeVisible();
  const src = await welcome.getByAltText('A lake at dusk').getAttribute('src');
  await extension.dispatchMenu(welcome, src ?? '');
  await expect(welcome.getByText('It worked. This link is yours:')).toBeVisible();
  const url = await welcome.locator('.welcome-link a').getAttribute('href');
  const shared = await download(server, url ?? '');
  expect(`data:image/webp;base64,${shared.toString('base64')}`).toBe(src);
});
