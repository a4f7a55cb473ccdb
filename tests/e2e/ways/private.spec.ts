import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { download, signIn } from '../support/account.ts';
import { type ExtensionBrowser, expect, test } from '../support/chromium.ts';
import { fromMenu } from '../support/rows.ts';
import { startSite } from '../support/site.ts';

test.use({
  hosts: {
    active: [],
    onRequest: ['http://127.0.0.1/*'],
    api: ['clipboardWrite'],
    incognito: true,
  },
});

interface Tab {
  id: number;
  windowId: number;
  incognito: boolean;
  status: string;
}
interface SecretJob {
  name: string;
  state: { name: string; link?: { url: string; sharename: string } };
}
interface Api {
  windows: {
    create: (options: object) => Promise<{ id: number }>;
    remove: (id: number) => Promise<void>;
  };
  tabs: { query: (filter: object) => Promise<Tab[]> };
  contextMenus: { onClicked: { dispatch: (info: object, tab: object) => void } };
  action: { openPopup: (options: object) => Promise<void> };
  storage: Record<'local' | 'session', { get: (key: null) => Promise<Record<string, unknown>> }>;
}

/** Shares the picture of a page in a private window; gives the window. */
async function shareInPrivate(extension: ExtensionBrowser, origin: string): Promise<number> {
  const worker = await extension.worker();
  return worker.evaluate(async (origin) => {
    const { chrome } = globalThis as unknown as { chrome: Api };
    const { id } = await chrome.windows.create({ incognito: true, url: `${origin}/page` });
    let tab: Tab | undefined;
    while (tab?.status !== 'complete') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      [tab] = await chrome.tabs.query({ windowId: id });
    }
    const info = { menuItemId: 'share-image', mediaType: 'image', frameId: 0, editable: false };
    const page = { srcUrl: `${origin}/cat.png`, pageUrl: `${origin}/page` };
    chrome.contextMenus.onClicked.dispatch({ ...info, ...page }, tab);
    return id;
  }, origin);
}

const storage = (tab: Page, area: 'local' | 'session') =>
  tab.evaluate(
    (area) => (globalThis as unknown as { chrome: Api }).chrome.storage[area].get(null),
    area,
  );

async function privateJob(tab: Page): Promise<SecretJob | undefined> {
  const { 'private-jobs': jobs } = await storage(tab, 'session');
  return (jobs as SecretJob[] | undefined)?.[0];
}

/** Everything that the extension has on this computer, as text. */
async function kept(tab: Page): Promise<string> {
  const records = await tab.evaluate(async () => {
    const all: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('success', () => resolve(opening.result));
        opening.addEventListener('error', () => reject(opening.error));
      });
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store);
        for (const request of [reading.getAll(), reading.getAllKeys()]) {
          all.push([
            name,
            await new Promise((resolve) => {
              request.addEventListener('success', () => resolve(request.result));
            }),
          ]);
        }
      }
      database.close();
    }
    return JSON.stringify(all);
  });
  return records + JSON.stringify(await storage(tab, 'local'));
}

/** Whether some bytes are anywhere in the folders in which a browser keeps an extension's things. */
function onDisk(profile: string, text: string): string[] {
  const home = path.join(profile, 'Default');
  const places = /^(IndexedDB|Local Storage|Local Extension Settings|Session Storage|blob_storage)/;
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => places.test(path.relative(home, file)))
    .filter((file) => readFileSync(file).includes(text));
}

