import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { download, signIn } from './support/account.ts';
import { expect, test } from './support/chromium.ts';
import { drop, makeFiles } from './support/drop-page.ts';
import { holdTimers } from './support/hold-timers.ts';
import { lockEntries } from './support/locked-entries.ts';
import { fromMenu } from './support/rows.ts';
import { startSite } from './support/site.ts';

const rows = (page: Page) => page.getByRole('main').getByRole('listitem');
const finished = /Done|just now/;

async function linkOf(page: Page, name: string): Promise<string> {
  const row = rows(page).filter({ hasText: name }).filter({ hasText: finished });
  return (await row.getByRole('link').getAttribute('href')) ?? '';
}

test('files that are chosen in the popup become one link', async ({ extension, server }) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const chooser = popup.waitForEvent('filechooser');
  await popup.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles([
    { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('first') },
    { name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('second') },
  ]);
  const link = await linkOf(popup, 'one.txt');
  expect((await download(server, link)).toString()).toBe('first');
  await expect(rows(popup)).toHaveCount(1);
  await expect(popup.getByRole('heading', { name: 'In progress' })).toBeHidden();
  await expect(popup.getByText('2 files')).toBeVisible();
});

test('files are sent although the popup closes as soon as they are chosen', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  // Chromium on Linux closes the popup when its file dialog is confirmed.
  await popup.evaluate(() =>
    document.querySelector('input[type=file]')?.addEventListener('change', () => window.close()),
  );
  const closed = popup.waitForEvent('close');
  await popup
    .locator('input[type=file]')
    .setInputFiles({ name: 'kept.txt', mimeType: 'text/plain', buffer: Buffer.from('kept') })
    .catch(() => undefined);
  await closed;
  const again = await extension.open();
  expect((await download(server, await linkOf(again, 'kept.txt'))).toString()).toBe('kept');
});

test('a file that is dropped on the popup is shared', async ({ extension, server }, info) => {
  const file = info.outputPath('dropped.txt');
  writeFileSync(file, 'dropped');
  const popup = await extension.open();
  await signIn(popup, server);
  const cdp = await popup.context().newCDPSession(popup);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop', y = 150) =>
    cdp.send('Input.dispatchDragEvent', {
      type,
      x: 150,
      y,
      data: { items: [], files: [file], dragOperationsMask: 1 },
    });
  await drag('dragEnter');
  await drag('dragOver');
  await expect(popup.getByText('Drop to share')).toBeVisible();
  // On another element, which is entered and dropped on at once: nothing is dragged over it.
  await drag('drop', 20);
  expect((await download(server, await linkOf(popup, 'dropped.txt'))).toString()).toBe('dropped');
  await expect(popup.getByText('Drop to share')).toBeHidden();
});

test('what cannot be read of a folder is named in the popup, and the rest is shared', async ({
  extension,
  server,
}) => {
  const folder = await makeFiles({
    'tour/locked.txt': 'locked',
    'tour/notes.txt': 'notes',
    'tour/shut/inside.txt': 'never seen',
  });
  const popup = await extension.open();
  await signIn(popup, server);
  await lockEntries(popup, ['locked.txt', 'shut']);
  await drop(popup, [path.join(folder, 'tour')], { x: 150, y: 150 });
  const said = popup.locator('.left-out');
  await expect(said).toHaveText(/^Left out: (locked\.txt, shut|shut, locked\.txt)\.$/);
  expect((await download(server, await linkOf(popup, 'tour'))).toString()).toBe('notes');
});

test('a picture that is pasted into the popup is shared', async ({ extension, server }) => {
  const site = await startSite();
  const popup = await extension.open();
  await signIn(popup, server);
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'], {
    origin: site.origin,
  });
  await page.evaluate(async () => {
    const picture = await (await fetch('/cat.png')).blob();
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  });
  await popup.bringToFront();
  await popup.keyboard.press('Control+V');
  const bytes = await download(server, await linkOf(popup, 'image.png'));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  await site.stop();
});

test('the upload tab takes files as the popup does', async ({ extension, server }) => {
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  await tab
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'tab.txt', mimeType: 'text/plain', buffer: Buffer.from('tab') });
  expect((await download(server, await linkOf(tab, 'tab.txt'))).toString()).toBe('tab');
});

