import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else, with the two lines that a server of ours tells to paste. */
export interface EmbeddingSite {
  readonly origin: string;
  stop(): Promise<void>;
}

/** @param lines what is pasted; `server` is where files go. */
export async function startEmbeddingSite(server: string, lines: string): Promise<EmbeddingSite> {
  const policy = [
    "default-src 'none'",
    `script-src ${server}`,
    `connect-src ${server} ${server.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
  ].join('; ');
  const site = createServer((_, response) => {
    const headers = { 'Content-Type': 'text/html', 'Content-Security-Policy': policy };
    response.writeHead(200, headers).end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A shop</title></head>
<body><main><h1>Send us your files</h1>${lines}</main></body></html>`);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const { port } = site.address() as AddressInfo;
  return {
    // Another name of this machine, so that it is another site as well as another origin.
    origin: `http://localhost:${port}`,
    async stop() {
      site.closeAllConnections();
      site.close();
      await once(site, 'close');
    },
  };
}

/** The two lines as the start page of the server gives them. */
export async function linesOf(
  server: string,
): Promise<{ lines: string; integrity: string; src: string }> {
  const page = await (await fetch(server)).text();
  const copied = /data-copy="(&lt;script[^"]+)"/.exec(page)?.[1] ?? '';
  const lines = copied
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  const [, src = ''] = /src="([^"]+)"/.exec(lines) ?? [];
  const [, integrity = ''] = /integrity="([^"]+)"/.exec(lines) ?? [];
  return { lines, src, integrity };
}
