import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { download, signIn } from '../support/account.ts';
import { expect, test } from '../support/chromium.ts';
import { startSite } from '../support/site.ts';

/** Fires a drag as the browser does. */
function drag(page: Page, kind: 'dragover' | 'drop', what: { files?: string[]; html?: string }) {
  return page.evaluate(
    ({ kind, files = [], html }) => {
      const dataTransfer = new DataTransfer();
      for (const name of files) dataTransfer.items.add(new File([name], name));
      if (html !== undefined) dataTransfer.setData('text/html', html);
      document.body.dispatchEvent(
        new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }),
      );
    },
    { kind, ...what },
  );
}

const files = (count: number, size = 1) =>
  Array.from({ length: count }, (_, i) => ({
    name: `note ${i + 1}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.alloc(size, 'n'),
  }));

test('a folder becomes one share under its name; places are kept, leftovers are named', async ({
  extension,
  server,
}, info) => {
  const folder = info.outputPath('Summer');
  mkdirSync(path.join(folder, 'beach'), { recursive: true });
  writeFileSync(path.join(folder, 'list.txt'), 'list');
  writeFileSync(path.join(folder, 'beach', 'sand.txt'), 'sand');
  writeFileSync(path.join(folder, '.DS_Store'), 'x');
  writeFileSync(path.join(folder, 'beach', 'Thumbs.db'), 'x');
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  await tab.locator('input[type=file]').nth(1).setInputFiles(folder);
  await expect(tab.getByText('Left out: 2 system files.')).toBeVisible();
  const row = tab.getByRole('listitem').filter({ hasText: 'Summer' });
  await expect(row).toContainText(/2 files/);
  const link = await row.getByRole('link').first().getAttribute('href');
  const page = await extension.context.newPage();
  await page.goto(link!);
  await expect(page.getByRole('heading', { name: 'Summer' })).toBeVisible();
  await expect(page.getByText('beach – sand.txt').first()).toBeVisible();
  await expect(page.getByText('list.txt').first()).toBeVisible();
});

test('files become one share for all, or one each, as it was chosen', async ({
  extension,
  server,
}) => {
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  await tab.getByLabel('One share each').check();
  // It holds for what is chosen once it is stored.
  await expect
    .poll(() => tab.evaluate(() => localStorage.getItem('settings')))
    .toContain('"grouping":"each"');
  await tab.locator('input[type=file]').first().setInputFiles(files(2));
  const rows = tab.getByRole('listitem').filter({ hasText: /note \d\.txt/ });
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText(/Done|just now/);
  await expect(rows.nth(1)).toContainText(/Done|just now/);
  const links = await Promise.all(
    [0, 1].map((i) => rows.nth(i).getByRole('link').first().getAttribute('href')),
  );
  expect(links[0]).not.toBe(links[1]);
  // The choice is remembered.
  await tab.reload();
  await expect(tab.getByLabel('One share each')).toBeChecked();
});

test('very many files are shared after one question', async ({ extension, server }) => {
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  await tab.locator('input[type=file]').first().setInputFiles(files(101));
  const question = tab.getByRole('alertdialog', { name: 'Share 101 files, 101 bytes in all?' });
  await expect(question).toBeVisible();
  const yes = question.getByRole('button', { name: 'Share' });
  await expect(yes).toBeFocused();
  await expect(tab.getByText('Nothing yet')).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await tab.locator('input[type=file]').first().setInputFiles(files(101));
  await yes.press('Enter');
  await expect(tab.getByRole('listitem').filter({ hasText: 'note 1.txt' }).first()).toBeVisible();
});

test('the frame says how many files are about to be shared', async ({ extension, server }) => {
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  await drag(tab, 'dragover', { files: ['a.txt', 'b.txt', 'c.txt'] });
  await expect(tab.getByRole('status').filter({ hasText: 'Drop to share 3 files' })).toBeVisible();
  await drag(tab, 'drop', { files: ['a.txt', 'b.txt', 'c.txt'] });
  await expect(tab.getByText('Drop to share')).toHaveCount(0);
  const row = tab.getByRole('listitem').filter({ hasText: 'a.txt' }).first();
  await expect(row).toContainText(/3 files/);
});

test('a picture that is dragged out of a page is read as a right-click does', async ({
  extension,
  server,
}) => {
  const site = await startSite();
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  const html = `<meta charset="utf-8"><a href="${site.origin}/page"><img src="${site.origin}/cat.png" alt="cat"></a>`;
  await drag(tab, 'drop', { html });
  const row = tab.getByRole('listitem').filter({ hasText: 'cat.png' });
  await expect(row).toContainText(/Done|just now/);
  const link = await row.getByRole('link').getAttribute('href');
  expect((await download(server, link!)).equals(site.cat)).toBe(true);
  // A dragged link is no picture: nothing is downloaded unasked.
  await drag(tab, 'drop', { html: `<a href="${site.origin}/page">cats</a>` });
  await expect(tab.getByRole('listitem')).toHaveCount(1);
  await site.stop();
});