test('what is shared from a private window works, and nothing of it is kept', async ({
  extension,
  server,
}) => {
  const site = await startSite();
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  const window = await shareInPrivate(extension, site.origin);
  await expect
    .poll(async () => (await privateJob(tab))?.state.name, { timeout: 20_000 })
    .toBe('done');
  const { url, sharename } = (await privateJob(tab))!.state.link!;
  expect((await download(server, url)).equals(site.cat)).toBe(true);

  // Neither the views of other windows show it, nor is it on this computer.
  await tab.reload();
  await expect(tab.getByText('Nothing yet')).toBeVisible();
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  const traces = [sharename, 'cat.png', 'Cats of the harbour', site.origin];
  const everything = await kept(tab);
  for (const trace of traces) expect(everything).not.toContain(trace);
  expect(await tab.evaluate(() => JSON.stringify(localStorage))).not.toContain('cat.png');

  // With the last private window the link is forgotten.
  await tab.evaluate(
    (id) => (globalThis as unknown as { chrome: Api }).chrome.windows.remove(id),
    window,
  );
  await expect.poll(() => privateJob(tab)).toBeUndefined();
  await extension.restart();
  const again = await extension.open('share.html');
  await expect(again.getByText('Nothing yet')).toBeVisible();
  await again.reload();
  await expect(again.getByText('Nothing yet')).toBeVisible();
  const after = await kept(again);
  for (const trace of traces) expect(after).not.toContain(trace);
  await extension.context.close();
  for (const trace of [sharename, 'cat.png']) expect(onDisk(extension.profile, trace)).toEqual([]);
  await site.stop();
});

test('the popup of a private window shows the link, and says that it is not kept', async ({
  extension,
  server,
}, info) => {
  const site = await startSite();
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  const window = await shareInPrivate(extension, site.origin);
  await expect
    .poll(async () => (await privateJob(tab))?.state.name, { timeout: 20_000 })
    .toBe('done');
  await tab.evaluate(
    (windowId) => (globalThis as unknown as { chrome: Api }).chrome.action.openPopup({ windowId }),
    window,
  );
  const popup = await extension.openPopup();
  await expect(popup.getByText('Private: not kept in Recent')).toBeVisible();
  await expect(popup.getByRole('listitem').filter({ hasText: 'cat.png' })).toContainText('Done');
  for (const colorScheme of ['light', 'dark'] as const) {
    await popup.emulateMedia({ colorScheme });
    const body = await popup.screenshot();
    await info.attach(`private-${colorScheme}`, { body, contentType: 'image/png' });
  }
  await site.stop();
});

test('what is added to a share from a private window is kept no more than the rest', async ({
  extension,
  server,
}) => {
  const site = await startSite();
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  await tab.locator('input[type=file]').first().setInputFiles(file('plain.txt'));
  await expect(tab.getByRole('listitem').filter({ hasText: 'plain.txt' })).toContainText(
    'just now',
  );
  const windowId = await shareInPrivate(extension, site.origin);
  const done = async () => {
    const { 'private-jobs': jobs = [] } = await storage(tab, 'session');
    return (jobs as SecretJob[])
      .filter(({ state }) => state.name === 'done')
      .map(({ name }) => name);
  };
  await expect.poll(done, { timeout: 20_000 }).toEqual(['cat.png']);
  await tab.evaluate(
    (windowId) => (globalThis as unknown as { chrome: Api }).chrome.action.openPopup({ windowId }),
    windowId,
  );
  const popup = await extension.openPopup();
  const add = async (share: string, name: string) => {
    const picker = popup.waitForEvent('filechooser');
    await fromMenu(popup, share, 'Add files');
    await (await picker).setFiles(file(name));
  };
  await add('cat.png', 'secret.txt');
  await expect.poll(done).toEqual(['cat.png', 'secret.txt']);
  const everything = await kept(tab);
  for (const trace of ['cat.png', 'secret.txt']) expect(everything).not.toContain(trace);
  await expect(tab.getByText(/cat\.png|secret\.txt/)).toHaveCount(0);

  // A share of the other windows stays one of theirs.
  await add('plain.txt', 'more.txt');
  await expect.poll(done).toEqual(['cat.png', 'secret.txt', 'more.txt']);
  await tab.reload();
  await expect(tab.getByRole('link', { name: 'Open plain.txt' })).toBeVisible();
  await site.stop();
});
