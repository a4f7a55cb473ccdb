import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { GettClient } from '../../../src/sdk/index.ts';
import { download, USER } from '../support/account.ts';
import { Display } from '../support/display.ts';
import { FirefoxBrowser } from '../support/firefox.ts';
import { expect, finished, linkOf, signIn, test } from '../support/firefox-test.ts';

/** What has the keyboard, by its name. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing';
    return element.getAttribute('aria-label') ?? element.textContent.trim();
  });

const rows = (page: Page) => page.$$eval('.rows .recent', (found) => found.length);

const names = (page: Page) =>
  page.$$eval('.rows .recent a', (links) => links.map(({ textContent }) => textContent));

/** What kinds of things the clipboard has. */
function offersOf(display: Display): string {
  try {
    return display.run('xclip', '-selection', 'clipboard', '-t', 'TARGETS', '-o');
  } catch {
    // While nobody offers anything, xclip fails.
    return '';
  }
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    const [last = '', ...held] = key.split('+').toReversed();
    for (const each of held) await page.keyboard.down(each as 'Control');
    await page.keyboard.press(last as 'Enter');
    for (const each of held) await page.keyboard.up(each as 'Control');
  }
}

test('everything is done with the keyboard alone in Firefox', async ({
  firefox,
  slow: { server, uplink },
}) => {
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(USER);
  for (const title of ['One', 'Two', 'Three']) await gett.shares.create({ title });
  const titles = async () => {
    const found: (string | undefined)[] = [];
    for await (const { title } of gett.shares.list()) found.push(title);
    return found;
  };
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  await tab.close();

  const popup = await firefox.open('popup.html');
  await expect.poll(() => rows(popup)).toBe(3);
  await expect.poll(() => focused(popup)).toBe('Choose files');
  const [first = '', second = '', third = ''] = await names(popup);
  // The order is that of reading, and the list is one stop.
  const order: string[] = [];
  for (let stop = 0; stop < 4; stop++) {
    await press(popup, 'Tab');
    order.push(await focused(popup));
  }
  expect(order).toEqual([
    'Screenshot',
    'Open in a tab',
    'Search your shares',
    `Copy link to ${first}`,
  ]);
  await press(popup, 'Shift+Tab');
  await expect.poll(() => focused(popup)).toBe('Search your shares');
  await press(popup, 'Tab');
  await expect.poll(() => focused(popup)).toBe(`Copy link to ${first}`);

  // Arrows move, Enter copies.
  await press(popup, 'ArrowDown');
  await expect.poll(() => focused(popup)).toBe(`Copy link to ${second}`);
  // It says so for two seconds only.
  await popup.evaluate(() => {
    const look = () => {
      if (document.activeElement?.textContent === 'Copied') document.body.dataset['copied'] = 'yes';
    };
    const changes = { subtree: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document.body, changes);
  });
  await press(popup, 'Enter');
  await popup.waitForSelector('body[data-copied]');
  const link = await popup.$eval(`a[aria-label="Open ${second}"]`, (anchor) => anchor.href);
  expect(await popup.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await press(popup, 'ArrowRight');
  await expect.poll(() => focused(popup)).toBe(`More for ${second}`);
  await press(popup, 'Enter');
  await expect.poll(() => focused(popup)).toBe('Copy link');
  await press(popup, 'ArrowDown');
  await expect.poll(() => focused(popup)).toBe('Copy as');
  await press(popup, 'ArrowRight');
  await expect.poll(() => focused(popup)).toBe('Markdown');
  // Escape closes one thing at a time.
  await press(popup, 'Escape');
  await expect.poll(() => focused(popup)).toBe('Copy link');
  await press(popup, 'Escape');
  await expect.poll(() => focused(popup)).toBe(`More for ${second}`);

  // F2 renames, Escape restores, Enter saves.
  await press(popup, 'F2');
  await expect.poll(() => focused(popup)).toBe(`New name of ${second}`);
  await press(popup, 'X', 'Escape');
  await expect.poll(() => focused(popup)).toBe(`Copy link to ${second}`);
  await press(popup, 'F2');
  await expect.poll(() => focused(popup)).toBe(`New name of ${second}`);
  await press(popup, 'X', 'Enter');
  await expect.poll(() => focused(popup)).toBe('Copy link to X');
  await expect.poll(titles).toContain('X');

  // Delete leaves the way back in its place, which waits while it has the keyboard.
  await press(popup, 'Delete');
  await expect.poll(() => focused(popup)).toBe('Undo: X');
  await press(popup, 'Control+z');
  await expect.poll(() => rows(popup)).toBe(3);
  await expect.poll(() => focused(popup)).not.toBe('nothing');
  await press(popup, 'End', 'Delete');
  await expect.poll(() => focused(popup)).toBe(`Undo: ${third}`);
  await press(popup, 'ArrowUp');
  await expect.poll(titles, { timeout: 20_000 }).not.toContain(third);

  // The slash searches, Escape empties the field, then closes it.
  await press(popup, '/');
  await expect.poll(() => popup.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await press(popup, 'X');
  await expect.poll(() => rows(popup)).toBe(1);
  await press(popup, 'Escape');
  await expect.poll(() => rows(popup)).toBe(2);
  await press(popup, 'Escape');
  await expect.poll(() => focused(popup)).toBe('Recent');
});

test('Ctrl+V shares the picture on the clipboard in Firefox', async ({
  slow: { server, uplink },
}, info) => {
  const display = await Display.start();
  const firefox = await FirefoxBrowser.start({ display: display.name });
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  await tab.close();
  const popup = await firefox.open('popup.html');
  await popup.waitForSelector('.nothing');
  const file = info.outputPath('picture.png');
  const red = { width: 40, height: 40, channels: 3, background: '#c33' } as const;
  await sharp({ create: red }).png().toFile(file);
  display.run('sh', '-c', `xclip -selection clipboard -t image/png -i '${file}' >/dev/null 2>&1`);
  // It goes into the background, and offers the picture from there.
  await expect.poll(() => offersOf(display)).toContain('image/png');
  await press(popup, 'Control+v');
  const link = await linkOf(popup);
  await finished(popup);
  const [pixel] = await sharp(await download(server, link))
    .raw()
    .toBuffer();
  expect(pixel).toBe(0xcc);
  await firefox.stop();
  display.stop();
});
