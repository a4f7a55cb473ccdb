import { randomFillSync } from 'node:crypto';
import path from 'node:path';
import { test as base } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { GettClient } from '../../../src/sdk/index.ts';
import { startServer } from '../../support/server.ts';
import { download, USER } from '../support/account.ts';
import { makeFiles } from '../support/drop-page.ts';
import { linesOf, startEmbeddingSite } from '../support/embedding.ts';
import { FirefoxBrowser } from '../support/firefox.ts';
import { expect } from '../support/firefox-test.ts';
import { drawPhoto } from '../support/media.ts';
import { startSlowServer, stateOf } from '../support/slow-server.ts';

interface Fixtures {
  /** In a Firefox without the extension; nothing may go wrong in it. */
  tab: Page;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  tab: async ({}, use) => {
    const firefox = await FirefoxBrowser.start({ installed: false });
    const page = await firefox.newPage();
    const errors: string[] = [];
    // The page of another site has no icon of its own, which Firefox looks for all the same.
    const note = (text: string) => text.includes('/favicon.ico') || errors.push(text);
    page.on('pageerror', (error) => note(String(error)));
    page.on('console', (message) => {
      if (message.text().includes('Content-Security-Policy')) note(message.text());
    });
    await use(page);
    await firefox.stop();
    expect(errors).toEqual([]);
  },
});

/** Inside of the component. */
const IN = 'gett-drop >>> ';

async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.locator('#email').fill(USER.email);
  await page.locator('#password').fill(USER.password);
  await page.locator('#sign-in button').click();
  await page.waitForSelector(`${IN}.target button`, { visible: true });
}

async function choose(page: Page, ...files: string[]): Promise<void> {
  const chooser = await page.waitForSelector(`${IN}input[type=file]`);
  await chooser?.uploadFile(...files);
}

