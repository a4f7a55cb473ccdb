import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { GettClient } from '../../src/sdk/index.ts';
import { startServer } from '../support/server.ts';
import { BEN, fillSignIn, signIn, USER } from './support/account.ts';
import { expect, test } from './support/chromium.ts';
import { choose, MB, makeFilm } from './support/films.ts';

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
  await expect(row).toContainText('Files over 2 GB cannot be shared here. This one has 10 GB.');
  // Nothing that could be deleted would help.
  await expect(popup.getByRole('button', { name: 'Free up space' })).toBeHidden();
  expect(await extension.badge()).toBe('!');
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(USER);
  expect((await gett.me()).storage.used).toBe(0);

  // A notice about it leads here.
  const batch = await row.getAttribute('data-batch');
  const tab = await extension.context.newPage();
  await tab.goto(`chrome-extension://${extension.id}/share.html#row=${batch}`);
  await expect(tab.getByRole('button', { name: 'Remove', exact: true })).toBeFocused();
});

test('a file that cannot be shared is left out, and the others of its share are not', async ({
  extension,
  server,
}, info) => {
  const ben = ['user', 'add', BEN.email, '--name', BEN.name, '--password-stdin'];
  await server.cli([...ben, '--storage-limit', String(1 * MB)], { input: `${BEN.password}\n` });
  const popup = await extension.open();
  await signIn(popup, server, BEN);
  const [notes, film] = [makeFilm(info, 'notes.bin', 1_000), makeFilm(info, 'film.bin', 2 * MB)];
  await choose(popup, notes, film);
  const row = popup.getByRole('main').locator('[data-batch]');
  await expect(row).toContainText('film.bin Files over 1 MB cannot be shared here.');
  await row.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(popup.getByRole('link', { name: 'Open notes.bin' })).toBeVisible();
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(BEN);
  const names = async () => {
    const found = [];
    for await (const { files } of gett.shares.list()) found.push(...files.map((f) => f.filename));
    return found;
  };
  // At the service it is taken out after it has left the row.
  await expect.poll(names).toEqual(['notes.bin']);
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

test('a sign-in that the browser has no room to keep says so, and works once there is some', async ({
  extension,
  server,
}) => {
  await extension.open();
  await extension.restart();
  const origin = `chrome-extension://${extension.id}`;
  const quiet = await extension.context.newPage();
  await quiet.goto(`${origin}/manifest.json`);
  const devtools = await extension.context.newCDPSession(quiet);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const popup = await extension.open();
  await fillSignIn(popup, server.origin);
  const words =
    'This computer has no room left to keep the sign-in. Free up disk space, then try again.';
  await expect(popup.getByRole('main').getByText(words)).toBeVisible();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await popup.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(popup.getByRole('button', { name: 'Choose files' })).toBeVisible();
});

test('whoever has no room left is led to where there is more, if the server names a place', async ({
  extension,
}) => {
  const more = 'https://example.org/storage?from=gett';
  const limits = ['--storage-limit', String(1 * MB), '--more-storage', more];
  const server = await startServer({ args: limits });
  await server.addUser(USER);
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(USER);
  await gett.upload([new File([new Uint8Array(1 * MB)], 'old.bin')]).done;
  const popup = await extension.open();
  await signIn(popup, server);
  const banner = popup.locator('.banner');
  await expect(banner).toContainText('Your 1 MB are full.');
  const link = banner.getByRole('link', { name: 'More storage' });
  await expect(link).toHaveAttribute('href', more);
  await server.stop();
});
