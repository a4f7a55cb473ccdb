import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { GettClient } from '../../src/sdk/index.ts';
import { signIn, USER } from './support/account.ts';
import { expect, test } from './support/chromium.ts';

const GB = 1_000_000_000;

test('of a file that is far too large, both figures are told before a byte is sent', async ({
  extension,
  server,
}, info) => {
  const file = info.outputPath('whole-disk.img');
  mkdirSync(path.dirname(file), { recursive: true });
  // It has its size, and takes no room.
  const handle = openSync(file, 'w');
  ftruncateSync(handle, 10 * GB);
  closeSync(handle);
  const popup = await extension.open();
  await signIn(popup, server);
  await popup.locator('input[type=file]').first().setInputFiles(file);
  await expect(popup.getByText('Share 1 file of 10 GB?')).toBeVisible();
  await popup.getByRole('button', { name: 'Share', exact: true }).click();
  const row = popup.getByRole('listitem').filter({ hasText: 'whole-disk.img' });
  await expect(row).toContainText(/10 GB do not fit; .+ are free\./);
  await expect(popup.getByRole('status').getByText('1 file is waiting.')).toBeVisible();
  await expect(popup.getByRole('button', { name: 'Free up space' })).toBeVisible();
  expect(await extension.badge()).toBe('!');
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(USER);
  expect((await gett.me()).storage.used).toBe(0);

  // A notice about it leads here.
  const batch = await row.getAttribute('data-batch');
  const tab = await extension.context.newPage();
  await tab.goto(`chrome-extension://${extension.id}/share.html#row=${batch}`);
  await expect(tab.getByRole('button', { name: 'Try again' })).toBeFocused();
});

test('a file without a byte is shared as it is, and that is said', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(0) });
  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles([file('notes.txt')]);
  await expect(popup.getByText('notes.txt is empty; it is shared as an empty file.')).toBeVisible();
  await expect(popup.getByRole('link', { name: 'Open notes.txt' })).toBeVisible();
  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles([file('one.txt'), file('two.txt')]);
  await expect(popup.getByText('2 files are empty; they are shared as empty files.')).toBeVisible();
});
