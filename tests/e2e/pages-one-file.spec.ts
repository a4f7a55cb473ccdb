import { drawPhoto } from './support/media.ts';
import { expect, put, SlowUpload, test } from './support/visitor.ts';

test.describe('the page of a share with one file', () => {
  test('shows that file at once', async ({ page, share }) => {
    const file = await put(share, 'lake.png', await drawPhoto());
    await page.goto(share.url);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Summer 2025');
    await expect(page.getByRole('img', { name: 'Preview of lake.png' })).toBeVisible();
    await expect(page.locator('[data-copy]')).toHaveAttribute('data-copy', share.url);
    await page.getByRole('link', { name: 'lake.png', exact: true }).click();
    await expect(page).toHaveURL(file.url);
  });

  test('is named after the file when it has no title', async ({ page, owner }) => {
    const share = await owner.shares.create();
    await put(share, 'notes.txt', Buffer.from('Remember the tent.'));
    await page.goto(share.url);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('notes.txt');
    await expect(page.getByText('Remember the tent.')).toBeVisible();
  });

  test('turns from nothing over progress into the picture, without a hand on the page', async ({
    page,
    share,
  }) => {
    const photo = await drawPhoto();
    await page.goto(share.url);
    await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();
    const upload = new SlowUpload(await share.createFile({ filename: 'lake.png' }), photo);
    upload.begin(1000);
    const bar = page.getByRole('progressbar', { name: 'lake.png' });
    await expect(bar).toHaveJSProperty('value', 1000);
    await expect(bar).toHaveCSS('block-size', '8px');
    await upload.finish(1000);
    await expect(page.getByRole('img', { name: 'Preview of lake.png' })).toBeVisible();
  });

  test('becomes a list when it is opened after a second file has come', async ({ page, share }) => {
    await put(share, 'one.txt', Buffer.from('one'));
    await put(share, 'two.txt', Buffer.from('two'));
    await page.goto(share.url);
    await expect(page.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(2);
  });
});
