import { createHash } from 'node:crypto';
import { type BrowserContext, chromium, expect, test, type Worker } from '@playwright/test';
import type * as Sdk from '../../src/sdk/index.ts';
import type { CaseResult } from '../support/sdk-suite/build.ts';
import { type SuiteSite, startSuiteSite } from '../support/sdk-suite/site.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { stockTusServer } from '../support/stock-tus-server.ts';

/**
 * The suite of tests/support/sdk-suite in a page, a dedicated worker, the service worker of a page
 * and that of an extension.
 */
const account = { email: 'ada@example.org', password: 'difference engine' };

let site: SuiteSite;
let server: TestServer;
let context: BrowserContext;

test.beforeAll(async () => {
  site = await startSuiteSite();
  server = await startServer();
  await server.addUser({ ...account, name: 'Ada' });
  context = await chromium.launchPersistentContext('', {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    headless: true,
    args: [`--disable-extensions-except=${site.folder}`, `--load-extension=${site.folder}`],
  });
});

test.afterAll(async () => {
  await context?.close();
  await server?.stop();
  await site?.stop();
});

const failures = (results: CaseResult[]) => results.filter(({ error }) => error !== '');
const settings = () => ({ baseUrl: server.baseUrl, ...account });

test('the SDK works in a page of another origin', async () => {
  const page = await context.newPage();
  await page.goto(site.origin);
  const results = await page.evaluate(async (given): Promise<CaseResult[]> => {
    const { runAll } = await import(`${location.origin}/runner.js`);
    return runAll(given);
  }, settings());
  expect(failures(results)).toEqual([]);
  expect(results.length).toBeGreaterThan(10);
});

test('the SDK works in a dedicated worker', async () => {
  const page = await context.newPage();
  await page.goto(site.origin);
  const results = await page.evaluate((given): Promise<CaseResult[]> => {
    const worker = new globalThis.Worker('/worker.js', { type: 'module' });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin argument
    worker.postMessage(given);
    return new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    });
  }, settings());
  expect(failures(results)).toEqual([]);
  expect(results.length).toBeGreaterThan(10);
});

test('the SDK works in the service worker of a page', async () => {
  const page = await context.newPage();
  await page.goto(site.origin);
  const results = await page.evaluate(async (given): Promise<CaseResult[]> => {
    await navigator.serviceWorker.register('/service-worker.js', { type: 'module' });
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    active?.postMessage(given, [port2]);
    return new Promise((resolve) => {
      port1.addEventListener('message', ({ data }) => resolve(data));
      port1.start();
    });
  }, settings());
  expect(failures(results)).toEqual([]);
  expect(results.length).toBeGreaterThan(10);
});

test("the SDK works in an extension's service worker", async () => {
  const isExtension = (worker: Worker) => worker.url().startsWith('chrome-extension:');
  const worker =
    context.serviceWorkers().find(isExtension) ??
    (await context.waitForEvent('serviceworker', isExtension));
  const results = await worker.evaluate(async (given): Promise<CaseResult[]> => {
    const scope = globalThis as unknown as { runAll?(input: object): Promise<CaseResult[]> };
    // A worker can be asked before its script has begun.
    while (!scope.runAll) await new Promise((resolve) => setTimeout(resolve, 50));
    return scope.runAll(given);
  }, settings());
  expect(failures(results)).toEqual([]);
  expect(results.length).toBeGreaterThan(10);
});

test('a page goes on with a large file where a stock tus server has stopped', async () => {
  const tus = await stockTusServer();
  const page = await context.newPage();
  await page.goto(site.origin);
  const target = await tus.create({ 'upload-defer-length': '1' });
  // What a page has sent may not have arrived: it stops once the server has some, long before all.
  const session = await context.newCDPSession(page);
  const limit = (uploadThroughput: number) => {
    const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
    return session.send('Network.emulateNetworkConditions', conditions);
  };
  await limit(2_000_000);
  await page.exposeFunction('storedSome', async () => (await tus.stored(target)).length > 0);
  await page.exposeFunction('hurry', () => limit(-1));
  const { hash, refusal, resumedFrom, steps } = await page.evaluate(async (given) => {
    const { uploadFile }: typeof Sdk = await import(`${location.origin}/gett-sdk.min.js`);
    const test = globalThis as unknown as {
      storedSome(): Promise<boolean>;
      hurry(): Promise<void>;
    };
    const part = crypto.getRandomValues(new Uint8Array(65_536));
    const file = new File(Array(512).fill(part), 'film.mkv');
    const controller = new AbortController();
    const sending = uploadFile(given, file, { signal: controller.signal }).catch(String);
    while (!(await test.storedSome())) await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort(new Error('enough'));
    const refusal = await sending;
    await test.hurry();
    const seen: Sdk.UploadProgress[] = [];
    await uploadFile(given, file, { onProgress: (progress) => seen.push(progress) });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const steps = seen.map(({ sent }) => sent);
    return { hash, refusal, resumedFrom: seen[0]?.resumedFrom ?? 0, steps };
  }, target);
  expect(refusal).toBe('Error: enough');
  expect(resumedFrom).toBeGreaterThan(0);
  expect(tus.patches).toEqual([0, resumedFrom]);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(512 * 65_536);
  const stored = await tus.stored(target);
  expect(createHash('sha256').update(stored).digest('hex')).toBe(hash);
  await tus.stop();
});
