import { gzipSync } from 'node:zlib';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Bridge from '../../src/sdk/bridge/index.ts';
import { type LocalBridge, startBridge } from '../support/bridge/bridge-server.ts';
import { BROWSERS, bundle, startClientPage } from '../support/client-page.ts';

declare global {
  /** The client in the page. */
  var bridge: typeof Bridge;
}

const MiB = 2 ** 20;
let local: LocalBridge;
let site: Awaited<ReturnType<typeof startClientPage>>;
beforeAll(async () => {
  site = await startClientPage('bridge', await bundle('bridge/index.ts'));
  local = await startBridge({ shardSize: MiB });
});
afterAll(async () => {
  await Promise.all([local.stop(), site.stop()]);
});

it('the client is at most 8 kB, compressed and without the curve library', async () => {
  const own = await bundle('bridge/index.ts', [/^@noble\//]);
  expect(own).toMatch(/from\s*["']@noble\/curves/);
  expect(gzipSync(own).length).toBeLessThan(8_000);
});

describe.each(BROWSERS)('in a page of another origin, in $browser', (options) => {
  const { browser } = options;
  let running: Browser;
  let page: Page;
  beforeAll(async () => {
    running = await launch({ ...options, headless: true });
    page = await running.newPage();
    await page.goto(site.origin);
    await page.waitForFunction(() => 'bridge' in globalThis);
  });
  afterAll(() => running.close());

  it('the client does everything from registering to a verified download', async () => {
    const email = `ann@${browser}.example`;
    const open = { email, baseUrl: local.baseUrl };
    const privateKey = await page.evaluate(async ({ email, baseUrl }) => {
      const { BridgeClient, KeyPair } = globalThis.bridge;
      const keyPair = KeyPair.generate();
      const client = new BridgeClient({ baseUrl });
      await client.users.register({ email, password: 'pässwörd', publicKey: keyPair });
      return keyPair.exportPrivateKey();
    }, open);

    const mailed = local.accounts.mails.get(email) ?? '';
    const report = await page.evaluate(
      async ({ baseUrl, mailed, privateKey, size }) => {
        const { BridgeClient, KeyPair, keyPairAuth, fileHash } = globalThis.bridge;
        const auth = keyPairAuth(KeyPair.fromPrivateKey(privateKey));
        const client = new BridgeClient({ baseUrl, auth });
        await client.users.activate(mailed);
        const { id } = await client.buckets.create({ name: '猫' });
        const uploads: number[] = [];
        client.on('upload', ({ loaded }) => uploads.push(loaded));

        const bytes = new Uint8Array(size).map((_, i) => (i * 7) ^ (i >> 13));
        const file = new File([bytes], 'my "cat" — 猫.bin', { type: 'x/y' });
        const entry = await client.files.upload(id, file);
        const stream = client.files.download(id, entry.hash, { concurrency: 4 });
        const back = await new Response(stream).blob();
        const same = (await fileHash(back)) === (await fileHash(file));
        const missing = await client.buckets.get('f'.repeat(24)).catch((error) => error.code);
        await client.files.remove(id, entry.hash);
        const left = await client.files.list(id);
        await client.buckets.update(id, { name: 'dog' });
        const { name } = await client.buckets.get(id);
        await client.buckets.remove(id);
        return { entry, back: back.size, same, missing, left, name, uploads };
      },
      { baseUrl: local.baseUrl, mailed, privateKey, size: 5 * MiB },
    );
    expect(report).toMatchObject({
      entry: { filename: "my 'cat' — 猫.bin", mimetype: 'x/y', size: 5 * MiB },
      back: 5 * MiB,
      same: true,
      missing: 'not-found',
      left: [],
      name: 'dog',
    });
    expect(report.uploads[0]).toBe(0);
    expect(report.uploads.at(-1)).toBe(5 * MiB);
    expect(report.uploads).toEqual(report.uploads.toSorted((a, b) => a - b));
    await expect.poll(() => local.node.connections).toBe(0);
  });

  it('the client tells the progress of an upload and ends it on request', async () => {
    const closed = new Promise((resolve) => {
      local.answerNext = (request) => request.resume().once('close', resolve);
    });
    const outcome = await page.evaluate(
      async ({ baseUrl, size, token }) => {
        const { BridgeClient } = globalThis.bridge;
        const client = new BridgeClient({ baseUrl });
        const stop = new AbortController();
        const loads: number[] = [];
        client.on('upload', ({ loaded }) => {
          loads.push(loaded);
          if (loaded > 0) stop.abort(new Error('enough'));
        });
        const file = new File([new Uint8Array(size)], 'big');
        const error = await client.files
          .upload('b', file, { token, signal: stop.signal })
          .catch((error: unknown) => String(error));
        return { error, loads };
      },
      { baseUrl: local.baseUrl, size: 64 * MiB, token: 'ab'.repeat(32) },
    );
    await closed;
    expect(outcome.error).toBe('Error: enough');
    expect(outcome.loads[0]).toBe(0);
    expect(outcome.loads.at(-1)).toBeGreaterThan(0);
  });
});
