import { GettClient } from '../../src/sdk/index.ts';
import { startServer } from '../support/server.ts';
import { USER } from './support/account.ts';
import { drawPhoto } from './support/media.ts';
import { expect, put, SlowUpload, test } from './support/visitor.ts';

test('what cannot be shown says so instead of looking broken', async ({ page, share }) => {
  const junk = Buffer.from('neither a picture nor a film');
  for (const filename of ['broken.png', 'broken.webp', 'broken.mp4', 'broken.mp3']) {
    const file = await put(share, filename, junk);
    await page.goto(file.url);
    await expect(page.getByText('This file cannot be shown here.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Download' })).toBeVisible();
  }
  await page.goto(share.url);
  await expect(page.locator('.thumb .icon')).toHaveCount(4);
  await expect(page.locator('.thumb img')).toHaveCount(0);
});

test('an open page gets over a crash of the server', async ({ page, share, server }) => {
  const photo = await drawPhoto();
  const file = await share.createFile({ filename: 'lake.png' });
  const upload = new SlowUpload(file, photo);
  upload.begin(1000);
  await page.goto(file.url);
  await expect(page.getByRole('progressbar')).toHaveJSProperty('value', 1000);

  await server.kill();
  await server.restart();
  // Browsers wait some seconds before they connect again.
  await expect(page.getByRole('heading', { name: 'Waiting for the sender' })).toBeVisible({
    timeout: 30_000,
  });
  await file.send(new Blob([new Uint8Array(photo)]));
  await expect(page.getByRole('img', { name: 'Preview of lake.png' })).toBeVisible();
});

test('an open page does not keep the server from stopping', async ({ page }) => {
  const server = await startServer();
  await server.addUser(USER);
  const owner = new GettClient({ baseUrl: server.baseUrl });
  await owner.signIn(USER);
  const share = await owner.shares.create();
  const file = await share.createFile({ filename: 'lake.png' });
  const connected = page.waitForResponse((response) => response.url().endsWith('/progress'));
  await page.goto(file.url);
  await connected;
  const begin = Date.now();
  await server.stop();
  // The server itself would wait half a minute for requests that do not end.
  expect(Date.now() - begin).toBeLessThan(10_000);
});

test('a share that is taken back takes its open pages along', async ({ page, share }) => {
  const file = await share.createFile({ filename: 'lake.png' });
  const upload = new SlowUpload(file, Buffer.alloc(1_000_000));
  upload.begin(1000);
  await page.goto(file.url);
  await expect(page.getByRole('progressbar')).toHaveJSProperty('value', 1000);
  await share.destroy();
  await expect(page.getByRole('heading', { name: 'This share was removed' })).toBeVisible();
});

test('an address that refuses to tell the progress is asked again', async ({ page, share }) => {
  const photo = await drawPhoto();
  const file = await share.createFile({ filename: 'lake.png' });
  await page.route('**/progress', (route) => route.fulfill({ status: 502 }));
  await page.goto(file.url);
  await file.send(new Blob([new Uint8Array(photo)]));
  await expect(page.getByRole('img', { name: 'Preview of lake.png' })).toBeVisible();
});

test('focus stays where it was when more files arrive', async ({ page, share }) => {
  await put(share, 'first.txt', Buffer.from('one'));
  const running = await share.createFile({ filename: 'second.txt' });
  const upload = new SlowUpload(running, Buffer.from('two, three'));
  upload.begin(3);
  await expect.poll(async () => (await running.refresh()).state).toBe('uploading');
  await page.goto(share.url);
  const download = page.getByRole('link', { name: 'Download first.txt' });
  await download.focus();
  await upload.finish(3);
  await expect(page.getByRole('link', { name: 'Download all' })).toBeVisible();
  await expect(download).toBeFocused();
});

test('a link is copied on servers without https too', async ({ page, context, share }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const file = await put(share, 'notes.txt', Buffer.from('hello'));
  await page.goto(file.url);
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('status')).toHaveText('Link copied');
  await page.reload();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(file.url);
});

test('a long name is whole for those who hear it', async ({ page, share }) => {
  const filename = 'field recording of the harbour in the early morning.txt';
  await put(share, filename, Buffer.from('hello'));
  await page.goto(share.url);
  await expect(page.getByRole('link', { name: filename, exact: true })).toBeVisible();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a page that waits is asked for again by the browser', async ({ page, share }) => {
    const file = await share.createFile({ filename: 'lake.png' });
    await page.goto(file.url);
    await expect(page.getByRole('heading', { name: 'Waiting for the sender' })).toBeVisible();
    await file.send(new Blob([new Uint8Array(await drawPhoto())]));
    await expect(page.getByRole('img', { name: 'Preview of lake.png' })).toBeVisible();
  });
});
