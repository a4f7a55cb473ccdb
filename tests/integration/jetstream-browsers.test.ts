import { gzipSync } from 'node:zlib';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as JetStreamClient from '../../src/sdk/jetstream/index.ts';
import { BROWSERS, bundle, startClientPage } from '../support/client-page.ts';
import { type ListeningGateway, listen } from '../support/jetstream/listen.ts';

declare global {
  /** The client in the page. */
  var jetstream: typeof JetStreamClient;
}

let script: string;
let listening: ListeningGateway;
let site: Awaited<ReturnType<typeof startClientPage>>;
beforeAll(async () => {
  script = await bundle('jetstream/index.ts');
  site = await startClientPage('jetstream', script);
  listening = await listen();
});
afterAll(async () => {
  await Promise.all([listening.stop(), site.stop()]);
});

it('the client is at most 8 kB, compressed, and needs no other package', () => {
  expect(script).not.toMatch(/\bfrom\s*["']|\bimport\s*["'(]/);
  expect(gzipSync(script).length).toBeLessThan(8_000);
});

describe.each(BROWSERS)('over the WebSocket of $browser', (options) => {
  let running: Browser;
  let page: Page;
  beforeAll(async () => {
    running = await launch({ ...options, headless: true });
    page = await running.newPage();
    await page.goto(site.origin);
    await page.waitForFunction(() => 'jetstream' in globalThis);
  });
  afterAll(() => running.close());

  it('a file on the server becomes a link, and a transfer of it ends', async () => {
    const report = await page.evaluate(async (url) => {
      const { JetStream, WebSocketTransport, withConnection } = globalThis.jetstream;
      const client = new JetStream({
        transport: () => new WebSocketTransport({ url }),
        defaults: { intervalMs: 1 },
      });
      return withConnection(client.api('files.example.org'), async (api) => {
        const refused = await api.send.getManifests().catch((error) => error.name);
        await api.server.auth('jsmith', 'secret');
        const mappings = { '/data/читай.txt': '/home/readme.txt' };
        const manifest = await api.send.waitForManifest(
          await api.send.createManifest({ mappings }),
        );
        const token = await api.send.createSharedToken(manifest, { downloadLimit: 3 });
        const destination = await api.send.createDestination('other.example.org');
        const transfer = await api.send.waitForTransfer(
          await api.send.createTransfer(destination, manifest),
        );
        const { fileMappings } = await api.send.getManifestFiles(manifest);
        const link = api.sharedLink(token);
        return { refused, status: transfer.status, path: fileMappings[0]?.destPath, link };
      });
    }, listening.webSocketUrl);
    expect(report).toEqual({
      refused: 'JetStreamAuthError',
      status: 'complete',
      path: '/data/читай.txt',
      link: expect.stringMatching(/^jetstream:\/\/files\.example\.org\/download\?token=MAYWEBRO/),
    });
    await expect.poll(() => listening.gateway.connections).toBe(0);
    expect(listening.gateway.violations).toEqual([]);
  });

  it('a broken rule and a dead address end in errors that say so', async () => {
    const release = listening.gateway.hold('server.getServerInfo');
    const errors = page.evaluate(async (url) => {
      const { JetStream, WebSocketTransport } = globalThis.jetstream;
      const connect = (address: string) =>
        new JetStream({ transport: new WebSocketTransport({ url: address }) })
          .api('files.example.org')
          .connect();
      const dead = await connect(url.replace('/api', '/elsewhere')).catch((error) => error.message);
      const api = await connect(url);
      const broken = await api.server
        .getServerInfo()
        .catch((error) => `${error.name} ${error.cause?.name}`);
      return { dead, broken };
    }, listening.webSocketUrl);
    await expect.poll(() => listening.gateway.received.at(-1)?.method).toBe('server.getServerInfo');
    listening.gateway.say('no JSON');
    release();
    await expect(errors).resolves.toEqual({
      dead: 'Could not connect to files.example.org:8886.',
      broken: 'JetStreamConnectionError JetStreamProtocolError',
    });
    await expect.poll(() => listening.gateway.connections).toBe(0);
  });
});
