/** The demo page: a handful of files from one folder, on a free port of this computer. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { at } from '../../lib/project.mjs';

const files = new Map([
  ['/', { file: 'index.html', type: 'text/html; charset=utf-8' }],
  ['/demo.css', { file: 'demo.css', type: 'text/css' }],
  ['/pictures/lake-at-dusk.jpg', { file: 'pictures/lake-at-dusk.jpg', type: 'image/jpeg' }],
  ['/pictures/lighthouse.webp', { file: 'pictures/lighthouse.webp', type: 'image/webp' }],
  ['/pictures/paper-city.png', { file: 'pictures/paper-city.png', type: 'image/png' }],
  ['/pictures/orbits.gif', { file: 'pictures/orbits.gif', type: 'image/gif' }],
  ['/pictures/fern.svg', { file: 'pictures/fern.svg', type: 'image/svg+xml' }],
]);

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
  const entry = files.get(new URL(request.url ?? '/', 'http://demo').pathname);
  if (!entry) {
    response.writeHead(404).end();
    return;
  }
  const body = await readFile(at('scripts/demo', entry.file));
  response.writeHead(200, { 'content-type': entry.type, 'content-length': body.length }).end(body);
}

export async function startSite() {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
