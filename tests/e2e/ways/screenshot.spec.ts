import { download, signIn } from '../support/account.ts';
import { expect } from '../support/chromium.ts';
import { colourOf, open, pictureOf, take, test } from '../support/stripes.ts';

test('the visible part of a page becomes a link', async ({ extension, server, origin }) => {
  const { list, page, popup } = await open(extension, server, origin);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  await take(popup, 'Visible part');
  const picture = await pictureOf(list, server);
  expect(picture).toMatchObject({ width, height });
  expect(picture.at(10, 10)).toEqual([255, 0, 255]);
  expect(picture.at(10, 350)).toEqual(colourOf(3));
});

test('a part that was drawn with the mouse and moved with the keys is shared as it is', async ({
  extension,
  server,
  origin,
}) => {
  const { list, page, popup } = await open(extension, server, origin);
  await take(popup, 'Choose area');
  const overlay = page.locator('html > div[popover]');
  await expect(overlay).toBeAttached();
  await page.mouse.move(100, 210);
  await page.mouse.down();
  await page.mouse.move(300, 300);
  await page.mouse.move(340, 380);
  await page.mouse.up();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Enter');
  const picture = await pictureOf(list, server);
  expect(picture).toMatchObject({ width: 240, height: 171 });
  // The picture begins at 220: 80 px of the third stripe, and nothing of the overlay.
  expect(picture.at(0, 0)).toEqual(colourOf(2));
  expect(picture.at(0, 79)).toEqual(colourOf(2));
  expect(picture.at(239, 80)).toEqual(colourOf(3));
  await expect(overlay).toHaveCount(0);
});

test('Escape ends the choice, and nothing is shared', async ({ extension, server, origin }) => {
  const { list, page, popup } = await open(extension, server, origin);
  await take(popup, 'Choose area');
  const overlay = page.locator('html > div[popover]');
  await expect(overlay).toBeAttached();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(overlay).toHaveCount(0);
  await expect(list.getByText('Nothing yet')).toBeVisible();
});

test('a script of the page can neither look into the overlay nor use it', async ({
  extension,
  server,
  origin,
}) => {
  const { list, page, popup } = await open(extension, server, origin);
  await take(popup, 'Choose area');
  const overlay = page.locator('html > div[popover]');
  await expect(overlay).toBeAttached();
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    addEventListener('pointermove', ({ type }) => heard.push(type));
    addEventListener('keydown', ({ key }) => heard.push(key));
  });
  await page.mouse.move(50, 50);
  await page.mouse.down();
  await page.mouse.move(200, 200);
  await page.mouse.up();
  const seen = await page.evaluate(() => {
    const host = document.querySelector('html > div[popover]')!;
    const forged = { bubbles: true, cancelable: true, composed: true };
    for (const target of [host, document.body, window]) {
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ...forged }));
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', ...forged }));
      target.dispatchEvent(new PointerEvent('pointerdown', { clientX: 9, clientY: 9, ...forged }));
    }
    return { shadow: host.shadowRoot, text: host.textContent, children: host.children.length };
  });
  expect(seen).toEqual({ shadow: null, text: '', children: 0 });
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => Reflect.get(globalThis, 'heard'))).toEqual([]);
  await expect(overlay).toBeAttached();
  await expect(overlay).toBeVisible();
  await expect(list.getByText('Nothing yet')).toBeVisible();
  await page.evaluate(() => document.querySelector('html > div[popover]')!.remove());
  await expect(overlay).toHaveCount(0);
  await expect(list.getByText('Nothing yet')).toBeVisible();
});

test('a full page is put together from its parts, with what stays on top only once', async ({
  extension,
  server,
  origin,
}) => {
  const { list, page, popup } = await open(extension, server, origin);
  await page.evaluate(() => scrollTo(0, 130));
  await take(popup, 'Full page');
  const picture = await pictureOf(list, server);
  const width = await page.evaluate(() => document.documentElement.clientWidth);
  expect(picture).toMatchObject({ width, height: 2600 });
  expect(picture.at(5, 5)).toEqual([255, 0, 255]);
  for (let stripe = 1; stripe < 26; stripe++) {
    expect(picture.at(5, stripe * 100), `stripe ${stripe}`).toEqual(colourOf(stripe));
    expect(picture.at(5, stripe * 100 + 99), `stripe ${stripe}`).toEqual(colourOf(stripe));
  }
  // The page is as it was.
  expect(await page.evaluate(() => scrollY)).toBe(130);
  expect(
    await page.evaluate(() => getComputedStyle(document.querySelector('.bar')!).visibility),
  ).toBe('visible');
});

test('a picture of a page is kept in the format that was chosen', async ({
  extension,
  server,
  origin,
}) => {
  const { list, popup } = await open(extension, server, origin);
  await list.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { set: (values: object) => Promise<void> } } };
    };
    return chrome.storage.local.set({ settings: { screenshotType: 'jpeg' } });
  });
  await take(popup, 'Visible part');
  const row = list.getByRole('listitem').filter({ hasText: 'Stripes.jpg' });
  await expect(row).toContainText(/Done|just now/);
  const link = await row.getByRole('link').getAttribute('href');
  const bytes = await download(server, link!);
  expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
});

test('where the browser allows no script, the visible part is offered with the reason', async ({
  extension,
  server,
}) => {
  const first = await extension.open('share.html');
  await signIn(first, server);
  const page = await extension.context.newPage();
  await page.goto('chrome://version');
  await page.bringToFront();
  const popup = await extension.clickToolbarButton(page.url());
  await take(popup, 'Full page');
  await expect(
    first.getByText(
      'The browser allows no add-on on this page. Only its visible part can be shared.',
    ),
  ).toBeVisible();
  await first.getByRole('button', { name: 'Share the visible part' }).click();
  await expect(first.getByText(/Done|just now/)).toBeVisible();
});

test('an area whose picture failed is chosen once more, and nothing else is shared', async ({
  extension,
  server,
  origin,
}) => {
  const { list, page, popup } = await open(extension, server, origin);
  await take(popup, 'Choose area');
  const overlay = page.locator('html > div[popover]');
  await expect(overlay).toBeAttached();
  const draw = async (width: number) => {
    await page.mouse.move(100, 210);
    await page.mouse.down();
    await page.mouse.move(100 + width, 380);
    await page.mouse.up();
  };
  await draw(240);
  // The browser gives no picture of a tab that is not in front.
  await list.bringToFront();
  await page.keyboard.press('Enter');
  await list.getByRole('button', { name: 'Try again' }).click();
  await expect(overlay).toBeAttached();
  await draw(120);
  await page.keyboard.press('Enter');
  expect(await pictureOf(list, server)).toMatchObject({ width: 120, height: 170 });
  await expect(list.getByRole('listitem').filter({ hasText: 'Stripes' })).toHaveCount(1);
});
