import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, CHROMIUM } from '../support/client-page.ts';
import { type SmartFileService, startSmartFile } from '../support/smartfile/service.ts';

/** The client as a page of the service's own host uses it, in Chromium. */
describe('the SmartFile client in a page', () => {
  let service: SmartFileService;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    service = await startSmartFile();
    service.pages.set('/', { type: 'text/html', body: '<!doctype html><title>page</title>' });
    const script = await bundle('smartfile/index.ts');
    service.pages.set('/smartfile.js', { type: 'text/javascript', body: script });
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    page = await browser.newPage();
    await page.goto(service.baseUrl);
    await page.addScriptTag({
      type: 'module',
      content: `globalThis.smartfile = await import('/smartfile.js');
        globalThis.client = new smartfile.BasicClient(
          ${JSON.stringify({ ...service.credentials, baseUrl: service.baseUrl })});`,
    });
    await page.waitForFunction('globalThis.client');
  });

  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it('uploads with real progress and gives a link', async () => {
    const { url, progress } = await page.evaluate<{ url: string; progress: { phase: string }[] }>(`
      (async () => {
        const progress = [];
        const file = new File([new Uint8Array(2_000_000)], 'ü.bin');
        const { url } = await client.uploadAndShare('/new', file, { onProgress: (p) => progress.push(p) });
        return { url, progress };
      })()`);
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(2_000_000);
    expect(progress.at(-1)).toEqual({
      phase: 'done',
      sent: 2_000_000,
      total: 2_000_000,
      attempt: 1,
    });
    expect(progress.map(({ phase }) => phase)).toContain('finishing');
  });

  it('sends a stream whole, and once more when it was throttled', async () => {
    service.script({ status: 429, headers: { 'Retry-After': '0' } });
    const size = await page.evaluate(`
      client.path.upload('/', new Blob(['all of it']).stream(), { name: 's.txt' }).then(({ size }) => size)`);
    expect(size).toBe(9);
    expect(service.files.file('/s.txt')?.bytes.toString()).toBe('all of it');
  });

  it('ends an upload with the reason of its signal', async () => {
    const reason = await page.evaluate(`
      (async () => {
        const controller = new AbortController();
        const onProgress = () => controller.abort('enough');
        const file = new File([new Uint8Array(20_000_000)], 'big.bin');
        return client.path.upload('/', file, { onProgress, signal: controller.signal }).catch((e) => e);
      })()`);
    expect(reason).toBe('enough');
    expect(service.files.has('/big.bin')).toBe(false);
  });

  it('tells a refused upload by the words of the service', async () => {
    const body = '{"detail":"Disk full."}';
    service.script({ status: 507, headers: { 'Content-Type': 'application/json' }, body });
    const detail = await page.evaluate(`
      client.path.upload('/', new File(['x'], 'x'), { onProgress: () => {} }).catch((e) => e.detail)`);
    expect(detail).toBe('Disk full.');
  });
});
