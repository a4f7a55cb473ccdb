import { randomFillSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Page, TestInfo } from '@playwright/test';
import { download, signIn } from './support/account.ts';
import { test as base, expect } from './support/chromium.ts';
import { type SlowServer, startSlowServer, stateOf } from './support/slow-server.ts';

const MB = 1_000_000;

const test = base.extend<{ slow: SlowServer }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  slow: async ({}, use) => {
    const slow = await startSlowServer();
    await use(slow);
    await slow.stop();
  },
});

/** A file that is larger than what the buffers between browser and server swallow at once. */
function makeFilm(info: TestInfo): { path: string; bytes: Buffer } {
  const path = info.outputPath('film.bin');
  const bytes = randomFillSync(Buffer.alloc(24 * MB));
  writeFileSync(path, bytes);
  return { path, bytes };
}

const row = (page: Page) => page.getByRole('listitem').filter({ hasText: 'film.bin' });

async function percent(page: Page): Promise<number> {
  return Number(await row(page).getByRole('progressbar').getAttribute('aria-valuenow'));
}

/** Waits until the bar stands further on than it did before. */
async function expectProgress(page: Page): Promise<void> {
  const before = await percent(page);
  await expect.poll(() => percent(page)).toBeGreaterThan(before);
  expect(await percent(page)).toBeLessThan(100);
}

async function linkOf(page: Page): Promise<string> {
  return (await row(page).getByRole('link').getAttribute('href')) ?? '';
}

test('the link can be copied and opened while its file is still on the way', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const film = makeFilm(info);
  const popup = await extension.open();
  await signIn(popup, uplink);
  uplink.pace(1 * MB);
  await popup.locator('input[type=file]').setInputFiles(film.path);
  const link = await linkOf(popup);
  await expectProgress(popup);
  expect(await stateOf(server, link)).toBe('uploading');

  const visitor = await extension.context.newPage();
  await visitor.goto(link);
  await expect.poll(() => extension.clipboard(visitor)).toBe(link);
  await expect(visitor.getByText('film.bin').first()).toBeVisible();
  const early = download(server, link);
  await popup.bringToFront();
  await expectProgress(popup);
  expect(await stateOf(server, link)).toBe('uploading');

  uplink.pace(Infinity);
  expect((await early).equals(film.bytes)).toBe(true);
  await expect(row(popup)).toContainText(/Done|just now/);
  expect(await stateOf(server, link)).toBe('uploaded');
});

test('an upload goes on to its end although the worker is stopped in the middle of it', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const film = makeFilm(info);
  const popup = await extension.open();
  await signIn(popup, uplink);
  uplink.pace(1 * MB);
  await popup.locator('input[type=file]').setInputFiles(film.path);
  const link = await linkOf(popup);
  await expectProgress(popup);

  await extension.stopWorker();
  await expectProgress(popup);
  expect(await extension.workerRuns()).toBe(false);
  expect(await stateOf(server, link)).toBe('uploading');

  uplink.pace(Infinity);
  await expect(row(popup)).toContainText(/Done|just now/);
  expect((await download(server, link)).equals(film.bytes)).toBe(true);
  await expect(popup.getByRole('heading', { name: 'Recent' })).toBeVisible();
  await expect.poll(() => extension.badge()).toBe('');
});
