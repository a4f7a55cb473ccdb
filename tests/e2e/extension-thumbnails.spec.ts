import type { Locator } from '@playwright/test';
import { signIn } from './support/account.ts';
import { expect, test } from './support/chromium.ts';
import { film, tone } from './support/media.ts';

/** Red, green and blue in the middle of a picture. */
const colourOf = (picture: Locator) =>
  picture.evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) throw new Error('It is no picture.');
    await image.decode();
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    pen?.drawImage(image, image.naturalWidth / 2, image.naturalHeight / 2, 1, 1, 0, 0, 1, 1);
    return [...(pen?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  });

test('a film is shown by its first picture, made here and kept', async ({ extension, server }) => {
  const page = await extension.context.newPage();
  await page.goto(`${server.origin}/`);
  const buffer = await film(page);
  const popup = await extension.open();
  await signIn(popup, server);
  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'regatta.webm', mimeType: 'video/webm', buffer });
  await expect(popup.getByRole('link', { name: 'Open regatta.webm' })).toBeVisible();
  const row = popup.getByRole('listitem').filter({ hasText: 'regatta.webm' });
  const picture = row.locator('.thumbnail img');
  await expect(picture).toHaveAttribute('src', /^data:image\/webp;base64,/);
  const [red = 0, green = 0, blue = 0] = await colourOf(picture);
  // The first of its frames is hsl(0 60% 50%).
  expect(red).toBeGreaterThan(170);
  expect(Math.max(green, blue)).toBeLessThan(90);

  await extension.restart();
  const again = await extension.open();
  await expect(again.locator('.recent .thumbnail img')).toHaveAttribute('src', /^data:image/);
});

test('what has no picture gets a sign for its kind, and no upload waits for one', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      { name: 'broken.webm', mimeType: 'video/webm', buffer: Buffer.alloc(4096, 'no film') },
    ]);
  await expect(popup.getByRole('link', { name: 'Open broken.webm' })).toBeVisible();
  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles([{ name: 'tone.wav', mimeType: 'audio/wav', buffer: tone() }]);
  await expect(popup.getByRole('link', { name: 'Open tone.wav' })).toBeVisible();
  const signOf = (name: string) =>
    popup
      .getByRole('listitem')
      .filter({ hasText: name })
      .locator('.thumbnail path')
      .getAttribute('d');
  await expect(popup.locator('.thumbnail img')).toHaveCount(0);
  expect(await signOf('broken.webm')).not.toBe(await signOf('tone.wav'));
});
