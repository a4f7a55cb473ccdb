import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { englishTexts as texts } from '../../src/sdk/drop/texts.ts';
import { GettClient } from '../../src/sdk/index.ts';
import { texts as pageTexts } from '../../src/server/pages/texts.ts';
import { download, USER } from './support/account.ts';
import {
  alarmed,
  checkLook,
  chooseFiles,
  drag,
  drop,
  fillSignIn,
  linkOf,
  makeFiles,
  said,
  signIn,
  signInButton,
  throttle,
} from './support/drop-page.ts';
import { drawPhoto } from './support/media.ts';
import { expect, put, test } from './support/visitor.ts';

let errors: string[] = [];
test.beforeEach(({ page }) => {
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(message.text());
  });
});
test.afterEach(() => expect(errors).toEqual([]));

test('two dropped files get a link before they have arrived, and arrive whole', async ({
  page,
  server,
  owner,
}) => {
  const photo = await drawPhoto();
  const folder = await makeFiles({ 'lake.png': photo, 'notes.txt': 'Remember the tent.' });
  await signIn(page, server.origin);
  const release = await throttle(page);
  await drop(page, [path.join(folder, 'lake.png'), path.join(folder, 'notes.txt')]);

  await expect(linkOf(page)).toBeVisible();
  const link = (await linkOf(page).getAttribute('href')) ?? '';
  const share = await owner.shares.get(link.split('/').at(-1) ?? '');
  expect(share.title).toBe('lake.png');
  expect(share.files.find(({ filename }) => filename === 'lake.png')?.state).not.toBe('uploaded');
  await expect(page.getByRole('progressbar', { name: 'lake.png' })).toBeVisible();
  await expect(page.getByRole('img', { name: texts.qrCodeOf(link) })).toBeAttached();

  await release();
  await expect(page.getByText('Shared · 2 files')).toBeVisible({ timeout: 30_000 });
  expect((await download(server, link)).equals(await readFile(path.join(folder, 'lake.png')))).toBe(
    true,
  );
});

test('the link is copied by a click', async ({ page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const folder = await makeFiles({ 'notes.txt': 'hello' });
  await signIn(page, server.origin);
  await drop(page, [path.join(folder, 'notes.txt')]);
  // What is said of its end would soon take the place of what is said of the copy.
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
  await page.getByRole('button', { name: texts.copyLinkTo('notes.txt') }).click();
  await expect(said(page)).toHaveText(texts.copied);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await linkOf(page).getAttribute('href'));
});

test('what is dropped on an element that was entered just now is shared, and not opened', async ({
  page,
  server,
}) => {
  const folder = await makeFiles({ 'notes.txt': 'hello' });
  const files = [path.join(folder, 'notes.txt')];
  await signIn(page, server.origin);
  await drag(page, files, ['dragEnter', 'dragOver']);
  await drag(page, files, ['drop'], { x: 60, y: 30 });
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
  expect(page.context().pages()).toEqual([page]);
});

test('a folder becomes one share, whose names say where files were', async ({
  page,
  server,
  owner,
}) => {
  const folder = await makeFiles({
    'tour/day 1/lake.txt': 'a lake',
    'tour/notes.txt': 'notes',
    'tour/.DS_Store': 'left by a system',
  });
  await signIn(page, server.origin);
  await drop(page, [path.join(folder, 'tour')]);
  await expect(page.getByText('Shared · 2 files')).toBeVisible();
  const link = (await linkOf(page).getAttribute('href')) ?? '';
  const share = await owner.shares.get(link.split('/').at(-1) ?? '');
  expect(share.title).toBe('tour');
  expect(share.files.map(({ filename }) => filename).sort()).toEqual([
    'day 1 – lake.txt',
    'notes.txt',
  ]);
});

test('files are chosen and shared with the keyboard alone', async ({ page, server }) => {
  const folder = await makeFiles({ 'notes.txt': 'hello' });
  await signIn(page, server.origin);
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(path.join(folder, 'notes.txt'));
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
  await expect(said(page)).toHaveText(texts.titleShared('notes.txt'));
});

test('a pasted picture is shared', async ({ page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, server.origin);
  await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob ?? '' })]);
  });
  await page.keyboard.press('Control+V');
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
});

test('a wrong password is said in one sentence, and the e-mail stays', async ({ page, server }) => {
  await page.goto(server.origin);
  await fillSignIn(page, { ...USER, password: 'wrong' });
  await expect(page.locator('#alarm')).toHaveText(pageTexts.wrongPassword);
  await expect(page.getByLabel('E-mail')).toHaveValue(USER.email);
  await expect(page.getByLabel('Password')).toBeFocused();
  await fillSignIn(page);
  await expect(chooseFiles(page)).toBeVisible();
});

test('what is dropped before the sign-in is shared after it', async ({ page, server }) => {
  const folder = await makeFiles({ 'notes.txt': 'hello' });
  await page.goto(server.origin);
  await expect(signInButton(page)).toBeVisible();
  await drop(page, [path.join(folder, 'notes.txt')]);
  await expect(page.getByText(pageTexts.signInForFiles(1))).toBeVisible();
  await fillSignIn(page);
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
});

