import { signIn } from '../support/account.ts';
import { type ExtensionBrowser, expect, test } from '../support/chromium.ts';
import { startSite } from '../support/site.ts';

interface Api {
  storage: { local: { set: (values: object) => Promise<void> } };
  notifications?: {
    getAll: () => Promise<Record<string, boolean>>;
    onClicked: { dispatch: (id: string) => void };
  };
}

const choose = async (extension: ExtensionBrowser, notifications: string) =>
  (await extension.worker()).evaluate(
    (settings) => (globalThis as unknown as { chrome: Api }).chrome.storage.local.set({ settings }),
    { notifications },
  );

const shown = async (extension: ExtensionBrowser) =>
  (await extension.worker()).evaluate(async () =>
    Object.keys(
      (await (globalThis as unknown as { chrome: Api }).chrome.notifications?.getAll()) ?? {},
    ),
  );

test.describe('with notifications allowed', () => {
  test.use({
    hosts: {
      active: [],
      onRequest: ['http://127.0.0.1/*'],
      api: ['notifications', 'clipboardWrite'],
    },
  });

  test('a link that was asked for on a page is told, and a click opens it', async ({
    extension,
    server,
  }) => {
    const site = await startSite();
    const tab = await extension.open('share.html');
    await signIn(tab, server);
    await choose(extension, 'done');
    const page = await extension.context.newPage();
    await page.goto(`${site.origin}/page`);
    await extension.dispatchMenu(page, `${site.origin}/cat.png`);
    await expect.poll(() => shown(extension)).toHaveLength(1);
    const [link] = await shown(extension);
    expect(link).toContain(server.origin);
    const opened = extension.context.waitForEvent('page');
    const worker = await extension.worker();
    await worker.evaluate((id) => {
      const { chrome } = globalThis as unknown as { chrome: Api };
      chrome.notifications?.onClicked.dispatch(id);
    }, link!);
    await expect(await opened).toHaveURL(link!);
    await expect.poll(() => shown(extension)).toEqual([]);
    await site.stop();
  });

  test('nothing is told while a view shows it, and none if they are switched off', async ({
    extension,
    server,
  }) => {
    const site = await startSite();
    const tab = await extension.open('share.html');
    await signIn(tab, server);
    await choose(extension, 'done');
    await tab
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'seen.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('seen'),
      });
    await expect(tab.getByText(/Done|just now/)).toBeVisible();
    expect(await shown(extension)).toEqual([]);
    await choose(extension, 'none');
    const page = await extension.context.newPage();
    await page.goto(`${site.origin}/page`);
    await extension.dispatchMenu(page, `${site.origin}/cat.png`);
    await expect(tab.getByRole('listitem').filter({ hasText: 'cat.png' })).toContainText(
      /Done|just now/,
    );
    expect(await shown(extension)).toEqual([]);
    await site.stop();
  });
});
