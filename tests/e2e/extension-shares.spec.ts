import type { Page } from '@playwright/test';
import { GettClient } from '../../src/sdk/index.ts';
import type { TestServer } from '../support/server.ts';
import { signIn, USER } from './support/account.ts';
import { expect, test } from './support/chromium.ts';
import { holdTimers } from './support/hold-timers.ts';
import { fromMenu } from './support/rows.ts';

/** Somebody's shares, made elsewhere; the last one is the newest. */
async function seed(server: TestServer, titles: readonly string[]): Promise<GettClient> {
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(USER);
  for (const title of titles) {
    const share = await gett.shares.create({ title });
    const file = await share.createFile({ filename: `${title}.txt` });
    await file.send(new Blob([title]));
  }
  return gett;
}

const rows = (page: Page) => page.getByRole('region', { name: /Recent|Shares/ }).locator('li');
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });
const titles = async (gett: GettClient) => {
  const found: (string | undefined)[] = [];
  for await (const { title } of gett.shares.list()) found.push(title);
  return found;
};

test('a share is renamed in place: Enter saves, Escape restores, F2 begins it', async ({
  extension,
  server,
}) => {
  const gett = await seed(server, ['Draft']);
  const popup = await extension.open();
  await signIn(popup, server);
  await fromMenu(popup, 'Draft', 'Rename');
  const field = popup.getByLabel('New name of Draft');
  await expect(field).toBeFocused();
  await field.fill('Nonsense');
  await field.press('Escape');
  await expect(popup.getByRole('link', { name: 'Open Draft' })).toBeVisible();
  await expect(row(popup, 'Draft').locator('.copy')).toBeFocused();

  await popup.keyboard.press('F2');
  await field.fill('Final');
  await field.press('Enter');
  await expect(popup.getByRole('link', { name: 'Open Final' })).toBeVisible();
  await expect.poll(() => titles(gett)).toEqual(['Final']);
});

test('a name that the server does not get is taken back, with the reason', async ({
  extension,
  server,
}) => {
  await seed(server, ['Draft']);
  const popup = await extension.open();
  await signIn(popup, server);
  await expect(row(popup, 'Draft')).toBeVisible();
  await server.kill();
  await fromMenu(popup, 'Draft', 'Rename');
  const field = popup.getByLabel('New name of Draft');
  await field.fill('Final');
  await field.press('Enter');
  await expect(popup.getByText('It keeps its old name')).toBeVisible({ timeout: 40_000 });
  await field.press('Escape');
  await expect(popup.getByRole('link', { name: 'Open Draft' })).toBeVisible();
});

