import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { download } from '../support/account.ts';
import { FirefoxBrowser } from '../support/firefox.ts';
import { expect, signIn, test } from '../support/firefox-test.ts';
import { startSite } from '../support/site.ts';

interface Api {
  extension: { getViews: (filter: { type: string }) => Window[] };
  action: { openPopup: () => Promise<void> };
  storage: Record<string, { get: (key: null) => Promise<Record<string, unknown>> }>;
}

/** What another view of the extension shows; `undefined` while there is none. */
const seenIn = (page: Page, type: 'sidebar' | 'popup') =>
  page.evaluate((type) => {
    const { browser } = globalThis as unknown as { browser: Api };
    const [view] = browser.extension.getViews({ type });
    return view && { text: view.document.body.innerText, width: view.innerWidth };
  }, type);

test("Firefox's sidebar and its popup are views of the same shares", async ({
  firefox,
  slow: { uplink },
}) => {
  const site = await startSite();
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  await firefox.openSidebar();
  await expect.poll(async () => (await seenIn(tab, 'sidebar'))?.text).toContain('Nothing yet');
  const page = await firefox.newPage();
  await page.goto(`${site.origin}/page`);
  await firefox.chooseFromMenu(page, '#own', 'Share via Ge.tt');
  await expect
    .poll(async () => (await seenIn(tab, 'sidebar'))?.text)
    .toMatch(/cat\.png|ca\s?t\.png/);

  await tab.evaluate(async () => {
    await (globalThis as unknown as { browser: Api }).browser.action.openPopup();
  });
  await expect.poll(async () => (await seenIn(tab, 'popup'))?.text).toMatch(/Recent|In progress/);
  await expect.poll(async () => (await seenIn(tab, 'popup'))?.width).toBe(380);
  const focused = () =>
    tab.evaluate(() => {
      const { browser } = globalThis as unknown as { browser: Api };
      return browser.extension.getViews({ type: 'popup' })[0]?.document.activeElement?.textContent;
    });
  // The focus comes with the first frame, which the text does not wait for.
  await expect.poll(focused).toBe('Choose files');
  await site.stop();
});

interface SecretJob {
  state: { name: string; link?: { url: string; sharename: string } };
}

const stored = (tab: Page, area: 'local' | 'session') =>
  tab.evaluate(
    (area) => (globalThis as unknown as { browser: Api }).browser.storage[area]!.get(null),
    area,
  );

async function privateJob(tab: Page): Promise<SecretJob | undefined> {
  const { 'private-jobs': jobs } = await stored(tab, 'session');
  return (jobs as SecretJob[] | undefined)?.[0];
}

/** The files of a profile in which an extension's things are kept that have some text in them. */
function onDisk(profile: string, text: string): string[] {
  const places = ['storage', 'browser-extension-data', 'storage-sync-v2.sqlite'];
  return places
    .map((place) => path.join(profile, place))
    .filter(existsSync)
    .flatMap((place) => readdirSync(place, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) =>
      [text, Buffer.from(text, 'utf16le')].some((form) => readFileSync(file).includes(form)),
    );
}

test('what is shared from a private window of Firefox works, and nothing of it is kept', async ({
  slow: { server, uplink },
}, info) => {
  const site = await startSite();
  const profile = info.outputPath('profile');
  const firefox = await FirefoxBrowser.start({ profile, inPrivateWindows: true });
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  const secret = await firefox.openPrivateWindow();
  await secret.goto(`${site.origin}/page`);
  await firefox.chooseFromMenu(secret, '#own', 'Share via Ge.tt');
  await expect.poll(async () => (await privateJob(tab))?.state.name).toBe('done');
  const { url, sharename } = (await privateJob(tab))!.state.link!;
  expect((await download(server, url)).equals(site.cat)).toBe(true);

  // No other window shows it, and with the private one the link is forgotten.
  const text = (page: Page) => page.evaluate(() => document.body.innerText);
  expect(await text(tab)).toContain('Nothing yet');
  const traces = [sharename, 'cat.png', 'Cats of the harbour'];
  const kept = JSON.stringify(await stored(tab, 'local'));
  for (const trace of traces) expect(kept).not.toContain(trace);
  await firefox.closePrivateWindow();
  await expect.poll(() => privateJob(tab)).toBeUndefined();
  const other = await firefox.open('share.html');
  await expect.poll(() => text(other)).toContain('Nothing yet');
  await firefox.stop();
  // What is not private is there, so the search would have found it.
  expect(onDisk(profile, 'anna@example.com')).not.toEqual([]);
  for (const trace of traces) expect(onDisk(profile, trace)).toEqual([]);
  await site.stop();
});
