import { randomFillSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { TestInfo } from '@playwright/test';
import { download } from './support/account.ts';
import { FirefoxBrowser } from './support/firefox.ts';
import { choose, expect, finished, linkOf, signIn, test } from './support/firefox-test.ts';
import { startSite } from './support/site.ts';
import { type SlowServer, stateOf } from './support/slow-server.ts';

/** The tick in the options, whose question this Firefox answers by itself. */
async function allowCopying(firefox: FirefoxBrowser): Promise<void> {
  const page = await firefox.open('options.html');
  await page.locator('.switch input').click();
  await page.waitForSelector('.saved:not(.hidden)');
  await page.close();
}

test('Firefox shares a file that was chosen in the upload tab', async ({
  firefox,
  slow: { server, uplink },
}, info) => {
  const file = info.outputPath('notes.txt');
  writeFileSync(file, 'from Firefox');
  await allowCopying(firefox);
  const page = await firefox.open('share.html');
  await signIn(page, uplink.origin);
  await choose(page, file);
  await finished(page);
  const link = await linkOf(page);
  expect((await download(server, link)).toString()).toBe('from Firefox');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});

test('Firefox shares a picture from the menu of a right-click', async ({
  firefox,
  slow: { server, uplink },
}) => {
  const site = await startSite();
  await allowCopying(firefox);
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  const page = await firefox.newPage();
  await page.goto(`${site.origin}/page`);
  await firefox.chooseFromMenu(page, '#own', 'Share via Ge.tt');
  const link = await linkOf(tab);
  await finished(tab);
  expect((await download(server, link)).equals(site.cat)).toBe(true);
  expect(await tab.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await site.stop();
});

test.describe('with a background that is soon stopped as idle', () => {
  const IDLE = 8_000;
  test.use({ options: { prefs: { 'extensions.background.idle.timeout': IDLE } } });

  test('Firefox keeps the background awake until the upload has ended, and no longer', async ({
    firefox,
    slow: { server, uplink },
  }, info) => {
    const file = info.outputPath('film.bin');
    const bytes = randomFillSync(Buffer.alloc(24_000_000));
    writeFileSync(file, bytes);
    const page = await firefox.open('share.html');
    await signIn(page, uplink.origin);
    uplink.pace(400_000);
    await choose(page, file);
    const link = await linkOf(page);
    await expect.poll(() => stateOf(server, link)).toBe('uploading');
    await page.close();

    // Longer than the background may be idle.
    await setTimeout(IDLE * 1.5);
    expect(await firefox.backgroundState()).toBe('running');
    expect(await stateOf(server, link)).toBe('uploading');
    uplink.pace(Infinity);
    await expect.poll(() => stateOf(server, link)).toBe('uploaded');
    expect((await download(server, link)).equals(bytes)).toBe(true);
    await expect.poll(() => firefox.backgroundState(), { timeout: 30_000 }).toBe('stopped');
  });
});

/** A Firefox with a profile of its own that sends a file of so many bytes, 400 kB a second. */
async function beginUpload(uplink: SlowServer['uplink'], info: TestInfo, size: number) {
  const profile = info.outputPath('profile');
  const first = await FirefoxBrowser.start({ profile });
  const file = info.outputPath('film.bin');
  const bytes = randomFillSync(Buffer.alloc(size));
  writeFileSync(file, bytes);
  const page = await first.open('share.html');
  await signIn(page, uplink.origin);
  uplink.pace(400_000);
  await choose(page, file);
  return { first, profile, page, file, bytes, link: await linkOf(page) };
}

test('Firefox stays signed in after a restart', async ({ slow: { server, uplink } }, info) => {
  const profile = info.outputPath('profile');
  const first = await FirefoxBrowser.start({ profile });
  await signIn(await first.open('share.html'), uplink.origin);
  await first.stop();

  const again = await FirefoxBrowser.start({ profile });
  const file = info.outputPath('after.txt');
  writeFileSync(file, 'still signed in');
  const page = await again.open('share.html');
  await choose(page, file);
  await finished(page);
  expect((await download(server, await linkOf(page))).toString()).toBe('still signed in');
  await again.stop();
});

test('Firefox goes on with an upload after it was killed, from what the service has', async ({
  slow: { server, uplink },
}, info) => {
  const { first, profile, page, bytes, link } = await beginUpload(uplink, info, 7_000_000);
  const percent = () =>
    page.$eval('[role=progressbar]', (bar) => Number(bar.getAttribute('aria-valuenow')));
  await expect.poll(() => percent().catch(() => 0)).toBeGreaterThan(40);
  await first.kill();

  // The rest is still on its way when the tab has opened.
  uplink.pace(100_000);
  const again = await FirefoxBrowser.start({ profile });
  const tab = await again.open('share.html');
  await tab.waitForFunction(() => /goes on from \d/.test(document.body.innerText));
  uplink.pace(Infinity);
  await finished(tab);
  expect((await download(server, link)).equals(bytes)).toBe(true);
  await again.stop();
});

test('Firefox, whose popup closes under a file picker, has a lost file chosen again in a tab', async ({
  slow: { server, uplink },
}, info) => {
  // More than is kept on disk.
  const { first, profile, file, bytes, link } = await beginUpload(uplink, info, 68_000_000);
  await expect.poll(() => stateOf(server, link)).toBe('uploading');
  await first.kill();

  const again = await FirefoxBrowser.start({ profile });
  const popup = await again.open('popup.html');
  await popup.locator('.standstill button').click();
  const batch = await popup.$eval('[data-batch]', (row) => row.getAttribute('data-batch'));
  const part = `share.html#row=${batch}`;
  await expect.poll(() => again.addresses()).toContainEqual(expect.stringContaining(part));
  const tab = await again.open(part);
  await tab.waitForFunction(() => document.activeElement?.closest('.standstill'));
  uplink.pace(Infinity);
  const picker = await tab.waitForSelector('[data-batch] input[type=file]');
  await picker?.uploadFile(file);
  await finished(tab);
  expect((await download(server, link)).equals(bytes)).toBe(true);
  await again.stop();
});

test('Firefox hears of a visitor who waits for a file that is last in line', async ({
  firefox,
  slow: { server, uplink },
}, info) => {
  const page = await firefox.open('share.html');
  await signIn(page, uplink.origin);
  const films = [1, 2, 3, 4, 5].map((i) => {
    const file = info.outputPath(`film-${i}.bin`);
    const bytes = randomFillSync(Buffer.alloc(6_000_000));
    writeFileSync(file, bytes);
    return { file, bytes };
  });
  uplink.pace(500_000);
  const chooser = await page.waitForSelector('input[type=file]');
  await chooser?.uploadFile(...films.map(({ file }) => file));
  const link = await linkOf(page);
  const sharename = new URL(link).pathname.slice(1);
  // The sender connects while other things go on: before that it hears of nobody.
  const last = async () => {
    const { files } = await (await fetch(`${server.baseUrl}/shares/${sharename}`)).json();
    return files.find(({ fileid }: { fileid: string }) => fileid === '4');
  };
  await expect.poll(last).toMatchObject({ readystate: 'remote', live: true });
  const visitor = await fetch(`${server.baseUrl}/files/${sharename}/4/blob?download`);
  expect(visitor.status).toBe(200);
  uplink.pace(Infinity);
  expect(Buffer.from(await visitor.arrayBuffer()).equals(films[4]?.bytes ?? Buffer.of())).toBe(
    true,
  );
  await page.waitForFunction(() => !document.body.innerText.includes('In progress'));
});
