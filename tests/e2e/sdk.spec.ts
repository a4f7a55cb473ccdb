import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, expect, test } from '@playwright/test';
import { build } from 'tsdown';
import { at } from '../../scripts/lib/project.mjs';
import type * as Sdk from '../../src/sdk/index.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { stockTusServer } from '../support/stock-tus-server.ts';

/**
 * The suite of tests/support/sdk-suite with the single-file SDK as it is published, in a page, a
 * dedicated worker and the service worker of an extension.
 */
const account = { email: 'ada@example.org', password: 'difference engine' };

const runner = `
  import * as sdk from './gett-sdk.min.js';
  import { cases } from './cases.js';
  export async function runAll(settings) {
    const results = [];
    for (const { name, run } of cases) {
      const error = await run({ sdk, ...settings }).then(() => '', (e) => String(e?.stack ?? e));
      results.push({ name, error });
    }
    return results;
  }
`;

const workerScript = `
  import { runAll } from './runner.js';
  addEventListener('message', async ({ data }) => postMessage(await runAll(data)));
`;

const extensionWorker = `
  import { runAll } from './runner.js';
  globalThis.runAll = runAll;
`;

const manifest = {
  manifest_version: 3,
  name: 'SDK suite',
  version: '1',
  background: { service_worker: 'extension-worker.js', type: 'module' },
  host_permissions: ['http://127.0.0.1/*'],
};

type Results = { name: string; error: string }[];

let folder: string;
let site: Server;
let siteOrigin: string;
let server: TestServer;
let context: BrowserContext;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gett-sdk-suite-'));
  await build({
    cwd: at(),
    config: false,
    entry: { cases: at('tests/support/sdk-suite/cases.ts') },
    outDir: folder,
    platform: 'browser',
    format: 'esm',
    fixedExtension: false,
    dts: false,
    clean: false,
    logLevel: 'silent',
  });
  const files = {
    'gett-sdk.min.js': await readFile(at('dist/sdk/gett-sdk.min.js')),
    'runner.js': runner,
    'worker.js': workerScript,
    'extension-worker.js': extensionWorker,
    'manifest.json': JSON.stringify(manifest),
    'index.html': '<!doctype html><title>SDK suite</title>',
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(path.join(folder, name), content);

  site = createServer((request, response) => {
    const name = path.basename(request.url ?? '') || 'index.html';
    const type = name.endsWith('.js') ? 'text/javascript' : 'text/html';
    const file = createReadStream(path.join(folder, name));
    file.once('open', () => response.writeHead(200, { 'content-type': type }));
    file.once('error', () => response.writeHead(404).end());
    file.pipe(response);
  });
  await new Promise<void>((resolve) => void site.listen(0, '127.0.0.1', resolve));
  const address = site.address();
  siteOrigin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

  server = await startServer();
  await server.addUser({ ...account, name: 'Ada' });
  context = await chromium.launchPersistentContext('', {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    headless: true,
    args: [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
  });
});

test.afterAll(async () => {
  await context?.close();
  await server?.stop();
  site?.close();
  await rm(folder, { recursive: true, force: true });
});

const failures = (results: Results) => results.filter(({ error }) => error !== '');
const settings = () => ({ baseUrl: server.baseUrl, ...account });

test('the SDK works in a page of another origin', async () => {
  const page = await context.newPage();
  await page.goto(siteOrigin);
  const results = await page.evaluate(async (given): Promise<Results> => {
    const { runAll } = await import(`${location.origin}/runner.js`);
    return runAll(given);
  }, settings());
  expect(failures(results)).toEqual([]);
  expect(results.length).toBeGreaterThan(10);
});

test('the SDK works in a dedicated worker', async () => {
  const page = await context.newPage();
  await page.goto(siteOrigin);
  const results = await page.evaluate((given): Promise<Results> => {
    const worker = new Worker('/worker.js', { type: 'module' });
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

test("the SDK works in an extension's service worker", async () => {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const results = await worker.evaluate((given): Promise<Results> => {
    const scope = globalThis as unknown as { runAll(input: object): Promise<Results> };
    return scope.runAll(given);
  }, settings());
  expect(failures(results)).toEqual([]);
  expect(results.length).toBeGreaterThan(10);
});

test('a page goes on with a large file where a stock tus server has stopped', async () => {
  const tus = await stockTusServer();
  const page = await context.newPage();
  await page.goto(siteOrigin);
  const target = await tus.create({ 'upload-defer-length': '1' });
  const { hash, refusal, resumedFrom, steps } = await page.evaluate(async (given) => {
    const { uploadFile }: typeof Sdk = await import(`${location.origin}/gett-sdk.min.js`);
    const part = crypto.getRandomValues(new Uint8Array(65_536));
    const file = new File(Array(512).fill(part), 'film.mkv');
    const controller = new AbortController();
    const refusal = await uploadFile(given, file, {
      signal: controller.signal,
      onProgress: ({ sent }) => sent > 0 && controller.abort(new Error('enough')),
    }).catch(String);
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
