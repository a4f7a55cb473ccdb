import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { download } from '../support/account.ts';
import { FirefoxBrowser } from '../support/firefox.ts';
import { expect, finished, linkOf, signIn, test } from '../support/firefox-test.ts';
import { startLinkedPictures } from '../support/linked-pictures.ts';
import { startSite } from '../support/site.ts';

const SHARE = 'Share via Ge.tt';
const SHARE_LINKED = 'Share the linked image';

/** The link of a share that has arrived. */
async function linkOfRow(page: Page, name: string): Promise<string> {
  const link = await page.waitForFunction(
    (name) =>
      [...document.querySelectorAll('li')]
        .find(({ textContent }) => textContent.includes(name) && /Done|just now/.test(textContent))
        ?.querySelector('a')?.href,
    // A page in the background draws no frames.
    { polling: 200 },
    name,
  );
  return (await link.jsonValue()) ?? '';
}

test('Firefox offers the linked picture where a link leads to one, once it may know', async ({
  firefox,
  slow: { server, uplink },
}) => {
  const site = await startLinkedPictures();
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  const page = await firefox.newPage();
  // Another host than the server's, to which the sign-in has given access.
  await page.goto(site.origin.replace('127.0.0.1', 'localhost'));
  // Without access to the page it cannot tell where the link leads.
  expect(await firefox.offersOf(page, '#linked')).toEqual([SHARE]);
  await firefox.chooseFromMenu(page, '#leading', SHARE);
  const first = await linkOf(tab);
  await finished(tab);
  expect((await download(server, first)).equals(site.small)).toBe(true);

  await page.bringToFront();
  // The menu opens as it was before, and is changed while it is open.
  await expect.poll(() => firefox.offersOf(page, '#linked')).toEqual([SHARE, SHARE_LINKED]);
  await expect.poll(() => firefox.offersOf(page, '#leading')).toEqual([SHARE]);
  await expect.poll(() => firefox.offersOf(page, '#text')).toEqual([]);
  await firefox.chooseFromMenu(page, '#linked', SHARE_LINKED);
  const link = await linkOfRow(tab, 'large.png');
  expect((await download(server, link)).equals(site.large)).toBe(true);
  site.stop();
});

test('Firefox reads a picture of another host once that host is allowed', async ({
  firefox,
  slow: { server, uplink },
}) => {
  // Its access to 127.0.0.1 says nothing of localhost.
  const elsewhere = await startSite();
  const site = await startSite(elsewhere.origin.replace('127.0.0.1', 'localhost'));
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  const page = await firefox.newPage();
  await page.goto(`${site.origin}/page`);
  await firefox.chooseFromMenu(page, '#foreign', SHARE);
  await tab.bringToFront();
  await tab.waitForFunction(() => document.body.innerText.includes('Needs access to localhost'));
  await tab.locator('.standstill button').click();
  await finished(tab);
  expect((await download(server, await linkOf(tab))).equals(elsewhere.cat)).toBe(true);
  await site.stop();
  await elsewhere.stop();
});

test('Firefox shares a part of a page that was chosen with the mouse', async ({
  firefox,
  slow: { server, uplink },
}) => {
  const site = await startSite();
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  const page = await firefox.newPage();
  await page.goto(`${site.origin}/page`);
  await firefox.chooseFromMenu(page, 'h1', 'Choose area');
  await page.waitForSelector('html > div[popover]');
  await page.mouse.move(20, 30);
  await page.mouse.down();
  await page.mouse.move(120, 90);
  await page.mouse.move(220, 130);
  await page.mouse.up();
  await page.keyboard.press('Enter');
  const picture = await download(server, await linkOfRow(tab, 'harbour.png'));
  expect(await sharp(picture).metadata()).toMatchObject({ width: 200, height: 100 });
  await site.stop();
});

// oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
test('Firefox shows the welcome page once, after the installation', async ({}, info) => {
  const profile = info.outputPath('profile');
  const first = await FirefoxBrowser.start({ profile });
  await expect
    .poll(() => first.addresses())
    .toContainEqual(expect.stringContaining('/welcome.html'));
  await first.stop();
  const again = await FirefoxBrowser.start({ profile });
  await again.open('options.html');
  expect(await again.addresses()).not.toContainEqual(expect.stringContaining('/welcome.html'));
  await again.stop();
});