test('the link is copied as Markdown, and shown as a code that a camera reads', async ({
  extension,
  server,
}) => {
  await seed(server, ['Minutes']);
  const popup = await extension.open();
  await signIn(popup, server);
  const link = await popup.getByRole('link', { name: 'Open Minutes' }).getAttribute('href');
  // “Copied” stands there for two seconds.
  await holdTimers(popup);
  await fromMenu(popup, 'Minutes', 'Copy as', 'Markdown');
  await expect(popup.getByRole('button', { name: 'Copy link to Minutes' })).toHaveText('Copied');
  const page = await extension.context.newPage();
  await page.goto(`${server.origin}/`);
  expect(await extension.clipboard(page)).toBe(`[Minutes](<${link}>)`);

  await popup.bringToFront();
  await fromMenu(popup, 'Minutes', 'Show QR code');
  const code = popup.getByRole('img', { name: `QR code of ${link}` });
  await expect(code).toBeVisible();
  expect(await code.evaluate((svg) => getComputedStyle(svg).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  );
  expect((await code.boundingBox())?.width).toBe(200);
  await popup.keyboard.press('Escape');
  await expect(popup.getByRole('dialog')).toBeHidden();
});

test('files are added to a share that is there, and cancelling them leaves it alone', async ({
  extension,
  server,
}) => {
  const gett = await seed(server, ['Album']);
  const popup = await extension.open();
  await signIn(popup, server);
  const chooser = popup.waitForEvent('filechooser');
  await fromMenu(popup, 'Album', 'Add files');
  await (await chooser).setFiles({
    name: 'more.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('more'),
  });
  await expect(row(popup, 'Album')).toContainText('2 files');
  expect(await titles(gett)).toEqual(['Album']);
});

test('search looks through what is here, then through everything at the service', async ({
  extension,
  server,
}) => {
  const old = ['Holiday in Norway', ...Array.from({ length: 45 }, (_, i) => `Report ${i}`)];
  await seed(server, old);
  const popup = await extension.open();
  await signIn(popup, server);
  await expect(rows(popup)).toHaveCount(20);
  await popup.keyboard.press('/');
  const field = popup.getByRole('searchbox');
  await expect(field).toBeFocused();
  await field.fill('norway');
  await expect(rows(popup)).toHaveCount(1);
  await expect(row(popup, 'Holiday in Norway')).toBeVisible();
  await field.fill('sweden');
  await expect(popup.locator('.search-state').getByText('No share called “sweden”')).toBeVisible();
  await field.press('Escape');
  await expect(rows(popup)).toHaveCount(20);
  await field.press('Escape');
  await expect(field).toBeHidden();

  // More comes by the button, and by itself where the end of the list is near.
  const more = popup.getByRole('button', { name: 'Show more' });
  await more.press('Enter');
  await expect(async () => {
    if (await more.isVisible()) await more.press('Enter', { timeout: 500 });
    await expect(rows(popup)).toHaveCount(46, { timeout: 500 });
  }).toPass();
  await expect(popup.getByText('That is all')).toBeVisible();
});

test('several shares are deleted at once from the tab, and come back at once', async ({
  extension,
  server,
}) => {
  const gett = await seed(server, ['One', 'Two', 'Three']);
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  await expect(rows(tab)).toHaveCount(3);
  await tab.getByLabel('Order').selectOption('name');
  await expect(rows(tab).first()).toContainText('One');
  const choose = async () => {
    await tab.getByRole('button', { name: 'Select', exact: true }).click();
    await tab.getByLabel('Select One').check();
    await tab.getByLabel('Select Two').check();
    await tab
      .getByRole('group', { name: 'Selected' })
      .getByRole('button', { name: 'Delete' })
      .click();
  };
  const goOn = await holdTimers(await extension.worker());
  await choose();
  await expect(tab.getByText('Deleted 2 shares')).toBeVisible();
  await tab.getByRole('button', { name: 'Undo: 2 shares' }).click();
  await goOn();
  await expect(rows(tab)).toHaveCount(3);
  await choose();
  await tab.mouse.move(0, 0);
  await expect.poll(() => titles(gett), { timeout: 30_000 }).toEqual(['Three']);
});

test('a list is one tab stop: arrows move, Enter copies, Delete deletes, the focus stays', async ({
  extension,
  server,
}) => {
  await seed(server, ['One', 'Two', 'Three']);
  const popup = await extension.open();
  await signIn(popup, server);
  await expect(rows(popup)).toHaveCount(3);
  await popup.getByRole('button', { name: 'Search your shares' }).focus();
  await popup.keyboard.press('Tab');
  await expect(popup.getByRole('button', { name: /^Copy link to/ }).first()).toBeFocused();
  await expect(popup.locator('.rows [tabindex="0"]')).toHaveCount(1);
  await popup.keyboard.press('ArrowDown');
  const second = rows(popup).nth(1).locator('.copy');
  await expect(second).toBeFocused();
  await holdTimers(popup);
  await popup.keyboard.press('Enter');
  await expect(second).toHaveText('Copied');
  await popup.keyboard.press('ArrowRight');
  await expect(
    rows(popup)
      .nth(1)
      .getByRole('button', { name: /^More for/ }),
  ).toBeFocused();
  await popup.keyboard.press('Delete');
  await expect(popup.getByRole('button', { name: /^Undo:/ })).toBeFocused();
  await popup.keyboard.press('Control+Z');
  await expect(rows(popup)).toHaveCount(3);
  await expect
    .poll(() => popup.evaluate(() => document.activeElement?.closest('li') !== null))
    .toBe(true);
});

test('the upload tab finds a share that is older than what views are told, and adds files to it', async ({
  extension,
  server,
}) => {
  const many = Array.from({ length: 25 }, (_, i) => `Later ${i}`);
  const gett = await seed(server, ['The oldest', ...many]);
  const popup = await extension.open();
  await signIn(popup, server);
  await popup
    .getByRole('searchbox')
    .or(popup.getByRole('button', { name: 'Search' }))
    .click();
  await popup.getByRole('searchbox').fill('oldest');
  const opened = extension.context.waitForEvent('page');
  await fromMenu(popup, 'The oldest', 'Show in page tab');
  const tab = await opened;
  await expect(tab.getByRole('searchbox')).toHaveValue('The oldest');
  await expect(rows(tab)).toHaveCount(1);

  // As a popup asks for it that cannot open the browser's picker; names may have slashes.
  const share = { sharename: '', url: '' };
  for await (const { title, sharename, url } of gett.shares.list()) {
    if (title === 'The oldest') Object.assign(share, { sharename, url });
  }
  const { sharename: add, url } = share;
  const part = new URLSearchParams({ add, url, label: 'mine/The oldest' });
  await tab.goto('about:blank');
  await tab.goto(`chrome-extension://${extension.id}/share.html#${part}`);
  const bar = tab.locator('.add-to');
  await expect(bar).toContainText('mine/The oldest');
  await bar
    .locator('input[type=file]')
    .setInputFiles({ name: 'more.txt', mimeType: 'text/plain', buffer: Buffer.from('more') });
  const filesOf = async () => (await gett.shares.get(add)).files.map(({ filename }) => filename);
  await expect.poll(filesOf).toContain('more.txt');
  expect(await filesOf()).toContain('The oldest.txt');
});
