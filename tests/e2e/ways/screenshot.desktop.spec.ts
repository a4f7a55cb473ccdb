import { expect } from '../support/chromium.ts';
import { colourOf, open, pictureOf, take, test } from '../support/stripes.ts';

test('a dense display gives a dense picture of the same part', async ({
  extension,
  server,
  origin,
}) => {
  await extension.restart('--force-device-scale-factor=2');
  const { list, page, popup } = await open(extension, server, origin);
  const density = await page.evaluate(() => devicePixelRatio);
  await take(popup, 'Choose area');
  await expect(page.locator('html > div[popover]')).toBeAttached();
  await page.mouse.move(20, 250);
  await page.mouse.down();
  await page.mouse.move(120, 350);
  await page.mouse.up();
  await page.keyboard.press('Enter');
  const picture = await pictureOf(list, server);
  expect(density).toBe(2);
  expect(picture).toMatchObject({ width: 200, height: 200 });
  expect(picture.at(0, 99)).toEqual(colourOf(2));
  expect(picture.at(0, 100)).toEqual(colourOf(3));
});
