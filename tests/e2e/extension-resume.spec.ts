import { GettClient } from '../../src/sdk/index.ts';
import { BEN, download, signIn } from './support/account.ts';
import { expect } from './support/chromium.ts';
import { choose, linkOf, MB, makeFilm, percentOf, rowOf, test } from './support/films.ts';

const finished = /Done|just now/;
/** More than is kept on disk, so that a restart loses it. */
const LARGE = 72 * MB;

test('an upload that is paused goes on from where it was', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const film = makeFilm(info, 'film.bin', 24 * MB);
  uplink.pace(3 * MB);
  await choose(popup, film);
  const link = await linkOf(popup, 'film.bin');
  await expect.poll(() => percentOf(popup, 'film.bin')).toBeGreaterThan(40);
  uplink.pace(0.5 * MB);
  const row = rowOf(popup, 'film.bin');
  await row.getByRole('button', { name: 'Pause film.bin' }).click();
  await expect(row).toContainText(/Paused at/);
  await expect.poll(() => extension.badge()).toBe('');
  expect(await extension.title()).toBe('Ge.tt – 1 file paused');

  await row.getByRole('button', { name: 'Resume film.bin' }).click();
  await expect(row).toContainText(/goes on from \d/);
  uplink.pace(Infinity);
  await expect(row).toContainText(finished);
  expect((await download(server, link)).equals(film.bytes)).toBe(true);
});

test('everything can be paused and resumed at once', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  uplink.pace(0.2 * MB);
  const films = ['one.bin', 'two.bin'].map((name) => makeFilm(info, name, 6 * MB));
  for (const film of films) {
    await choose(popup, film);
    await linkOf(popup, film.name);
  }
  await popup.getByRole('button', { name: 'Pause all' }).click();
  for (const { name } of films) await expect(rowOf(popup, name)).toContainText('Paused');
  uplink.pace(Infinity);
  await popup.getByRole('button', { name: 'Resume all' }).click();
  for (const { name, bytes } of films) {
    await expect(rowOf(popup, name)).toContainText(finished);
    expect((await download(server, await linkOf(popup, name))).equals(bytes)).toBe(true);
  }
});

test('a small file goes on by itself after the browser was killed, from what the service has', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const film = makeFilm(info, 'film.bin', 7 * MB);
  uplink.pace(1 * MB);
  await choose(popup, film);
  const link = await linkOf(popup, 'film.bin');
  await expect.poll(() => percentOf(popup, 'film.bin')).toBeGreaterThan(30);
  await extension.crash();
  // Not faster than the browser starts on a busy machine.
  uplink.pace(0.2 * MB);
  await extension.start();
  const again = await extension.open();
  await expect(rowOf(again, 'film.bin')).toContainText(/goes on from \d/);
  uplink.pace(Infinity);
  await expect(rowOf(again, 'film.bin')).toContainText(finished);
  expect((await download(server, link)).equals(film.bytes)).toBe(true);
});

test('a large file is asked for after the browser was killed, and goes on only if it is the same', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const film = makeFilm(info, 'film.bin', LARGE);
  const other = makeFilm(info, 'other/film.bin', LARGE);
  uplink.pace(16 * MB);
  await choose(popup, film);
  const link = await linkOf(popup, 'film.bin');
  await expect.poll(() => percentOf(popup, 'film.bin'), { timeout: 30_000 }).toBeGreaterThan(30);
  uplink.pace(1 * MB);
  await extension.crash();
  await extension.start();

  const again = await extension.open();
  const row = rowOf(again, 'film.bin');
  await expect(row).toContainText('The browser was closed before this was finished.');
  await expect.poll(() => extension.badge()).toBe('!');
  const picker = row.locator('input[type=file]');
  await picker.setInputFiles(other.path);
  await expect(row).toContainText('That is another file than the film.bin whose upload began.');

  uplink.pace(2 * MB);
  await picker.setInputFiles(film.path);
  await expect(row).toContainText(/goes on from \d/, { timeout: 30_000 });
  uplink.pace(Infinity);
  await expect(row).toContainText(finished, { timeout: 30_000 });
  expect((await download(server, link)).equals(film.bytes)).toBe(true);
});

