import type { Page } from '@playwright/test';
import type { TestServer } from '../support/server.ts';
import { download, signIn } from './support/account.ts';
import { expect } from './support/chromium.ts';
import { choose, MB, makeFilm, percentOf, rowOf, test } from './support/films.ts';
import { holdTimers } from './support/hold-timers.ts';
import { fromMenu } from './support/rows.ts';

/** Longer than a deletion can be undone. */
const LONG = 8_000;

/** A share that is one of the recent ones, with its link. */
async function share(popup: Page, name: string): Promise<string> {
  await popup
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  const link = popup.getByRole('link', { name: `Open ${name}` });
  await expect(link).toBeVisible();
  return (await link.getAttribute('href')) ?? '';
}

function isThere(server: TestServer, link: string): Promise<boolean> {
  return download(server, link).then(
    () => true,
    () => false,
  );
}

test('a deletion that fails brings the share back, with the reason', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const link = await share(popup, 'stays.txt');
  const goOn = await holdTimers(await extension.worker());
  await fromMenu(popup, 'stays.txt', 'Delete');
  await expect(popup.getByText('Deleted stays.txt')).toBeVisible();
  await server.kill();
  await goOn();
  await popup.mouse.move(0, 0);
  const reason = popup.getByRole('alert').filter({ hasText: 'No answer from the server' });
  await expect(reason).toBeVisible({ timeout: 40_000 });
  await expect(popup.getByRole('link', { name: 'Open stays.txt' })).toBeVisible();

  await server.restart();
  expect(await isThere(server, link)).toBe(true);
  await reason.getByRole('button', { name: 'Try again' }).click();
  await expect(popup.getByText('Deleted stays.txt')).toBeVisible();
  await popup.mouse.move(0, 0);
  await expect.poll(() => isThere(server, link), { timeout: 2 * LONG }).toBe(false);
  await expect(popup.getByText('Nothing yet')).toBeVisible();
});

test('Ctrl+Z takes a deletion back', async ({ extension, server }) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const link = await share(popup, 'taken-back.txt');
  await holdTimers(await extension.worker());
  await fromMenu(popup, 'taken-back.txt', 'Delete');
  await expect(popup.getByText('Deleted taken-back.txt')).toBeVisible();
  await popup.keyboard.press('Control+Z');
  await expect(popup.getByRole('link', { name: 'Open taken-back.txt' })).toBeVisible();
  expect(await isThere(server, link)).toBe(true);
});

test('what is cancelled when it is half done is one row, in its own place, and comes back whole', async ({
  extension,
  slow: { uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  uplink.pace(1 * MB);
  await choose(popup, makeFilm(info, 'small.bin', 1_000), makeFilm(info, 'film.bin', 24 * MB));
  await choose(popup, makeFilm(info, 'other.bin', 24 * MB));
  await expect.poll(() => percentOf(popup, 'other.bin')).toBeGreaterThan(0);
  const own = popup.getByRole('main').locator('.rows > li');
  await expect(rowOf(popup, 'small.bin')).toContainText('1 of 2 files');
  // Read anew, the list has the share that is on its way.
  await popup.reload();
  await holdTimers(await extension.worker());
  await popup.getByRole('button', { name: 'Cancel small.bin' }).click();
  await expect(own.nth(0)).toContainText('Cancelled small.bin');
  await expect(own.nth(1)).toContainText('other.bin');
  await expect(own).toHaveCount(2);
  await popup.getByRole('button', { name: 'Undo: small.bin' }).click();
  await expect(own.nth(0)).toContainText('1 of 2 files');
  await expect(own.nth(1)).toContainText('other.bin');
});