test('a share is deleted after a moment in which it can be brought back', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  await popup
    .locator('input[type=file]')
    .setInputFiles({ name: 'gone.txt', mimeType: 'text/plain', buffer: Buffer.from('gone') });
  const link = await linkOf(popup, 'gone.txt');
  // A menu closes when its share becomes one of the recent ones.
  await expect(popup.getByRole('link', { name: 'Open gone.txt' })).toBeVisible();
  const goOn = await holdTimers(await extension.worker());
  await fromMenu(popup, 'gone.txt', 'Delete');
  await expect(popup.getByText('Deleted gone.txt')).toBeVisible();
  await popup.getByRole('button', { name: 'Undo: gone.txt' }).click();
  await goOn();
  await expect(popup.getByRole('link', { name: 'Open gone.txt' })).toBeVisible();
  expect((await download(server, link)).toString()).toBe('gone');

  await fromMenu(popup, 'gone.txt', 'Delete');
  // It is carried out although the popup is closed.
  await popup.close();
  await expect
    .poll(
      () =>
        download(server, link).then(
          () => 'there',
          () => 'gone',
        ),
      { timeout: 15_000 },
    )
    .toBe('gone');
  const again = await extension.open();
  await expect(again.getByText('Nothing yet')).toBeVisible();
});

test('the button copies the link of a share', async ({ extension, server }) => {
  const site = await startSite();
  const popup = await extension.open();
  await signIn(popup, server);
  await popup
    .locator('input[type=file]')
    .setInputFiles({ name: 'copy.txt', mimeType: 'text/plain', buffer: Buffer.from('copy') });
  const link = await linkOf(popup, 'copy.txt');
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  await extension.clipboard(page);
  await page.evaluate(() => navigator.clipboard.writeText('something else'));
  await popup.bringToFront();
  await popup.getByRole('button', { name: 'Copy link to copy.txt' }).click();
  await expect(popup.getByRole('status').filter({ hasText: 'Link copied' })).toBeAttached();
  await expect.poll(() => extension.clipboard(page)).toBe(link);
  await site.stop();
});

test('files wait while the server is down, and go ahead when it is back', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  // They would go ahead without the click.
  await holdTimers(await extension.worker());
  await server.kill();
  await popup
    .locator('input[type=file]')
    .setInputFiles({ name: 'later.txt', mimeType: 'text/plain', buffer: Buffer.from('later') });
  await expect(popup.getByText('No connection. Trying again in')).toBeVisible({
    timeout: 30_000,
  });
  await server.restart();
  await rows(popup).getByRole('button', { name: 'Try now' }).click();
  expect((await download(server, await linkOf(popup, 'later.txt'))).toString()).toBe('later');
});

test('a small file that was not sent goes on by itself after a crash of the browser', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  await server.kill();
  await popup
    .locator('input[type=file]')
    .setInputFiles({ name: 'small.txt', mimeType: 'text/plain', buffer: Buffer.from('small') });
  await expect(rows(popup).filter({ hasText: 'small.txt' })).toBeVisible();
  await extension.crash();
  await server.restart();
  await extension.start();
  const again = await extension.open();
  expect((await download(server, await linkOf(again, 'small.txt'))).toString()).toBe('small');
});

test('a large file that was not sent is asked for again after a crash of the browser', async ({
  extension,
  server,
}, info) => {
  const file = info.outputPath('large.bin');
  writeFileSync(file, Buffer.alloc(65 * 1024 * 1024, 'x'));
  const popup = await extension.open();
  await signIn(popup, server);
  await server.kill();
  await popup.locator('input[type=file]').setInputFiles(file);
  await expect(rows(popup).filter({ hasText: 'large.bin' })).toBeVisible();
  await extension.crash();
  await server.restart();
  await extension.start();
  const again = await extension.open();
  await expect(again.getByText('The browser was closed before this was finished.')).toBeVisible();
  const chooser = again.waitForEvent('filechooser');
  await again.getByRole('button', { name: 'Choose again' }).click();
  await (await chooser).setFiles(file);
  expect((await download(server, await linkOf(again, 'large.bin'))).length).toBe(65 * 1024 * 1024);
});