test('a sign-in ends with the page, unless it was asked to stay', async ({ page, server }) => {
  await signIn(page, server.origin);
  await page.reload();
  await page.getByLabel(pageTexts.keepSignedIn).check();
  await fillSignIn(page);
  await expect(chooseFiles(page)).toBeVisible();
  await page.reload();
  await expect(chooseFiles(page)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(signInButton(page)).toBeVisible();
  await page.reload();
  await expect(signInButton(page)).toBeVisible();
});

test('a cancelled share can be taken up again, and is gone when it is not', async ({
  page,
  server,
  request,
}) => {
  const folder = await makeFiles({ 'film.bin': Buffer.alloc(3_000_000, 7) });
  await signIn(page, server.origin);
  await throttle(page);
  await drop(page, [path.join(folder, 'film.bin')]);
  const link = (await linkOf(page).getAttribute('href')) ?? '';
  const cancel = page.getByRole('button', { name: texts.cancelTitle('film.bin') });
  await cancel.click();
  await expect(page.getByText(texts.cancelled).first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  expect((await request.get(link)).status()).toBe(200);

  await cancel.click();
  await page.getByRole('button', { name: 'Undo' }).blur();
  await page.mouse.move(0, 0);
  await expect(linkOf(page)).toHaveCount(0, { timeout: 15_000 });
  await expect.poll(async () => (await request.get(link)).status()).toBe(410);
});

test('files that do not fit are refused with the numbers, and can be tried again', async ({
  page,
  server,
}) => {
  const email = 'small@example.com';
  const password = 'little room';
  const add = ['user', 'add', email, '--name', 'Small', '--storage-limit', '3000000'];
  await server.cli([...add, '--password-stdin'], { input: `${password}\n` });
  const small = new GettClient({ baseUrl: server.baseUrl });
  await small.signIn({ email, password });
  const filler = await small.shares.create();
  await put(filler, 'filler.bin', Buffer.alloc(2_000_000, 7));

  const folder = await makeFiles({ 'film.bin': Buffer.alloc(3_000_000, 7) });
  await page.goto(server.origin);
  await fillSignIn(page, { email, password });
  await expect(chooseFiles(page)).toBeVisible();
  await drop(page, [path.join(folder, 'film.bin')]);
  await expect(page.getByText('3 MB do not fit; 1 MB are free.').first()).toBeVisible();
  await filler.destroy();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
});

test('a server that is down keeps nobody from trying again', async ({ page, server }) => {
  const folder = await makeFiles({ 'notes.txt': 'hello' });
  await signIn(page, server.origin);
  await server.kill();
  await drop(page, [path.join(folder, 'notes.txt')]);
  await expect(alarmed(page)).toHaveText(texts.serverDown);
  await server.restart();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what it is and why nothing can be dropped', async ({ page, server }) => {
    await page.goto(server.origin);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(pageTexts.landingTitle);
    await expect(page.getByText(pageTexts.dropNeedsScript)).toBeVisible();
    await expect(signInButton(page)).toBeHidden();
  });
});

test('pages of every origin may use the SDK of the server', async ({ server, request }) => {
  const url = `${server.origin}/sdk/gett-sdk.js`;
  const answer = await request.get(url);
  const { etag = '', ...headers } = answer.headers();
  expect(headers['content-type']).toContain('javascript');
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(await answer.text()).toContain('GettClient');
  const again = await request.get(url, { headers: { 'If-None-Match': etag } });
  expect(again.status()).toBe(304);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('every state is accessible, down to 320 pixels', async ({ page, server }) => {
      test.setTimeout(240_000);
      const check = (state: string) => checkLook(page, `${state}-${colorScheme}`);
      const long = `${'a very long name '.repeat(8)}report.bin`;
      const folder = await makeFiles({
        'notes.txt': 'hello',
        [long]: Buffer.alloc(20_000_000, 7),
        // Still on its way when everything else has been looked at.
        'tape.bin': Buffer.alloc(150_000_000, 7),
        'lake.png': await drawPhoto(400, 300),
      });
      const [notes, film, lake, tape] = ['notes.txt', long, 'lake.png', 'tape.bin'].map((name) =>
        path.join(folder, name),
      ) as [string, string, string, string];
      await page.goto(server.origin);
      await expect(signInButton(page)).toBeVisible();
      await check('signed out');
      await fillSignIn(page, { ...USER, password: 'wrong' });
      await expect(page.locator('#alarm')).toHaveText(pageTexts.wrongPassword);
      await check('wrong password');
      await fillSignIn(page);
      await expect(chooseFiles(page)).toBeVisible();
      await check('empty');
      await drag(page, [notes, film], ['dragEnter', 'dragOver']);
      await expect(page.getByText(texts.dropToShare(2))).toBeVisible();
      await check('dragging');
      await drop(page, [notes]);
      await expect(page.getByText('Shared · 1 file')).toBeVisible();
      await check('done');
      const release = await throttle(page);
      await drop(page, [film, lake, tape]);
      await expect(linkOf(page)).toHaveCount(2);
      await check('sending');
      await page
        .locator('summary', { hasText: texts.fileCount(3) })
        .first()
        .click();
      await page.getByRole('button', { name: /^Leave out a very/ }).click();
      await page.getByRole('button', { name: /^Rename a very/ }).click();
      await expect(page.getByLabel(texts.title)).toBeFocused();
      await check('renaming, one file left out');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Cancel/ }).click();
      await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible();
      await check('cancelled');
      await release();
      await page.context().setOffline(true);
      await drop(page, [notes]);
      await expect(page.getByRole('button', { name: texts.tryAgain, exact: true })).toBeVisible();
      await check('failed');
      await page.context().setOffline(false);
    });
  });
}
