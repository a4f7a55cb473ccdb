import { GettClient } from '../../src/sdk/index.ts';
import { answer, faultServer } from '../support/fault-server.ts';
import { download, signIn, USER } from './support/account.ts';
import { expect } from './support/chromium.ts';
import { choose, linkOf, MB, makeFilm, percentOf, rowOf, test } from './support/films.ts';
import { holdTimers } from './support/hold-timers.ts';

const finished = /Done|just now/;

test('under the bar of several files stands the one that is moving, from file to file', async ({
  extension,
  slow: { uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  // Slow enough for each to be seen while it moves.
  uplink.pace(MB / 5);
  const films = ['one.bin', 'two.bin', 'three.bin', 'four.bin', 'five.bin'].map((name, i) =>
    makeFilm(info, name, (i < 3 ? 2 : 6) * MB),
  );
  await choose(popup, ...films);
  const row = popup.getByRole('main').locator('[data-batch]');
  const moving = row.locator('p.file-line');
  await expect(moving).toHaveText(/^one\.bin.* of 2 MB$/);
  await expect(row).toContainText(/of 5 files · .+ of 18 MB/);
  uplink.pace(MB);
  await expect(moving).toHaveText(/^(four|five)\.bin.* of 6 MB$/, { timeout: 30_000 });
  uplink.pace(Infinity);
  await expect(row).toBeHidden({ timeout: 30_000 });
});

test('a share that is done has its whole menu at once', async ({ extension, slow }, info) => {
  const popup = await extension.open();
  await signIn(popup, slow.uplink);
  const entries = async () => {
    await popup.getByRole('button', { name: 'More for film.bin' }).click();
    await expect(popup.getByRole('menu')).toBeVisible();
    return popup.getByRole('menuitem').allInnerTexts();
  };
  const goOn = await holdTimers(await extension.worker());
  await choose(popup, makeFilm(info, 'film.bin', 1_000));
  await expect(popup.locator('[data-batch]')).toContainText('Done');
  const early = await entries();
  await goOn();
  await expect(popup.locator('[data-share]')).toBeVisible();
  expect(early).toEqual(await entries());
  expect(early).toContain('Add files');
  expect(early).toContain('Show in page tab');
});

test('a share that was deleted elsewhere is begun anew with what is left of its files', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  // Neither is whole by the time of the pause: what had been sent would be gone.
  uplink.pace(0.2 * MB);
  const films = [makeFilm(info, 'film.bin', 8 * MB), makeFilm(info, 'second.bin', 4 * MB)];
  await choose(popup, ...films);
  await expect.poll(() => percentOf(popup, 'film.bin')).toBeGreaterThan(10);
  const row = rowOf(popup, 'film.bin');
  await row.getByRole('button', { name: 'Pause film.bin' }).click();
  const before = await linkOf(popup, 'film.bin');
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(USER);
  await (await gett.shares.get(before.split('/').at(-1) ?? '')).destroy();
  uplink.pace(Infinity);
  await row.getByRole('button', { name: 'Resume film.bin' }).click();
  await expect(row).toContainText('This share was deleted. Start a new one?');
  await expect(row.getByRole('button', { name: 'Copy link to' })).toBeDisabled();
  await expect(row.locator('a.address')).toHaveCount(0);
  await row.getByRole('button', { name: 'Start a new share' }).click();
  await expect(row).toContainText(finished);
  const link = await linkOf(popup, 'film.bin');
  expect(link).not.toBe(before);
  expect((await download(server, link)).equals(films[0]!.bytes)).toBe(true);
  const { files } = await gett.shares.get(link.split('/').at(-1) ?? '');
  expect(files.map(({ filename }) => filename).toSorted()).toEqual(['film.bin', 'second.bin']);
});

test('a server whose disk is full says so, and the file is tried again', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const full = await faultServer(answer(507, { error: 'the disk of the server is full' }));
  uplink.leadTo(full.origin);
  // It would be tried again without the click.
  await holdTimers(await extension.worker());
  const film = makeFilm(info, 'film.bin', 1 * MB);
  await choose(popup, film);
  const row = rowOf(popup, 'film.bin');
  await expect(row).toContainText(
    /The server’s disk is full\. Your file is kept here\. Trying again in \d+ sec…/,
    { timeout: 30_000 },
  );
  uplink.leadTo(server.origin);
  await full.stop();
  await row.getByRole('button', { name: 'Try now' }).click();
  await expect(row).toContainText(finished);
  expect((await download(server, await linkOf(popup, 'film.bin'))).equals(film.bytes)).toBe(true);
});

test('where this computer has no room, that is said and the file is shared all the same', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  await signIn(await extension.open(), uplink);
  // Chromium remembers for a while how much room there was, from the first byte that is stored.
  await extension.restart();
  const origin = `chrome-extension://${extension.id}`;
  const quiet = await extension.context.newPage();
  await quiet.goto(`${origin}/manifest.json`);
  const devtools = await extension.context.newCDPSession(quiet);
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  const quotaSize = usage + 1 * MB;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  const popup = await extension.open();
  uplink.pace(2 * MB);
  const film = makeFilm(info, 'film.bin', 6 * MB);
  await choose(popup, film);
  await expect(popup.locator('.banner')).toHaveText(
    'This computer is short of disk space; large files will not survive a restart.',
  );
  uplink.pace(Infinity);
  const row = rowOf(popup, 'film.bin');
  await expect(row).toContainText(finished);
  expect((await download(server, await linkOf(popup, 'film.bin'))).equals(film.bytes)).toBe(true);
});

test('a picture whose page was left offers the page', async ({ extension, slow }) => {
  const popup = await extension.open();
  await signIn(popup, slow.uplink);
  const page = `${slow.uplink.origin}/1/`;
  const info = {
    menuItemId: 'share-image',
    mediaType: 'image',
    frameId: 0,
    editable: false,
    srcUrl: `blob:${slow.uplink.origin}/0b1c`,
    pageUrl: page,
  };
  await (await extension.worker()).evaluate((info) => {
    interface Menus {
      contextMenus: { onClicked: { dispatch: (info: object, tab: object) => void } };
    }
    const { chrome } = globalThis as unknown as { chrome: Menus };
    // The tab has been closed by now.
    chrome.contextMenus.onClicked.dispatch(info, { id: 987_654, title: 'Cats' });
  }, info);
  const row = popup.getByRole('main').locator('[data-batch]');
  await expect(row).toContainText('The page was left before the image was read.');
  const opened = extension.context.waitForEvent('page');
  await row.getByRole('button', { name: 'Open page' }).click();
  await (await opened).waitForURL(page);
  await row.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(row).toBeHidden();
});

test('files that waited for the sign-in go on after it', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  await server.cli(['user', 'passwd', USER.email, '--password-stdin'], { input: 'a new phrase\n' });
  const film = makeFilm(info, 'film.bin', 1 * MB);
  await choose(popup, film);
  await expect(popup.getByRole('heading', { name: 'Please sign in again' })).toBeVisible();
  await expect(popup.getByText('1 file is waiting.')).toBeVisible();
  await popup.getByLabel('Password', { exact: true }).fill('a new phrase');
  await popup.keyboard.press('Enter');
  const row = rowOf(popup, 'film.bin');
  await expect(row).toContainText(finished);
  expect((await download(server, await linkOf(popup, 'film.bin'))).equals(film.bytes)).toBe(true);
});
