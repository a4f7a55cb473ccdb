import { BEN, signIn } from '../support/account.ts';
import { type ExtensionBrowser, expect, test } from '../support/chromium.ts';
import { choose as chooseFiles, MB, makeFilm, percentOf } from '../support/films.ts';
import { startSite } from '../support/site.ts';
import { startSlowServer } from '../support/slow-server.ts';

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

  test('uploads that ended with the browser are told at its next start, in one notice', async ({
    extension,
  }, info) => {
    const { uplink, stop } = await startSlowServer();
    const tab = await extension.open('share.html');
    await signIn(tab, uplink);
    await choose(extension, 'problems');
    uplink.pace(1 * MB);
    // More than is kept on disk.
    const films = ['beach.mov', 'dunes.mov'].map((name) => makeFilm(info, name, 68 * MB));
    for (const film of films) await chooseFiles(tab, film);
    for (const { name } of films) {
      await expect.poll(() => percentOf(tab, name)).toBeGreaterThan(0);
    }
    await extension.restart();
    await expect.poll(() => shown(extension)).toEqual(['interrupted']);
    await expect.poll(() => extension.badge()).toBe('!');
    expect(await shown(extension)).toEqual(['interrupted']);
    await stop();
  });

  test('a click on a notice leads to the row that needs somebody, whose batch no view has shown', async ({
    extension,
    server,
  }) => {
    const ben = ['user', 'add', BEN.email, '--name', BEN.name, '--password-stdin'];
    await server.cli([...ben, '--storage-limit', '10'], { input: `${BEN.password}\n` });
    const site = await startSite();
    const tab = await extension.open('share.html');
    await signIn(tab, server, BEN);
    await choose(extension, 'problems');
    await tab.close();
    const page = await extension.context.newPage();
    await page.goto(`${site.origin}/page`);
    await extension.chooseFromMenu(page, {
      menuItemId: 'share-text',
      selectionText: 'More than there is room for.',
    });
    await expect.poll(() => shown(extension)).toHaveLength(1);
    const [notice = ''] = await shown(extension);
    const opened = extension.context.waitForEvent('page');
    await (await extension.worker()).evaluate((id) => {
      const { chrome } = globalThis as unknown as { chrome: Api };
      chrome.notifications?.onClicked.dispatch(id);
    }, notice);
    const help = (await opened).locator(
      `[data-batch="${notice.slice('row='.length)}"] .standstill`,
    );
    await expect(help.getByRole('button').first()).toBeFocused();
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
