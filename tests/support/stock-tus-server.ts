import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import type { GettUpload } from '../../src/sdk/index.ts';

export interface StockTusServer {
  /** Makes an upload and gives its address as a Ge.tt service would. */
  create(headers: Record<string, string>): Promise<GettUpload>;
  stored(target: GettUpload): Promise<Buffer>;
  /** `Upload-Offset` of every PATCH, in order. */
  readonly patches: number[];
  /** Cuts every connection. */
  cut(): void;
  stop(): Promise<void>;
}

/** `@tus/server` as it comes, on a temporary folder. */
export async function stockTusServer(): Promise<StockTusServer> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gett-tus-'));
  const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) });
  const patches: number[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'PATCH') patches.push(Number(request.headers['upload-offset']));
    void tus.handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const files = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/files`;
  return {
    async create(headers) {
      const init = { method: 'POST', headers: { 'tus-resumable': '1.0.0', ...headers } };
      const answer = await fetch(files, init);
      const puturl = new URL(answer.headers.get('location') ?? '', files).href;
      return { puturl, posturl: puturl, resumable: 'tus-1.0' };
    },
    stored: ({ puturl }) => readFile(path.join(directory, path.basename(puturl))),
    patches,
    cut: () => server.closeAllConnections(),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await rm(directory, { recursive: true });
    },
  };
}
