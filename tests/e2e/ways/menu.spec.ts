import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import type { TestServer } from '../../support/server.ts';
import { download, signIn } from '../support/account.ts';
import { test as base, type ExtensionBrowser, expect } from '../support/chromium.ts';
import { tone } from '../support/media.ts';

const PAGE = `<!doctype html><title>A walk: notes / day 1</title>
<p id="first">Over the hill.</p><p id="second">And far away.</p>
<textarea id="field">what was typed here</textarea>
<audio id="sound" src="/birds.wav" controls></audio>`;

/** Enough of a WebM film for its kind to be known. */
const FILM = Buffer.concat([
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
  Buffer.alloc(2_000, 7),
]);

const test = base.extend<{ origin: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  origin: async ({}, use) => {
    const server = createServer(({ url }, response) => {
      if (url === '/birds.wav') response.setHeader('Content-Type', 'audio/wav').end(tone());
      else if (url === '/walk.webm') response.setHeader('Content-Type', 'video/webm').end(FILM);
      else
        response
          .setHeader('Content-Type', 'text/html')
          .end(url === '/' ? PAGE : '<!doctype html>Sign in');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    server.close();
  },
});

async function open(extension: ExtensionBrowser, server: TestServer, origin: string) {
  const popup = await extension.open();
  await signIn(popup, server);
  const page = await extension.context.newPage();
  await page.goto(origin);
  return { page, popup };
}

/** Chooses from the menu of something that plays in a page. */
const shareMedia = (
  extension: ExtensionBrowser,
  page: Page,
  mediaType: 'audio' | 'video',
  srcUrl: string,
) => extension.chooseFromMenu(page, { menuItemId: `share-${mediaType}`, mediaType, srcUrl });

/** What lies behind the link of a row, once it has been stored. */
async function sharedAs(popup: Page, name: string, server: TestServer): Promise<Buffer> {
  const row = popup.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText(/Done|just now/);
  return download(server, (await row.getByRole('link').getAttribute('href')) ?? '');
}

test.describe('from a page', () => {
  test('selected text becomes a text file named after the page, line breaks included', async ({
    extension,
    server,
    origin,
  }) => {
    const { page, popup } = await open(extension, server, origin);
    await page.evaluate(() => {
      const [first, second] = document.querySelectorAll('p');
      getSelection()?.setBaseAndExtent(first!, 0, second!, 1);
    });
    await extension.chooseFromMenu(page, {
      menuItemId: 'share-text',
      selectionText: 'Over the hill. And far away.',
    });
    expect((await sharedAs(popup, 'A walk notes day 1.txt', server)).toString()).toBe(
      'Over the hill.\n\nAnd far away.',
    );
  });

  test('what is selected in a field is shared, not the page around it', async ({
    extension,
    server,
    origin,
  }) => {
    const { page, popup } = await open(extension, server, origin);
    await page.locator('#field').selectText();
    await extension.chooseFromMenu(page, { menuItemId: 'share-text', selectionText: 'typed' });
    expect((await sharedAs(popup, 'A walk', server)).toString()).toBe('what was typed here');
  });

  test('a sound becomes a link with the same bytes behind it', async ({
    extension,
    server,
    origin,
  }) => {
    const { page, popup } = await open(extension, server, origin);
    await shareMedia(extension, page, 'audio', `${origin}/birds.wav`);
    expect((await sharedAs(popup, 'birds.wav', server)).equals(tone())).toBe(true);
  });

  test('a video becomes a link with the same bytes behind it', async ({
    extension,
    server,
    origin,
  }) => {
    const { page, popup } = await open(extension, server, origin);
    await shareMedia(extension, page, 'video', `${origin}/walk.webm`);
    expect((await sharedAs(popup, 'walk.webm', server)).equals(FILM)).toBe(true);
  });

  test('a web page is never shared in place of a video', async ({ extension, server, origin }) => {
    const { page, popup } = await open(extension, server, origin);
    await shareMedia(extension, page, 'video', `${origin}/film.mp4`);
    await expect(popup.getByText('The site asked for a sign-in')).toBeVisible();
    await expect(popup.getByText('Link follows')).toBeVisible();
  });

  test('a video that is put together by the page says that there is no file', async ({
    extension,
    server,
    origin,
  }) => {
    const { page, popup } = await open(extension, server, origin);
    const src = await page.evaluate(() => URL.createObjectURL(new MediaSource()));
    await shareMedia(extension, page, 'video', src);
    await expect(popup.getByText('This page plays it piece by piece')).toBeVisible();
  });
});