/** Drops real files: Firefox lets a script carry those that its own chooser gave. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  const chooser = await page.evaluateHandle(() => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', multiple: true, hidden: true });
    document.body.append(input);
    return input;
  });
  await chooser.uploadFile(...files);
  await chooser.evaluate((input) => {
    const dataTransfer = new DataTransfer();
    for (const file of input.files ?? []) dataTransfer.items.add(file);
    input.remove();
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }),
      );
    }
  });
}

const texts = (page: Page, selector: string) =>
  page.$$eval(`${IN}${selector}`, (found) => found.map(({ textContent }) => textContent));

const linkIn = (page: Page) =>
  page
    .waitForSelector(`${IN}.share-link a`)
    .then((anchor) => anchor?.evaluate((found) => found.href) ?? '');

test('the start page gives a link at once in Firefox, and the bytes arrive whole', async ({
  tab,
}) => {
  const { server, uplink, stop } = await startSlowServer();
  const film = randomFillSync(Buffer.alloc(6_000_000));
  const folder = await makeFiles({ 'film.bin': film });
  await signIn(tab, uplink.origin);
  uplink.pace(200_000);
  await choose(tab, path.join(folder, 'film.bin'));
  const link = await linkIn(tab);
  await expect.poll(() => stateOf(server, link)).toBe('uploading');
  // A visitor gets the bytes while they come in.
  const sharename = new URL(link).pathname.slice(1);
  const visitor = await fetch(`${server.baseUrl}/files/${sharename}/0/blob?download`);
  const bar = await tab.$eval(`${IN}progress`, (bar) => [
    bar.getAttribute('aria-label'),
    bar.getAttribute('aria-valuetext'),
  ]);
  expect(bar).toEqual(['film.bin', expect.stringMatching(/^\d+%/)]);
  const code = await tab.waitForSelector(`${IN}.qr svg`);
  expect(await code?.evaluate((svg) => svg.getAttribute('aria-label'))).toBe(`QR code of ${link}`);
  expect((await code?.boundingBox())?.width).toBeGreaterThan(100);
  uplink.pace(Infinity);
  expect(Buffer.from(await visitor.arrayBuffer()).equals(film)).toBe(true);
  await expect.poll(() => texts(tab, '.share-state')).toEqual(['Shared · 1 file · 6 MB']);
  expect((await download(server, link)).equals(film)).toBe(true);
  await stop();
});

test('dropped files become one share in Firefox; cancelling it can be undone', async ({ tab }) => {
  const { server, uplink, stop } = await startSlowServer();
  const tape = randomFillSync(Buffer.alloc(3_000_000));
  const folder = await makeFiles({ 'tape.bin': tape, 'notes.txt': 'Remember the tent.' });
  await signIn(tab, uplink.origin);
  uplink.pace(60_000);
  await drop(tab, path.join(folder, 'tape.bin'), path.join(folder, 'notes.txt'));
  const link = await linkIn(tab);
  await tab.locator(`${IN}.cancel`).click();
  await expect
    .poll(() => texts(tab, '.share-state'))
    .toEqual(['Cancelled. The link stops working in a moment.']);
  // The way back has the keyboard.
  const focused = () =>
    tab.$eval('gett-drop', (drop) => drop.shadowRoot?.activeElement?.textContent);
  await expect.poll(focused).toBe('Undo');
  await tab.keyboard.press('Enter');
  uplink.pace(Infinity);
  await expect
    .poll(() => texts(tab, '.share-state'), { timeout: 30_000 })
    .toEqual([expect.stringMatching(/^Shared · 2 files/)]);
  expect(await linkIn(tab)).toBe(link);
  const sharename = new URL(link).pathname.slice(1);
  const arrived = await Promise.all(
    ['0', '1'].map(async (fileid) => {
      const answer = await fetch(`${server.baseUrl}/files/${sharename}/${fileid}/blob?download`);
      return Buffer.from(await answer.arrayBuffer());
    }),
  );
  expect(arrived.some((bytes) => bytes.equals(tape))).toBe(true);
  expect(arrived.map(String)).toContain('Remember the tent.');
  await stop();
});

test('<gett-drop> works in a page of another site in Firefox, under its strict policy', async ({
  tab,
}) => {
  const server = await startServer({ args: ['--anonymous'] });
  const { lines } = await linesOf(server.origin);
  const site = await startEmbeddingSite(server.origin, lines);
  await tab.goto(site.origin);
  await tab.evaluate(() => {
    for (const type of ['gett-link', 'gett-done']) {
      addEventListener(type, (event) => {
        document.body.dataset['heard'] = [document.body.dataset['heard'], event.type]
          .join(' ')
          .trim();
      });
    }
  });
  const bytes = randomFillSync(Buffer.alloc(300_000));
  const folder = await makeFiles({ 'lake.bin': bytes });
  await choose(tab, path.join(folder, 'lake.bin'));
  await expect.poll(() => texts(tab, '.share-state')).toEqual(['Shared · 1 file · 300 kB']);
  expect(await tab.$eval('body', (body) => body.dataset['heard'])).toBe('gett-link gett-done');
  expect((await download(server, await linkIn(tab))).equals(bytes)).toBe(true);
  await site.stop();
  await server.stop();
});

test('the page of a share fills by itself in Firefox, and its link is copied', async ({ tab }) => {
  const { server, uplink, stop } = await startSlowServer();
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(USER);
  const share = await gett.shares.create({ title: 'Summer 2025' });
  await tab.goto(`${uplink.origin}/${share.sharename}`);
  // A handle of what the page replaces just then would be lost.
  const shown = () => tab.evaluate(() => document.querySelector('main')?.innerText ?? '');
  expect(await shown()).toContain('Summer 2025');
  const photo = await drawPhoto();
  const file = await share.createFile({ filename: 'lake.png' });
  await file.send(new Blob([new Uint8Array(photo)]));
  await expect.poll(shown, { timeout: 20_000 }).toContain('lake.png');
  await tab.waitForFunction(() =>
    [...document.images].some(({ complete, naturalWidth }) => complete && naturalWidth > 0),
  );
  // The page may still be hearing of the file, so the button is looked for until it is pressed.
  await tab.locator('button[data-copy]').click();
  await expect
    .poll(() => tab.evaluate(() => navigator.clipboard.readText().catch(() => '')))
    .toContain(`/${share.sharename}`);
  await stop();
});
