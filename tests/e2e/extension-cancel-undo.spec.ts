import { download, signIn } from './support/account.ts';
import { expect } from './support/chromium.ts';
import { choose, linkOf, MB, makeFilm, percentOf, rowOf, test } from './support/films.ts';
import { holdTimers } from './support/hold-timers.ts';
import { startSite } from './support/site.ts';

test.use({
  hosts: {
    active: [],
    onRequest: ['http://127.0.0.1/*', 'http://localhost/*'],
    api: ['clipboardWrite'],
  },
});

const finished = /Done|just now/;

test('a cancelled upload that is taken back goes on under the same link', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const film = makeFilm(info, 'film.bin', 6 * MB);
  uplink.pace(0.5 * MB);
  await choose(popup, film);
  await expect.poll(() => percentOf(popup, 'film.bin'), { timeout: 20_000 }).toBeGreaterThan(10);
  const link = await linkOf(popup, 'film.bin');
  await holdTimers(await extension.worker());
  await popup.getByRole('button', { name: 'Cancel film.bin' }).click();
  await expect(popup.getByText('Cancelled film.bin')).toBeVisible();
  await popup.getByRole('button', { name: 'Undo: film.bin' }).click();
  uplink.pace(Infinity);
  await expect(rowOf(popup, 'film.bin')).toContainText(finished, { timeout: 30_000 });
  expect(await linkOf(popup, 'film.bin')).toBe(link);
  expect((await download(server, link)).equals(film.bytes)).toBe(true);
});

test('a cancelled picture that is taken back still waits for its host, and is shared then', async ({
  extension,
  slow: { server, uplink },
}) => {
  const site = await startSite();
  const elsewhere = site.origin.replace('127.0.0.1', 'localhost');
  const popup = await extension.open();
  await signIn(popup, uplink);
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  await extension.dispatchMenu(page, `${elsewhere}/cat.png`);
  const waits = popup.getByText('Needs access to localhost to read this image.');
  await expect(waits).toBeVisible();
  await popup.bringToFront();
  const before = uplink.requests.length;
  await holdTimers(await extension.worker());
  await popup.getByRole('button', { name: 'Cancel cat.png' }).click();
  await popup.getByRole('button', { name: 'Undo: cat.png' }).click();
  await expect(waits).toBeVisible();
  // No link leads to nothing.
  expect(uplink.requests.slice(before).filter((call) => call.includes('/create'))).toEqual([]);

  await popup.getByRole('button', { name: 'Allow and share' }).click();
  await expect(rowOf(popup, 'cat.png')).toContainText(finished);
  const link = await linkOf(popup, 'cat.png');
  expect((await download(server, link)).equals(site.cat)).toBe(true);
  await site.stop();
});
