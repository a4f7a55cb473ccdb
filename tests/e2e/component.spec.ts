import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { englishTexts as texts } from '../../src/sdk/drop/texts.ts';
import { GettClient } from '../../src/sdk/index.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { download, USER } from './support/account.ts';
import { alarmed, checkLook, drop, linkOf, makeFiles, said } from './support/drop-page.ts';
import { type EmbeddingSite, linesOf, startEmbeddingSite } from './support/embedding.ts';
import { lockEntries } from './support/locked-entries.ts';
import { test as base, expect } from './support/visitor.ts';

interface Fixtures {
  /** Shares of people without an account: 1 MB, 100 files an hour. */
  open: TestServer;
  /** Opens a page of another site with this element in it. */
  embed: (element: string, server?: string) => Promise<void>;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  open: async ({}, use) => {
    const server = await startServer({ args: ['--anonymous', '--anonymous-size', '1000000'] });
    await server.addUser(USER);
    await use(server);
    await server.stop();
  },
  embed: async ({ page, open }, use) => {
    const sites: EmbeddingSite[] = [];
    await use(async (element, server = open.origin) => {
      const { lines } = await linesOf(server);
      const script = lines.split('\n')[0] ?? '';
      const site = await startEmbeddingSite(server, `${script}\n${element}`);
      sites.push(site);
      await page.goto(site.origin);
      await expect(page.locator('gett-drop').getByRole('button').first()).toBeVisible();
    });
    for (const site of sites) await site.stop();
  },
});

let errors: string[] = [];
test.beforeEach(({ page }) => {
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(message.text());
  });
});
test.afterEach(() => expect(errors).toEqual([]));

/** In the middle of the element, which is all that takes drops there. */
async function dropOn(page: Page, files: string[]): Promise<void> {
  const { x, y, width, height } = (await page.locator('gett-drop').boundingBox())!;
  await drop(page, files, { x: x + width / 2, y: y + Math.min(height, 300) / 2 });
}

