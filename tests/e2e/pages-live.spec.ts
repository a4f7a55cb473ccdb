import { GettClient } from '../../src/sdk/index.ts';
import { LiveWebSocket } from '../../src/sdk/node.ts';
import { texts } from '../../src/server/pages/texts.ts';
import { USER } from './support/account.ts';
import { drawPhoto } from './support/media.ts';
import { expect, put, SlowUpload, test } from './support/visitor.ts';

test('the pages of a file and of its share say when the sender comes and goes, without being asked', async ({
  page,
  context,
  server,
}) => {
  const gett = new GettClient({ baseUrl: server.baseUrl, WebSocket: LiveWebSocket });
  await gett.signIn(USER);
  const live = await gett.live.connect();
  const share = await gett.shares.create({ title: 'Summer' });
  const file = await share.createFile({ filename: 'lake.png', session: live.session });
  await put(share, 'notes.txt', Buffer.from('hello'));
  const card = page.getByRole('listitem').filter({ hasText: 'lake.png' });
  const filePage = await context.newPage();
  await page.goto(share.url);
  await filePage.goto(file.url);
  await expect(filePage.getByRole('heading', { name: texts.senderOnline })).toBeVisible();
  await expect(filePage.getByRole('link', { name: texts.downloadNow })).toBeVisible();
  await expect(card).toContainText(texts.senderOnlineShort);

  live.close();
  await expect(filePage.getByRole('heading', { name: texts.waiting })).toBeVisible();
  await expect(filePage.getByRole('link', { name: texts.downloadNow })).toHaveCount(0);
  await expect(card).toHaveCount(0);

  const again = await gett.live.connect({ session: live.session });
  await expect(filePage.getByRole('heading', { name: texts.senderOnline })).toBeVisible();
  await expect(card).toContainText(texts.senderOnlineShort);
  await file.send(new Blob([new Uint8Array(await drawPhoto(80, 60))]));
  await expect(filePage.getByRole('img', { name: texts.previewOf('lake.png') })).toBeVisible();
  await expect(card.locator('img')).toBeVisible();
  again.close();
});

test('a picture is drawn while it arrives, and only as long as it does', async ({
  page,
  share,
}) => {
  const photo = await drawPhoto();
  const file = await share.createFile({ filename: 'lake.png' });
  const upload = new SlowUpload(file, photo);
  upload.begin(Math.floor(photo.length * 0.7));
  await page.goto(file.url);
  const early = page.getByRole('img', { name: texts.soFar('lake.png') });
  await expect
    .poll(() => early.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(100);
  await expect(page.getByRole('progressbar')).toBeVisible();

  upload.breakOff();
  await expect(page.getByRole('heading', { name: texts.waiting })).toBeVisible();
  await expect(early).toHaveCount(0);
});

test('what is no picture is not shown as one while it arrives', async ({ page, share }) => {
  const file = await share.createFile({ filename: 'lake.png' });
  const upload = new SlowUpload(file, Buffer.from('nothing that could be seen'.repeat(100)));
  upload.begin(1000);
  await page.goto(file.url);
  await expect(page.getByRole('progressbar')).toHaveJSProperty('value', 1000);
  await upload.finish(1000);
  await expect(page.getByText(texts.cannotShow)).toBeVisible();
  await expect(page.getByRole('img')).toHaveCount(0);
});

test('a share gets its files and its title while it is looked at', async ({ page, owner }) => {
  const share = await owner.shares.create();
  await page.goto(share.url);
  await expect(page.getByText(texts.emptyShare)).toBeVisible();
  await put(share, 'notes.txt', Buffer.from('hello'));
  await expect(page.getByText('hello')).toBeVisible();
});

test('news of a share waits while a button is pressed, so that the press counts', async ({
  page,
  context,
  owner,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const share = await owner.shares.create();
  await page.goto(share.url);
  const copy = page.locator('[data-copy]').first();
  await copy.hover();
  await page.mouse.down();
  const news = page.waitForResponse(page.url());
  await put(share, 'notes.txt', Buffer.from('hello'));
  await (await news).finished();
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  await page.mouse.up();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(share.url);
  await expect(page.getByText('hello')).toBeVisible();
});
