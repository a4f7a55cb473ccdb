import { createHash } from 'node:crypto';
import { copyFile, cp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { at } from '../../scripts/lib/project.mjs';
import { type Site, startSite } from '../support/guides/site.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { CHROMIUM } from './support/chromium.ts';
import { linesOf } from './support/embedding.ts';

const account = { email: 'ada@example.org', password: 'difference engine' };

let server: TestServer;
let site: Site;

test.use({ launchOptions: { executablePath: CHROMIUM } });

test.beforeAll(async () => {
  server = await startServer({ args: ['--anonymous'] });
  await server.addUser({ ...account, name: 'Ada' });
  site = await startSite(at('examples'));
});

test.afterAll(async () => {
  await site?.stop();
  await server?.stop();
});

const file = (name: string, text: string) => ({
  name,
  mimeType: name.endsWith('.png') ? 'image/png' : 'text/plain',
  buffer: Buffer.from(text),
});

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The bytes of every file behind a link, by name. */
async function storedAt(link: string): Promise<Record<string, string>> {
  const { sharename, files } = await (
    await fetch(`${server.baseUrl}/shares/${path.basename(link)}`)
  ).json();
  const stored: Record<string, string> = {};
  for (const { fileid, filename } of files) {
    const answer = await fetch(`${server.baseUrl}/files/${sharename}/${fileid}/blob`);
    stored[filename] = await answer.text();
  }
  return stored;
}

test('page: somebody signs in, chooses files and has a link to them', async ({ page }) => {
  await page.goto(`${site.origin}/page/?server=${server.origin}`);
  await expect(page.getByLabel('Files')).toBeHidden();
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('status')).not.toBeEmpty();
  await signIn(page);
  await expect(page.getByRole('status')).toHaveText('Hello Ada.');
  await page.getByLabel('Files').setInputFiles([file('one.txt', 'one'), file('two.txt', 'two')]);
  await expect(page.getByRole('status')).toContainText('stored');
  const link = await page.getByRole('link').innerText();
  expect(await storedAt(link)).toEqual({ 'one.txt': 'one', 'two.txt': 'two' });
});

test('page: works straight from the disk', async ({ page }) => {
  await page.goto(`file://${at('examples/page/index.html')}?server=${server.origin}`);
  await signIn(page);
  await expect(page.getByRole('status')).toHaveText('Hello Ada.');
});

test('drop-in: with the tag of the start page the browser takes that script and no other', async ({
  page,
}) => {
  const { lines, integrity } = await linesOf(server.origin);
  const tag = lines.split('\n')[0] ?? '';
  expect(tag).toContain(`integrity="${integrity}"`);
  const html = await readFile(at('examples/drop-in/index.html'), 'utf8');
  const pasted = html.replace(/<script type="module" src[^>]*><\/script>/, tag);
  expect(pasted).not.toBe(html);

  await page.goto(site.pageOf(pasted));
  const drop = page.locator('gett-drop');
  await drop.locator('input[type=file]').first().setInputFiles(file('fern.png', 'a fern'));
  await expect(page.locator('p[role=status]')).toHaveText('Thank you for fern.png.');

  const wrong = `${integrity.slice(0, -4)}AAAA`;
  await page.goto(site.pageOf(pasted.replace(integrity, wrong)));
  await expect(page.getByRole('heading')).toBeVisible();
  expect(await page.evaluate(() => customElements.get('gett-drop') === undefined)).toBe(true);
});

test('live-progress: what somebody opens goes first, and every file is sent', async ({ page }) => {
  await page.goto(`${site.origin}/live-progress/?server=${server.origin}`);
  await signIn(page);
  const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt'];
  await expect(page.getByLabel('Files')).toBeVisible();
  await page.getByLabel('Files').setInputFiles(names.map((name) => file(name, name)));
  for (const name of names) {
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('sent');
  }
  await expect(page).toHaveTitle(/^4 of 4 files/);
  const link = (await page.getByRole('link', { name: 'c.txt' }).getAttribute('href')) ?? '';
  const [sharename = '', , fileid = ''] = new URL(link).pathname.slice(1).split('/');
  await (await fetch(`${server.baseUrl}/files/${sharename}/${fileid}/blob`)).text();
  await expect(page.getByRole('status')).toHaveText('Somebody opens c.txt.');
});

test('extension: its popup turns a text into a link, and stays signed in', async () => {
  const folder = test.info().outputPath('extension');
  await cp(at('examples/extension'), folder, { recursive: true });
  await copyFile(at('dist/sdk/gett-sdk.min.js'), path.join(folder, 'gett-sdk.min.js'));
  const context = await chromium.launchPersistentContext('', {
    executablePath: CHROMIUM,
    headless: true,
    args: [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
  });
  const popup = await context.newPage();
  await popup.goto(`chrome-extension://${extensionId(folder)}/popup.html`);
  await popup.getByLabel('Server').fill(server.origin);
  await signIn(popup);
  await popup.getByLabel('Text').fill('Some text');
  await popup.getByRole('button', { name: 'Share' }).click();
  await expect(popup.getByRole('status')).toHaveText(/^http/);
  const link = await popup.getByRole('status').innerText();
  await expect.poll(() => storedAt(link)).toEqual({ 'text.txt': 'Some text' });
  await popup.reload();
  await expect(popup.getByLabel('Text')).toBeVisible();
  await context.close();
  await rm(folder, { recursive: true });
});

/** Chromium names an unpacked extension by its folder. */
function extensionId(folder: string): string {
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return digest.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

test('every example is started by a test', async () => {
  const entries = await readdir(at('examples'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules');
  const tests = await Promise.all(
    [at('tests/e2e/examples.spec.ts'), at('tests/integration/examples.test.ts')].map((name) =>
      readFile(name, 'utf8'),
    ),
  );
  const untested = folders.filter(
    ({ name }) => !tests.some((text) => new RegExp(`'${name}[: ]`).test(text)),
  );
  expect(untested.map(({ name }) => name)).toEqual([]);
});
