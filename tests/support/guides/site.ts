import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** Serves a folder, and pages that are made up while it runs. */
export interface Site {
  readonly origin: string;
  /** The address of a new page. */
  pageOf(html: string): string;
  stop(): Promise<void>;
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css' };

/** @param imports what bare names in modules mean */
export async function startSite(
  folder: string,
  imports: Record<string, string> = {},
): Promise<Site> {
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
  const pages: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const page = pages[Number(/^\/pages\/(\d+)$/.exec(pathname)?.[1])];
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      return;
    }
    const place = path.join(folder, path.normalize(decodeURIComponent(pathname)));
    const file = createReadStream(pathname.endsWith('/') ? path.join(place, 'index.html') : place);
    const type = TYPES[path.extname(String(file.path))] ?? 'text/javascript';
    file.once('open', () => response.writeHead(200, { 'content-type': type }));
    file.once('error', () => response.writeHead(404).end());
    file.pipe(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    pageOf(html) {
      const [doctype = ''] = /^<!doctype html>/i.exec(html) ?? [];
      pages.push(doctype + map + html.slice(doctype.length));
      return `${origin}/pages/${pages.length - 1}`;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
