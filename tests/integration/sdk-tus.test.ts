import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server as TusServer } from '@tus/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileFromPath, type UploadProgress, uploadFile } from '../../src/sdk/node.ts';

const MIB = 1024 * 1024;
const TUS = { 'tus-resumable': '1.0.0' };

describe('a stock tus server', () => {
  let folder: string;
  let server: Server;
  let origin: string;
  let sockets: Set<Socket>;
  let patches: string[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gett-tus-'));
    const tus = new TusServer({
      path: '/files',
      datastore: new FileStore({ directory: path.join(folder, 'stored') }),
    });
    sockets = new Set();
    patches = [];
    server = createServer((request, response) => {
      if (request.method === 'PATCH') patches.push(String(request.headers['upload-offset']));
      void tus.handle(request, response);
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  /** The target of an upload that the server has created. */
  const create = async (headers: Record<string, string>) => {
    const answer = await fetch(`${origin}/files`, {
      method: 'POST',
      headers: { ...TUS, ...headers },
    });
    const puturl = new URL(answer.headers.get('location') ?? '', origin).href;
    return { puturl, posturl: puturl, resumable: 'tus-1.0' } as const;
  };
  const stored = ({ puturl }: { puturl: string }) =>
    readFile(path.join(folder, 'stored', path.basename(puturl)));

  it.each([
    ['was told the length', { 'upload-length': String(3 * MIB) }],
    ['was not told the length yet', { 'upload-defer-length': '1' }],
  ])('takes a file when it %s', async (_, headers) => {
    const bytes = randomBytes(3 * MIB);
    const target = await create(headers);
    await uploadFile(target, new Blob([bytes]), { method: 'resumable' });
    expect((await stored(target)).equals(bytes)).toBe(true);
    expect(patches).toEqual(['0']);
  });

  it('gets the rest, and only the rest, after the connection was cut', async () => {
    const bytes = randomBytes(64 * MIB);
    const file = path.join(folder, 'film.mkv');
    await writeFile(file, bytes);
    const target = await create({ 'upload-length': String(bytes.length) });
    let cuts = 0;
    const resumed: number[] = [];
    const onProgress = ({ sent, resumedFrom = 0 }: UploadProgress) => {
      if (resumedFrom > (resumed.at(-1) ?? 0)) resumed.push(resumedFrom);
      if (cuts >= 2 || sent <= resumedFrom + 8 * MIB) return;
      cuts += 1;
      for (const socket of sockets) socket.destroy();
    };
    const clock = { now: () => Date.now(), random: () => 1, sleep: async () => undefined };
    await uploadFile(target, await fileFromPath(file), { method: 'resumable', onProgress, clock });
    expect((await stored(target)).equals(bytes)).toBe(true);
    expect(cuts).toBe(2);
    expect(resumed.length).toBeGreaterThan(0);
    expect(patches.map(Number)).toEqual(patches.map(Number).toSorted((a, b) => a - b));
    expect(Number(patches.at(-1))).toBe(resumed.at(-1));
  });
});