test('the two lines of the start page give a page of another site a place to share from', async ({
  page,
  open,
}) => {
  const { lines, src, integrity } = await linesOf(open.origin);
  const served = await fetch(src);
  expect(served.headers.get('access-control-allow-origin')).toBe('*');
  expect(served.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(served.headers.get('cache-control')).toContain('immutable');
  const bytes = Buffer.from(await served.arrayBuffer());
  expect(integrity).toBe(`sha384-${createHash('sha384').update(bytes).digest('base64')}`);

  const site = await startEmbeddingSite(open.origin, lines);
  await page.goto(site.origin);
  await expect(page.getByText(texts.limits(1_000_000, 7))).toBeVisible();
  const folder = await makeFiles({ 'notes.txt': 'from another site' });
  await dropOn(page, [path.join(folder, 'notes.txt')]);
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
  const link = (await linkOf(page).getAttribute('href')) ?? '';
  expect(new URL(link).origin).toBe(open.origin);
  expect((await download(open, link)).toString()).toBe('from another site');
  await site.stop();
});

test('a script that is not what the page expects is not run', async ({ page, open }) => {
  const { lines } = await linesOf(open.origin);
  const wrong = lines.replace(/sha384-[^"]+/, `sha384-${'A'.repeat(64)}`);
  const other = await startEmbeddingSite(open.origin, wrong);
  await page.goto(other.origin);
  const defined = await page.evaluate(() => customElements.get('gett-drop') !== undefined);
  expect(defined).toBe(false);
  await other.stop();
});

test('an address of an older version leads to the present one', async ({ open }) => {
  const { src } = await linesOf(open.origin);
  const old = await fetch(`${open.origin}/sdk/gett-drop-0123456789ab.js`, { redirect: 'manual' });
  expect(old.status).toBe(302);
  expect(old.headers.get('access-control-allow-origin')).toBe('*');
  const followed = await fetch(`${open.origin}/sdk/gett-drop-0123456789ab.js`);
  expect(await followed.text()).toBe(await (await fetch(src)).text());
});

test('the page around hears of the link, the progress and the end', async ({ page, embed }) => {
  await embed('<gett-drop multiple share-title="Application"></gett-drop>');
  await page.evaluate(() => {
    for (const type of ['gett-link', 'gett-progress', 'gett-done'] as const) {
      addEventListener(type, (event) => {
        const heard = JSON.parse(document.body.dataset['heard'] ?? '[]');
        const { detail } = event as CustomEvent<object>;
        document.body.dataset['heard'] = JSON.stringify([...heard, [type, detail]]);
      });
    }
  });
  const folder = await makeFiles({ 'a.txt': 'a', 'b.txt': 'bc' });
  await dropOn(
    page,
    ['a.txt', 'b.txt'].map((name) => path.join(folder, name)),
  );
  await expect(page.getByText('Shared · 2 files')).toBeVisible();
  const link = await linkOf(page).getAttribute('href');
  const heard: [string, object][] = JSON.parse(
    (await page.locator('body').getAttribute('data-heard')) ?? '',
  );
  const files = ['a.txt', 'b.txt'];
  expect(heard[0]).toEqual(['gett-link', { link, title: 'Application', files }]);
  expect(heard.at(-1)).toEqual(['gett-done', { link, title: 'Application', files, bytes: 3 }]);
});

test('files of other kinds, and larger ones, are left out with a word', async ({ page, embed }) => {
  await embed('<gett-drop multiple accept="image/*,.txt" max-size="10"></gett-drop>');
  const folder = await makeFiles({ 'a.txt': 'a', 'b.pdf': 'b', 'long.txt': 'longer than ten' });
  await dropOn(
    page,
    ['a.txt', 'b.pdf', 'long.txt'].map((name) => path.join(folder, name)),
  );
  const sentence = `${texts.notAccepted(['b.pdf'])} ${texts.tooLarge(['long.txt'], 10)}`;
  await expect(alarmed(page)).toHaveText(sentence);
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
});

test('what cannot be read of a folder is named, and the rest is shared', async ({
  page,
  embed,
}) => {
  await embed('<gett-drop multiple></gett-drop>');
  await page.evaluate(() =>
    addEventListener('gett-error', ({ detail }) => {
      const error = detail.error instanceof DOMException && detail.error.name;
      document.body.dataset['heard'] = `${error}: ${detail.message}`;
    }),
  );
  const folder = await makeFiles({
    'tour/day 1/lake.txt': 'a lake',
    'tour/locked.txt': 'locked',
    'tour/notes.txt': 'notes',
    'tour/shut/inside.txt': 'never seen',
  });
  await lockEntries(page, ['locked.txt', 'shut']);
  await dropOn(page, [path.join(folder, 'tour')]);
  await expect(alarmed(page)).toHaveText(/^Left out, because it cannot be read: /);
  await expect(alarmed(page)).toContainText('locked.txt');
  await expect(alarmed(page)).toContainText('shut');
  await expect(page.getByText('Shared · 2 files')).toBeVisible();
  const sentence = await alarmed(page).textContent();
  await expect(page.locator('body')).toHaveAttribute('data-heard', `NotReadableError: ${sentence}`);

  const nothing = await makeFiles({ 'tour/locked.txt': 'locked' });
  await lockEntries(page, ['locked.txt']);
  await dropOn(page, [path.join(nothing, 'tour')]);
  await expect(alarmed(page)).toHaveText(texts.notRead(['locked.txt']));
});

test('without `multiple` there is one file and no folder', async ({ page, embed }) => {
  await embed('<gett-drop></gett-drop>');
  await expect(page.getByRole('button', { name: texts.chooseFolder })).toBeHidden();
  const folder = await makeFiles({ 'a.txt': 'a', 'b.txt': 'b' });
  await dropOn(
    page,
    ['a.txt', 'b.txt'].map((name) => path.join(folder, name)),
  );
  await expect(alarmed(page)).toHaveText(texts.onlyOne);
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
});

test('a share that is too large without an account says so with the number', async ({
  page,
  embed,
}) => {
  await embed('<gett-drop multiple></gett-drop>');
  const folder = await makeFiles({ 'film.bin': Buffer.alloc(1_000_001) });
  await dropOn(page, [path.join(folder, 'film.bin')]);
  await expect(alarmed(page)).toHaveText(texts.anonymousFull(1_000_001, 1_000_000));
});

test('each share has the whole room of one', async ({ page, embed }) => {
  await embed('<gett-drop multiple></gett-drop>');
  const folder = await makeFiles({ 'film.bin': Buffer.alloc(900_000) });
  for (const count of [1, 2]) {
    await dropOn(page, [path.join(folder, 'film.bin')]);
    await expect(page.getByText('Shared · 1 file')).toHaveCount(count);
  }
});

test('a server that wants an account says so before anything is chosen', async ({
  page,
  embed,
  server,
}) => {
  await embed('<gett-drop></gett-drop>', server.origin);
  await expect(page.getByText(texts.noAnonymous)).toBeVisible();
  await expect(page.getByRole('button', { name: texts.chooseFile })).toBeDisabled();
});

test('a token shares in the name of its user', async ({ page, embed, open }) => {
  const gett = new GettClient({ baseUrl: open.baseUrl });
  await gett.signIn(USER);
  await embed(`<gett-drop token="${await gett.accessToken()}"></gett-drop>`);
  const folder = await makeFiles({ 'film.bin': Buffer.alloc(1_500_000) });
  await dropOn(page, [path.join(folder, 'film.bin')]);
  await expect(page.getByText('Shared · 1 file')).toBeVisible();
  await expect(said(page)).toHaveText(texts.titleShared('film.bin'));
  const shares = [];
  for await (const share of gett.shares.list()) shares.push(share.url);
  expect(shares).toEqual([await linkOf(page).getAttribute('href')]);
});

for (const theme of ['light', 'dark']) {
  test(`it is accessible on a page of another site, in ${theme} colours`, async ({
    page,
    embed,
  }) => {
    test.setTimeout(120_000);
    await embed(`<gett-drop multiple theme="${theme}"></gett-drop>`);
    await page.evaluate((scheme) => {
      document.documentElement.style.colorScheme = scheme;
    }, theme);
    await checkLook(page, `component-empty-${theme}`);
    const folder = await makeFiles({ 'notes.txt': 'hello' });
    await dropOn(page, [path.join(folder, 'notes.txt')]);
    await expect(page.getByText('Shared · 1 file')).toBeVisible();
    await checkLook(page, `component-done-${theme}`);
    await page.locator('gett-drop').evaluate((element) => {
      element.style.setProperty('--gett-accent', 'rgb(90, 0, 120)');
    });
    const choose = page.getByRole('button', { name: texts.chooseFiles });
    await expect(choose).toHaveCSS('background-color', 'rgb(90, 0, 120)');
  });
}
