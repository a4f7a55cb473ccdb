import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, put, test } from './support/visitor.ts';

/** Hears of every script that runs. */
class Canary {
  readonly heard: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<Canary> {
    const server = createServer((req, res) => {
      const path = req.url ?? '/';
      if (path === '/favicon.ico') return res.writeHead(404).end();
      if (path === '/page') {
        return res.writeHead(200, { 'Content-Type': 'text/html' }).end(hostilePage(canary.origin));
      }
      if (path !== '/end') canary.heard.push(path);
      return res.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('heard');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const canary = new Canary(server, `http://127.0.0.1:${port}`);
    return canary;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

const script = (origin: string) =>
  `document.title = 'owned'; fetch('${origin}/fetched', { mode: 'no-cors' });`;

const hostilePage = (origin: string) => `<!doctype html><title>harmless</title>
<body onload="fetch('${origin}/loaded')"><img src="${origin}/picture">
<script>${script(origin)}</script><script src="${origin}/script"></script>
<iframe srcdoc="<script>fetch('${origin}/framed')</script>"></iframe>
<meta http-equiv="refresh" content="0; url=${origin}/refreshed"></body>`;

const hostileDrawing = (origin: string) => `<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99" onload="fetch('${origin}/loaded')">
<script>${script(origin)}</script><image href="${origin}/picture" width="9" height="9"/>
<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml">
<img src="${origin}/inner"/></body></foreignObject></svg>`;

/** Opens an address the way a visitor does who types it, and waits until it has been shown. */
async function open(page: Page, url: string): Promise<'shown' | 'downloaded'> {
  const download = page.waitForEvent('download').then(
    async (download) => {
      await download.delete();
      return 'downloaded' as const;
    },
    () => 'shown' as const,
  );
  try {
    await page.goto(url, { waitUntil: 'load' });
    return 'shown';
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('Download is starting')) throw error;
    return download;
  }
}

let canary: Canary;
test.beforeEach(async () => {
  canary = await Canary.start();
});
test.afterEach(() => canary.stop());

test('the canary hears the hostile page where nothing stops it', async ({ page }) => {
  await page.goto(`${canary.origin}/page`);
  await expect.poll(() => [...canary.heard].sort()).toEqual(expect.arrayContaining(['/fetched']));
});

const disguises: [filename: string, make: typeof hostilePage][] = [
  ['page.html', hostilePage],
  ['page.xhtml', hostilePage],
  ['drawing.svg', hostileDrawing],
  ['feed.xml', hostileDrawing],
  ['photo.png', hostilePage],
  ['animation.gif', hostileDrawing],
  ['film.mp4', hostilePage],
  ['paper.pdf', hostilePage],
  ['notes.txt', hostilePage],
  ['archive.mhtml', hostilePage],
  ['no-ending', hostilePage],
  ['"><script>document.title="owned"<&#47;script>.html', hostilePage],
];

for (const [filename, make] of disguises) {
  test(`foreign bytes named ${filename} do not run`, async ({ page, share }) => {
    const file = await put(share, filename, Buffer.from(make(canary.origin)));
    const titles: string[] = [];
    const look = async () => titles.push(await page.title());

    for (const url of [share.url, file.url]) {
      expect((await page.goto(url))?.status()).toBe(200);
      await look();
    }
    if ((await open(page, file.blobUrl({ noinc: true }))) === 'shown') await look();

    // Whatever had been asked for before this is there by now.
    await page.goto(`${canary.origin}/end`);
    expect(canary.heard).toEqual([]);
    expect(titles).not.toContain('owned');
  });
}

test('what would run is saved when it is opened directly', async ({ page, share }) => {
  for (const [filename, make] of [
    ['page.html', hostilePage],
    ['drawing.svg', hostileDrawing],
  ] as const) {
    const file = await put(share, filename, Buffer.from(make(canary.origin)));
    expect(await open(page, file.blobUrl({ noinc: true }))).toBe('downloaded');
  }
});

test('the source of a hostile page is shown as text', async ({ page, share }) => {
  const source = hostilePage(canary.origin);
  const file = await put(share, 'page.html', Buffer.from(source));
  await page.goto(file.url);
  await expect(page.getByRole('region', { name: 'Preview of page.html' })).toHaveText(source, {
    useInnerText: false,
  });
});
