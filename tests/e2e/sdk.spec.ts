import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, expect, test } from '@playwright/test';
import { build } from 'tsdown';
import { at } from '../../scripts/lib/project.mjs';
import { startServer, type TestServer } from '../support/server.ts';

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
