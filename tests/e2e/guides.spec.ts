import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, expect, type Locator, type Page, test } from '@playwright/test';
import { bundleOf } from '../../scripts/lib/bundle-size.mjs';
import { type Block, blocksOf, patternOf, runnable } from '../support/guides/blocks.ts';
import { type Services, startServices } from '../support/guides/services.ts';
import { type Site, startSite } from '../support/guides/site.ts';
import { openWorkshop, type Workshop } from '../support/guides/workshop.ts';
import { CHROMIUM } from './support/chromium.ts';

/** What the documentation shows of pages and extensions, in Chromium; the rest is in guides.test.ts. */
let services: Services;
let workshop: Workshop;
let site: Site;

test.use({ launchOptions: { executablePath: CHROMIUM } });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startServices();
  workshop = await openWorkshop(services, runnable('page', 'extension'));
  await writeFile(
    path.join(workshop.folder, 'bridge.js'),
    await bundleOf("export * from 'gett-sdk/bridge'"),
  );
  site = await startSite(workshop.folder, {
    'gett-sdk': '/node_modules/gett-sdk/gett-sdk.min.js',
    'gett-sdk/bridge': '/bridge.js',
    'gett-sdk/drop': `${services.origin}/sdk/gett-drop.js`,
  });
});

test.afterAll(async () => {
  await site?.stop();
  await workshop?.remove();
  await services?.stop();
});

const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('some notes') };

/** Follows a link to the bytes behind it. */
async function storedAt(link: string): Promise<string> {
  const share = await fetch(`${services.origin}/1/shares/${path.basename(link)}`);
  const { files } = await share.json();
  const { sharename, fileid } = files[0];
  return (await fetch(`${services.origin}/1/files/${sharename}/${fileid}/blob`)).text();
}

const groundOf = (element: Locator) =>
  element.evaluate((node) => getComputedStyle(node).backgroundColor);

/** What somebody does on the pages of the guides, and what comes of it. */
const ACTS: Record<string, (page: Page) => Promise<void>> = {
  async 'page-1'(page) {
    await page.locator('#file').setInputFiles(notes);
    await expect(page.locator('#status')).toHaveText(/^http/);
    expect(await storedAt(await page.locator('#status').innerText())).toBe('some notes');
  },
  async 'drop-1'(page) {
    const drop = page.locator('gett-drop');
    await drop.locator('input[type=file]').first().setInputFiles(notes);
    await expect(page.locator('#status')).toHaveText(/^http\S+ is stored\.$/);
    const [link = ''] = (await page.locator('#status').innerText()).split(' ');
    expect(await storedAt(link)).toBe('some notes');
    expect(await groundOf(drop.getByRole('button').first())).toBe('rgb(122, 46, 142)');
    // A ground of a like shade: red and blue before green, where the element's own accent is green.
    const soft = await groundOf(drop.locator('[part=medal]').first());
    const [red = 0, green = 0, blue = 0] = (soft.match(/\d[\d.]*/g) ?? []).map(Number);
    expect(Math.min(red, blue)).toBeGreaterThan(green);
  },
};

for (const block of runnable('html')) {
  test(`a page does what the guide says: ${block.id}`, async ({ page }) => {
    const act = ACTS[block.id];
    if (!act) throw new Error('There is no act for this page.');
    await page.goto(site.pageOf(services.settle(block.code)));
    await act(page);
  });
}

for (const block of runnable('page')) {
  test(`a module does what the documentation says: ${block.id}`, async ({ page }) => {
    const printed: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'log') printed.push(`${message.text()}\n`);
    });
    page.on('pageerror', (error) => printed.push(String(error)));
    await page.goto(
      site.pageOf(
        `<!doctype html><body></body><script type="module" src="/${block.id}.js"></script>`,
      ),
    );
    await expect.poll(() => printed.join('')).toMatch(patternOf(block));
  });
}

for (const block of runnable('extension')) {
  test(`a background does what the guide says: ${block.id}`, async () => {
    const folder = test.info().outputPath('extension');
    const manifest = blocksOf('docs/guides/extension.md').find(
      ({ language }) => language === 'json',
    );
    await writeExtension(folder, block, services.settle(manifest?.code ?? ''));
    const context = await chromium.launchPersistentContext('', {
      executablePath: CHROMIUM,
      headless: true,
      args: [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
    });
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    // A worker can be asked before its script has begun.
    const printed = () =>
      worker.evaluate(() => (Reflect.get(globalThis, 'printed') ?? []).join(''));
    await expect.poll(printed).toMatch(patternOf(block));
    await context.close();
  });
}

/** As the guide says: the manifest, the background, and the SDK's one file beside it. */
async function writeExtension(folder: string, { id }: Block, manifest: string): Promise<void> {
  const read = (name: string) => readFile(path.join(workshop.folder, name), 'utf8');
  await mkdir(folder, { recursive: true });
  const background = (await read(`${id}.js`)).replaceAll("'gett-sdk'", "'./gett-sdk.min.js'");
  const files = {
    'manifest.json': manifest,
    'background.js': `import './printed.js';\n${background}`,
    'printed.js':
      'globalThis.printed = []; console.log = (...said) => printed.push(`${said.join(" ")}\\n`);',
    'gett-sdk.min.js': await read('node_modules/gett-sdk/gett-sdk.min.js'),
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
  }
}
