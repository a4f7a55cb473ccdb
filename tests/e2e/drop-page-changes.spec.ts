import path from 'node:path';
import { englishTexts as texts } from '../../src/sdk/drop/texts.ts';
import { download } from './support/account.ts';
import {
  alarmed,
  checkLook,
  drop,
  linkOf,
  makeFiles,
  said,
  signIn,
  throttle,
} from './support/drop-page.ts';
import { expect, test } from './support/visitor.ts';

const nameOf = (link: string | null) => link?.split('/').at(-1) ?? '';

test('a title is changed in place with the keyboard, from the first second on', async ({
  page,
  server,
  owner,
}) => {
  const folder = await makeFiles({ 'film.bin': Buffer.alloc(2_000_000, 7) });
  await signIn(page, server.origin);
  const release = await throttle(page);
  await drop(page, [path.join(folder, 'film.bin')]);
  await expect(linkOf(page)).toBeVisible();
  const rename = page.getByRole('button', { name: texts.rename('film.bin') });
  await rename.press('Enter');
  const field = page.getByLabel(texts.title);
  await expect(field).toHaveValue('film.bin');
  await field.fill('nothing of this');
  await field.press('Escape');
  await expect(rename).toBeFocused();

  await rename.press('Enter');
  await field.fill('Summer 2025');
  await field.press('Enter');
  await expect(said(page)).toHaveText(texts.renamed('Summer 2025'));
  await expect(page.getByRole('button', { name: texts.rename('Summer 2025') })).toBeFocused();
  const share = await owner.shares.get(nameOf(await linkOf(page).getAttribute('href')));
  expect(share.title).toBe('Summer 2025');
  await release();
  await expect(page.getByText('Shared · 1 file')).toBeVisible({ timeout: 30_000 });
});

test('a title that the server does not take is what it was before', async ({ page, server }) => {
  const folder = await makeFiles({ 'notes.txt': 'hello' });
  await signIn(page, server.origin);
  await drop(page, [path.join(folder, 'notes.txt')]);
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
  await server.kill();
  await page.getByRole('button', { name: texts.rename('notes.txt') }).click();
  await page.getByLabel(texts.title).fill('Other');
  await page.getByLabel(texts.title).press('Enter');
  await expect(alarmed(page)).toHaveText(texts.notRenamed('notes.txt'));
  await expect(page.getByRole('button', { name: texts.rename('notes.txt') })).toBeVisible();
  await server.restart();
});

test('one file of a share is left out, taken up again by Ctrl+Z, and left out for good', async ({
  page,
  server,
  owner,
}) => {
  const folder = await makeFiles({
    'film.bin': Buffer.alloc(6_000_000, 7),
    'song.bin': Buffer.alloc(6_000_000, 8),
    'text.bin': Buffer.alloc(300_000, 9),
  });
  await signIn(page, server.origin);
  const release = await throttle(page);
  await drop(
    page,
    ['film.bin', 'song.bin', 'text.bin'].map((name) => path.join(folder, name)),
  );
  await page.locator('summary', { hasText: texts.fileCount(3) }).click();
  const leaveOut = page.getByRole('button', { name: texts.cancelFile('song.bin') });
  await leaveOut.click();
  await expect(page.getByText(texts.fileCancelled('song.bin')).first()).toBeVisible();
  await expect(page.getByRole('button', { name: texts.undoFile('song.bin') })).toBeFocused();
  await page.keyboard.press('Control+Z');
  await expect(leaveOut).toBeFocused();

  await leaveOut.click();
  await page.getByRole('button', { name: texts.undoFile('song.bin') }).blur();
  await page.mouse.move(0, 0);
  await expect(page.getByRole('button', { name: texts.undoFile('song.bin') })).toHaveCount(0, {
    timeout: 15_000,
  });
  await release();
  await expect(page.getByText('Shared · 2 files')).toBeVisible({ timeout: 30_000 });
  const share = await owner.shares.get(nameOf(await linkOf(page).getAttribute('href')));
  const stored = share.files.filter(({ state }) => state === 'uploaded');
  expect(stored.map(({ filename }) => filename).sort()).toEqual(['film.bin', 'text.bin']);
});

test('a cancelled share is taken up again by Ctrl+Z, but not while a title is typed', async ({
  page,
  server,
}) => {
  const folder = await makeFiles({ 'film.bin': Buffer.alloc(5_000_000, 7), 'notes.txt': 'hello' });
  await signIn(page, server.origin);
  await drop(page, [path.join(folder, 'notes.txt')]);
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
  const release = await throttle(page);
  await drop(page, [path.join(folder, 'film.bin')]);
  await page.getByRole('button', { name: texts.cancelTitle('film.bin') }).click();
  // The pointer stays on the cancelled share, which waits for it.
  await page.getByRole('button', { name: texts.rename('notes.txt') }).press('Enter');
  await page.keyboard.press('Control+Z');
  await expect(page.getByText(texts.cancelled).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Z');
  await expect(page.getByRole('progressbar', { name: 'film.bin' })).toBeVisible();
  await release();
  await expect(page.getByText('Shared · 1 file')).toHaveCount(2, { timeout: 30_000 });
  const link = await linkOf(page).first().getAttribute('href');
  expect((await download(server, link ?? '')).length).toBe(5_000_000);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('many files are asked about before they are shared', async ({ page, server, owner }) => {
      const names = Array.from({ length: 101 }, (_, i) => `tour/${i}.txt`);
      const folder = await makeFiles(Object.fromEntries(names.map((name) => [name, 'a note'])));
      await signIn(page, server.origin);
      await drop(page, [path.join(folder, 'tour')]);
      const question = page.getByText(texts.shareMany(101, 606)).first();
      await expect(question).toBeVisible();
      await expect(page.getByRole('button', { name: texts.share, exact: true })).toBeFocused();
      await checkLook(page, `question-${colorScheme}`);
      await page.getByRole('button', { name: texts.notNow }).click();
      await expect(linkOf(page)).toHaveCount(0);

      await drop(page, [path.join(folder, 'tour')]);
      await expect(page.getByRole('button', { name: texts.share, exact: true })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByText('Shared · 101 files')).toBeVisible({ timeout: 30_000 });
      const share = await owner.shares.get(nameOf(await linkOf(page).getAttribute('href')));
      expect(share.files.length).toBe(101);
    });
  });
}

test('files whose announcement was answered into the void are there once after another try', async ({
  page,
  server,
  owner,
}) => {
  const folder = await makeFiles({ 'a.txt': 'first', 'b.txt': 'second' });
  await signIn(page, server.origin);
  const before = (await owner.me()).files;
  await page.route(
    '**/1/files/*/create*',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await drop(page, [path.join(folder, 'a.txt'), path.join(folder, 'b.txt')]);
  await page.getByRole('button', { name: texts.tryAgain }).click();
  await expect(page.getByText('Shared · 2 files')).toBeVisible();
  const share = await owner.shares.get(nameOf(await linkOf(page).getAttribute('href')));
  const files = share.files.map(({ filename, state }) => `${filename} ${state}`);
  expect(files.toSorted()).toEqual(['a.txt uploaded', 'b.txt uploaded']);
  expect((await owner.me()).files - before).toBe(2);
});
