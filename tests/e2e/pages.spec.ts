import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { texts } from '../../src/server/pages/texts.ts';
import { drawPhoto, film, pdf, tone } from './support/media.ts';
import { expect, put, SlowUpload, test } from './support/visitor.ts';

const isDrawn = (picture: Locator) =>
  expect
    .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(0);

const canPlay = (player: Locator) =>
  expect
    .poll(() => player.evaluate((media: HTMLMediaElement) => media.readyState))
    .toBeGreaterThan(0);

async function savedBy(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

let errors: string[] = [];
test.beforeEach(({ page }) => {
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(message.text());
  });
});
test.afterEach(() => expect(errors).toEqual([]));

test.describe('the page of a share', () => {
  test('shows who shared what, and leads to each file', async ({ page, share }) => {
    await put(share, 'lake.png', await drawPhoto());
    await put(share, 'notes.txt', Buffer.from('Remember the tent.'));
    await page.goto(share.url);

    await expect(page).toHaveTitle(/Summer 2025/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Summer 2025');
    await expect(page.locator('.facts')).toContainText('2 files');
    await expect(page.locator('.facts')).toContainText('Shared by Anna');
    await isDrawn(page.locator('.thumb img'));
    await page.getByRole('link', { name: 'notes.txt', exact: true }).click();
    await expect(page.getByText('Remember the tent.')).toBeVisible();
    await page.getByRole('link', { name: 'Summer 2025' }).click();
    await expect(page).toHaveURL(share.url);
  });

  test('gives each file, and all of them in one archive', async ({ page, share }) => {
    const photo = await drawPhoto();
    await put(share, 'lake.png', photo);
    await page.goto(share.url);
    await expect(page.getByRole('link', { name: 'Download all' })).toBeHidden();

    await put(share, 'notes.txt', Buffer.from('Remember the tent.'));
    await page.reload();
    const one = await savedBy(page, page.getByRole('link', { name: 'Download lake.png' }));
    expect(one.name).toBe('lake.png');
    expect(one.bytes.equals(photo)).toBe(true);
    const all = await savedBy(page, page.getByRole('link', { name: 'Download all' }));
    expect(all.name).toBe('Summer 2025.zip');
    expect(all.bytes.subarray(0, 2).toString()).toBe('PK');
    expect(all.bytes.includes(photo)).toBe(true);
  });

  test('fills by itself while files arrive', async ({ page, share }) => {
    await page.goto(share.url);
    await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();
    await put(share, 'notes.txt', Buffer.from('Remember the tent.'));
    await expect(page.getByRole('link', { name: 'notes.txt', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
  });

  test('says when its owner has taken it back', async ({ page, share }) => {
    await share.destroy();
    expect((await page.goto(share.url))?.status()).toBe(410);
    await expect(page.getByRole('heading', { name: 'This share was removed' })).toBeVisible();
  });
});

test.describe('the page of a file', () => {
  test('shows a picture and gives the original', async ({ page, share }) => {
    const photo = await drawPhoto();
    const file = await put(share, 'lake at dusk.png', photo);
    await page.goto(file.url);
    await isDrawn(page.getByRole('img', { name: 'Preview of lake at dusk.png' }));
    const saved = await savedBy(page, page.getByRole('link', { name: 'Download' }));
    expect(saved.name).toBe('lake at dusk.png');
    expect(saved.bytes.equals(photo)).toBe(true);
    expect((await file.refresh()).downloads).toBe(1);
  });

  test('says so where the browser cannot show what it is', async ({ page, share }) => {
    const file = await put(share, 'broken.png', Buffer.from('no picture at all'));
    await page.goto(file.url);
    await expect(page.getByText(texts.cannotShow)).toBeVisible();
    await expect(page.getByRole('link', { name: 'Download' })).toBeVisible();
  });

  test('plays a video', async ({ page, share, server }) => {
    await page.goto(server.origin);
    const file = await put(share, 'waves.webm', await film(page));
    await page.goto(file.url);
    await canPlay(page.locator('video'));
  });

  test('plays a sound', async ({ page, share }) => {
    const file = await put(share, 'a440.wav', tone());
    await page.goto(file.url);
    await canPlay(page.locator('audio'));
  });

  test('shows a PDF', async ({ page, share }) => {
    const file = await put(share, 'paper.pdf', pdf());
    const shown = page.waitForResponse(
      (response) => response.headers()['content-type'] === 'application/pdf',
    );
    await page.goto(file.url);
    expect((await shown).status()).toBe(200);
    await expect(page.getByTitle('Preview of paper.pdf')).toBeVisible();
  });

  test('shows the beginning of a long text', async ({ page, share }) => {
    const file = await put(share, 'war.txt', Buffer.from('Well, Prince.\n'.repeat(10_000)));
    await page.goto(file.url);
    const preview = page.getByRole('region', { name: 'Preview of war.txt' });
    await expect(preview).toContainText('Well, Prince.');
    await expect(page.getByText('are shown. Download the file for all.')).toBeVisible();
    expect((await preview.innerText()).length).toBeLessThanOrEqual(64 * 1024);
  });

  test('says calmly that there is no preview', async ({ page, share }) => {
    const file = await put(share, 'backup.bin', Buffer.alloc(2_500_000));
    await page.goto(file.url);
    await expect(page.getByText(texts.noPreview)).toBeVisible();
    await expect(page.getByText('2.5 MB')).toBeVisible();
  });

  test('copies its link', async ({ page, context, share }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const file = await put(share, 'notes.txt', Buffer.from('hello'));
    await page.goto(file.url);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByRole('status')).toHaveText('Link copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(file.url);
  });

  test('says that it was removed, and keeps no bytes', async ({ page, share, request }) => {
    const file = await put(share, 'notes.txt', Buffer.from('hello'));
    await file.destroy();
    expect((await page.goto(file.url))?.status()).toBe(410);
    await expect(page.getByRole('heading', { name: 'This file was removed' })).toBeVisible();
    expect((await request.get(file.blobUrl())).status()).toBe(404);
  });
});

test.describe('an upload that is under way', () => {
  test('shows its progress, then the picture, without a hand on the page', async ({
    page,
    share,
  }) => {
    const photo = await drawPhoto();
    const half = Math.floor(photo.length / 2);
    const file = await share.createFile({ filename: 'lake.png' });
    await page.goto(file.url);
    await expect(page.getByRole('heading', { name: 'Waiting for the sender' })).toBeVisible();

    const upload = new SlowUpload(file, photo);
    upload.begin(half);
    await expect(page.getByRole('heading', { name: 'On its way' })).toBeVisible();
    const bar = page.getByRole('progressbar', { name: 'lake.png' });
    await expect(bar).toHaveJSProperty('value', half);
    await expect(bar).toHaveJSProperty('max', photo.length);
    await expect(page.getByText(/MB of .* MB/)).toBeVisible();

    expect(await upload.finish(half)).toBe(200);
    await isDrawn(page.getByRole('img', { name: 'Preview of lake.png' }));
    const saved = await savedBy(page, page.getByRole('link', { name: 'Download' }));
    expect(saved.bytes.equals(photo)).toBe(true);
  });

  test('can be downloaded before it has ended', async ({ page, share }) => {
    const photo = await drawPhoto();
    const file = await share.createFile({ filename: 'lake.png' });
    const upload = new SlowUpload(file, photo);
    upload.begin(1000);
    await expect.poll(async () => (await file.refresh()).state).toBe('uploading');
    await page.goto(file.url);
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Start the download' }).click();
    const download = await started;
    await upload.finish(1000);
    expect((await readFile(await download.path())).equals(photo)).toBe(true);
  });

  test('that breaks off leaves the page waiting for the sender', async ({ page, share }) => {
    const file = await share.createFile({ filename: 'lake.png' });
    const upload = new SlowUpload(file, Buffer.alloc(1_000_000));
    upload.begin(1000);
    await page.goto(file.url);
    await expect(page.getByRole('heading', { name: 'On its way' })).toBeVisible();
    upload.breakOff();
    await expect(page.getByRole('heading', { name: 'Waiting for the sender' })).toBeVisible();
  });

  test('that is taken back says so on the open page', async ({ page, share }) => {
    const file = await share.createFile({ filename: 'lake.png' });
    await page.goto(file.url);
    await expect(page.getByRole('heading', { name: 'Waiting for the sender' })).toBeVisible();
    await file.destroy();
    await expect(page.getByRole('heading', { name: 'This file was removed' })).toBeVisible();
  });
});

test('an address that nobody has shared gets a page of its own', async ({ page, server }) => {
  for (const path of ['/zzzzzz', '/zzzzzz/v/0', '/no/such/place']) {
    expect((await page.goto(server.origin + path))?.status()).toBe(404);
    await expect(
      page.getByRole('heading', { name: 'There is nothing at this address' }),
    ).toBeVisible();
  }
});

test('what pages are made of may be kept for good', async ({ page, server, request }) => {
  const style = page.waitForResponse((response) => response.url().includes('.css?'));
  await page.goto(server.origin);
  const url = (await style).url();
  const { 'cache-control': cache, etag = '' } = (await style).headers();
  expect(cache).toContain('immutable');
  const again = await request.get(url, { headers: { 'If-None-Match': etag } });
  expect(again.status()).toBe(304);
  expect((await request.get(`${server.origin}/assets/..%2fcli.js`)).status()).toBe(404);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('pages show the same, and downloads work', async ({ page, share }) => {
    const photo = await drawPhoto();
    const file = await put(share, 'lake.png', photo);
    await page.goto(file.url);
    await expect(page.getByRole('img', { name: 'Preview of lake.png' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy link' })).toBeHidden();
    const saved = await savedBy(page, page.getByRole('link', { name: 'Download' }));
    expect(saved.bytes.equals(photo)).toBe(true);
  });
});
