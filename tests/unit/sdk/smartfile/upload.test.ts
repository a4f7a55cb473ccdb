import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/sdk/http/clock.ts';
import { BasicClient, type UploadProgress } from '../../../../src/sdk/smartfile/index.ts';
import { type SmartFileService, startSmartFile } from '../../../support/smartfile/service.ts';

let service: SmartFileService;
let client: BasicClient;

beforeEach(async () => {
  service = await startSmartFile();
  client = new BasicClient({ ...service.credentials, baseUrl: service.baseUrl });
});
afterEach(() => service.stop());

const mebibyte = 1_048_576;

describe('an upload', () => {
  it('tells how many bytes of the file have left, then that it is stored', async () => {
    const seen: UploadProgress[] = [];
    const file = new File([new Uint8Array(3 * mebibyte)], 'big.bin');
    await client.path.upload('/', file, { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({ phase: 'sending', sent: 0, total: file.size, attempt: 1 });
    expect(seen.at(-2)?.phase).toBe('finishing');
    expect(seen.at(-1)).toEqual({ phase: 'done', sent: file.size, total: file.size, attempt: 1 });
    const sent = seen.map((progress) => progress.sent);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  });

  it('counts the bytes of the file, not of the form around it, and finishes once', async () => {
    let time = 0;
    // So slow that every step is told.
    const slow = new BasicClient({
      ...service.credentials,
      baseUrl: service.baseUrl,
      clock: { ...systemClock, now: () => (time += 1_000) },
    });
    const seen: UploadProgress[] = [];
    const chunk = new Uint8Array(10_000);
    const stream = async function* () {
      for (let count = 0; count < 3; count += 1) yield chunk;
    };
    const source = { size: 3 * chunk.length, name: 'a.bin', stream };
    await slow.path.upload('/', source, { onProgress: (progress) => seen.push(progress) });
    const sending = seen.slice(0, -2);
    expect(sending.every(({ phase }) => phase === 'sending')).toBe(true);
    // The end of the form is taken off beforehand: never more is told than has left.
    const chunks = sending.map(({ sent }) => Math.ceil(sent / chunk.length));
    expect(new Set(chunks)).toEqual(new Set([0, 1, 2, 3]));
    expect(Math.max(...sending.map(({ sent }) => sent))).toBeLessThanOrEqual(source.size);
    expect(seen.slice(-2).map(({ phase }) => phase)).toEqual(['finishing', 'done']);
  });

  it('of a nameless blob needs a name, and in a form gets one', async () => {
    const call = client.path.upload('/', new Blob(['x']));
    await expect(call).rejects.toMatchObject({ code: 'bad-request' });
    expect(service.log).toEqual([]);
    await client.post('/path/data', '/', { file: new Blob(['x']) });
    expect(service.files.has('/file')).toBe(true);
  });

  it('lets go of its source when it is given up', async () => {
    const controller = new AbortController();
    let closed = false;
    const source = {
      size: 64 * mebibyte,
      name: 'a.bin',
      async *stream() {
        try {
          for (;;) {
            yield new Uint8Array(mebibyte);
            controller.abort();
          }
        } finally {
          closed = true;
        }
      },
    };
    const call = client.path.upload('/', source, { signal: controller.signal });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => closed).toBe(true);
  });

  it('reads its source no further when the connection breaks', async () => {
    let read = 0;
    const source = {
      size: 512 * mebibyte,
      name: 'a.bin',
      async *stream() {
        for (; read < 512; read += 1) {
          yield new Uint8Array(mebibyte);
          if (read === 3) await service.stop();
        }
      },
    };
    await expect(client.path.upload('/', source)).rejects.toMatchObject({ code: 'network' });
    const then = read;
    await new Promise((resolve) => setImmediate(resolve));
    expect(read - then).toBeLessThan(3);
    expect(read).toBeLessThan(100);
    service = await startSmartFile();
  });

  it('begins to count again when it is repeated', async () => {
    const seen: UploadProgress[] = [];
    service.script({ status: 429, headers: { 'Retry-After': '0' } });
    const onProgress = (progress: UploadProgress) => seen.push(progress);
    await client.path.upload('/', new File(['x'], 'x.txt'), { onProgress });
    expect(seen.filter(({ phase }) => phase === 'done').map(({ attempt }) => attempt)).toEqual([2]);
    expect(seen.find(({ attempt }) => attempt === 2)?.sent).toBe(0);
  });

  it('takes a stream of unknown length', async () => {
    const stream = new Blob(['streamed ', 'bytes']).stream();
    const stored = await client.path.upload('/', stream, { name: 'a.txt' });
    expect(stored.size).toBe(14);
    expect(service.files.file('/a.txt')?.bytes.toString()).toBe('streamed bytes');
  });

  it('of a stream into a missing directory fails, because the stream is spent', async () => {
    const stream = new Blob(['x']).stream();
    const call = client.uploadAndShare('/missing', stream, { name: 'a.txt' });
    await expect(call).rejects.toMatchObject({ status: 409 });
    expect(service.log).toEqual(['POST /api/2/path/data/missing/']);
  });

  it('can be aborted while bytes leave', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const source = {
      size: 64 * mebibyte,
      name: 'a.bin',
      async *stream() {
        for (let sent = 0; sent < 64; sent += 1) {
          if (sent === 2) controller.abort(reason);
          yield new Uint8Array(mebibyte);
        }
      },
    };
    const call = client.path.upload('/', source, { signal: controller.signal });
    await expect(call).rejects.toBe(reason);
    expect(service.files.has('/a.bin')).toBe(false);
  });

  it.each([4, 6])(
    'of a file of 5 bytes that were %i when it was chosen stores nothing',
    async (size) => {
      const source = { size, name: 'a.txt', stream: () => new Blob(['bytes']).stream() };
      await expect(client.path.upload('/', source)).rejects.toMatchObject({
        code: 'source-changed',
      });
      expect(service.files.has('/a.txt')).toBe(false);
    },
  );
});

/** Counts and forgets what it gets, in a process of its own so that its memory is not ours. */
const sink = `
  const server = require('node:http').createServer((request, response) => {
    let size = 0;
    request.on('data', (chunk) => { size += chunk.length; });
    request.on('end', () => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify([{ path: '/big.bin', size, length: request.headers['content-length'] }]));
    });
  }).listen(0, '127.0.0.1', () => console.log(server.address().port));`;

describe('a big upload', () => {
  it('keeps memory flat and says its length beforehand', async () => {
    const child = spawn(process.execPath, ['-e', sink], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [port] = await once(createInterface(child.stdout), 'line');
      const chunks = 400;
      let most = 0;
      const before = process.memoryUsage().rss;
      const source = {
        size: chunks * mebibyte,
        name: 'big.bin',
        async *stream() {
          for (let count = 0; count < chunks; count += 1) {
            yield new Uint8Array(mebibyte).fill(count);
            most = Math.max(most, process.memoryUsage().rss - before);
          }
        },
      };
      const away = new BasicClient({
        ...service.credentials,
        baseUrl: `http://127.0.0.1:${port}/`,
      });
      const stored = await away.path.upload('/', source);
      expect(stored.size).toBeGreaterThan(source.size);
      expect(stored['length']).toBe(String(stored.size));
      expect(most).toBeLessThan(150 * mebibyte);
    } finally {
      child.kill();
    }
  });
});