test('another file can be shared in the place of one that is gone, under the same link', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const film = makeFilm(info, 'film.bin', LARGE);
  const other = makeFilm(info, 'other.bin', 2 * MB);
  uplink.pace(16 * MB);
  await choose(popup, film);
  const link = await linkOf(popup, 'film.bin');
  await expect.poll(() => percentOf(popup, 'film.bin'), { timeout: 30_000 }).toBeGreaterThan(10);
  uplink.pace(1 * MB);
  await extension.crash();
  await extension.start();
  uplink.pace(Infinity);

  const again = await extension.open();
  const row = rowOf(again, 'film.bin');
  await row.locator('input[type=file]').setInputFiles(other.path);
  await row.getByRole('button', { name: 'Share this one' }).click();
  await expect(rowOf(again, 'other.bin')).toContainText(finished);
  expect(await linkOf(again, 'other.bin')).toBe(link);
  const sharename = new URL(link).pathname.slice(1);
  const response = await fetch(`${server.baseUrl}/shares/${sharename}`);
  const { files } = (await response.json()) as { files: { filename: string; fileid: string }[] };
  expect(files.map(({ filename }) => filename)).toEqual(['other.bin']);
  const blob = await fetch(`${server.baseUrl}/files/${sharename}/${files[0]?.fileid}/blob`);
  expect(Buffer.from(await blob.arrayBuffer()).equals(other.bytes)).toBe(true);
});

test('an upload is tried again by itself when the server was killed under it', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const film = makeFilm(info, 'film.bin', 12 * MB);
  uplink.pace(2 * MB);
  await choose(popup, film);
  const link = await linkOf(popup, 'film.bin');
  await expect.poll(() => percentOf(popup, 'film.bin')).toBeGreaterThan(50);
  await server.kill();
  const row = rowOf(popup, 'film.bin');
  await expect(row).toContainText(/The connection was lost at \d+%. Trying again in \d+ sec…/);
  uplink.pace(Infinity);
  await server.restart();
  await expect(row).toContainText(finished, { timeout: 45_000 });
  expect((await download(server, link)).equals(film.bytes)).toBe(true);
});

test('what does not fit is said before a byte is sent, and goes on when there is room', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const account = ['user', 'add', BEN.email, '--name', BEN.name, '--password-stdin'];
  await server.cli([...account, '--storage-limit', String(9 * MB)], { input: `${BEN.password}\n` });
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(BEN);
  const full = await gett.upload([new File([new Uint8Array(4 * MB)], 'old.bin')]).done;
  const popup = await extension.open();
  await signIn(popup, uplink, BEN);
  const film = makeFilm(info, 'film.bin', 6 * MB);
  await choose(popup, film);
  const row = rowOf(popup, 'film.bin');
  await expect(row).toContainText('6 MB do not fit; 5 MB are free.');
  await expect(popup.getByRole('status').getByText('1 file is waiting.')).toBeVisible();
  await expect(popup.getByRole('button', { name: 'Free up space' })).toBeVisible();
  const link = await linkOf(popup, 'film.bin');
  expect(uplink.requests.filter((request) => /^(PATCH|HEAD) /.test(request))).toEqual([]);
  await expect.poll(() => extension.badge()).toBe('!');

  await full.destroy();
  await row.getByRole('button', { name: 'Try again' }).click();
  await expect(row).toContainText(finished);
  expect((await download(server, link)).equals(film.bytes)).toBe(true);
});

test('without a network files are kept, and all get their links when it is back', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  // What is on its way keeps the document open that hears of the network.
  const film = makeFilm(info, 'film.bin', 12 * MB);
  const notes = ['one.txt', 'two.txt'].map((name) => makeFilm(info, name, 30_000));
  uplink.pace(1 * MB);
  await choose(popup, film);
  await expect.poll(() => percentOf(popup, 'film.bin')).toBeGreaterThan(40);
  await extension.setOffline(true);
  const banner = popup.locator('.banner');
  await expect(banner.getByText('You are offline.')).toBeVisible();
  for (const note of notes) await choose(popup, note);
  await expect(
    banner.getByText('You are offline. 2 files will start when you are back.'),
  ).toBeVisible();
  for (const { name } of notes) {
    await expect(rowOf(popup, name)).toContainText('Waiting for the network');
    await expect(rowOf(popup, name)).toContainText('Link follows');
  }
  const announced = () => uplink.requests.filter((request) => request.includes('/create')).length;
  expect(announced()).toBe(2);

  uplink.pace(Infinity);
  await extension.setOffline(false);
  for (const { name, bytes } of [film, ...notes]) {
    await expect(rowOf(popup, name)).toContainText(finished);
    expect((await download(server, await linkOf(popup, name))).equals(bytes)).toBe(true);
  }
  await expect(banner.getByText('You are offline.')).toBeHidden();
  expect(announced()).toBe(6);
});
