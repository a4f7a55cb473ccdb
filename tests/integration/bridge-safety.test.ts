import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { BridgeClient, basicAuth, KeyPair, keyPairAuth } from '../../src/sdk/bridge/index.ts';
import {
  BridgeWebSocket,
  bridgeFile,
  loadKeyPair,
  saveKeyPair,
} from '../../src/sdk/bridge/node.ts';
import { contentHash } from '../support/bridge/storage-node.ts';

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const end of ended.splice(0)) await end();
});

/** An HTTP server that does one thing. */
async function serving(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ended.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'bridge-'));
  ended.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

describe('secrets', () => {
  const keyPair = KeyPair.generate();
  const token = 'ab'.repeat(32);

  it('are in no error when the connection breaks', async () => {
    const baseUrl = await serving((request) => request.socket.destroy());
    const auth = basicAuth({ email: 'ann@example.com', password: 'open sesame' });
    const client = new BridgeClient({ baseUrl, auth });
    const signing = new BridgeClient({ baseUrl, auth: keyPairAuth(keyPair) });
    const secrets = [
      token,
      'open sesame',
      auth.headers('')['authorization'] ?? '',
      keyPair.exportPrivateKey(),
    ];
    const account = { email: 'ann@example.com', password: 'open sesame' };
    const calls = [
      () => client.users.register(account),
      () => client.users.activate(token),
      () => client.buckets.list(),
      () => signing.buckets.list(),
      () => client.files.upload('b', new File(['x'], 'x'), { token }),
      () => client.files.pointers('b', 'c', { token }),
    ];
    for (const call of calls) {
      const error = await call().catch((error: unknown) => error);
      expect(error).toMatchObject({ name: 'BridgeConnectionError', cause: expect.any(Error) });
      const text = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    const shown = inspect([client, signing], { depth: 9 }) + JSON.stringify([client, signing]);
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  it('do not follow a redirect to another server', async () => {
    const headers: unknown[] = [];
    const other = await serving((request, response) => {
      headers.push(request.headers);
      response.end('[]');
    });
    const baseUrl = await serving((request, response) => {
      response.writeHead(307, { location: `${other}${request.url}` }).end();
    });
    const client = new BridgeClient({ baseUrl, auth: keyPairAuth(keyPair) });
    await expect(client.buckets.list()).rejects.toMatchObject({ name: 'BridgeConnectionError' });
    await expect(client.files.pointers('b', 'c', { token })).rejects.toMatchObject({
      name: 'BridgeConnectionError',
    });
    expect(headers).toEqual([]);
  });
});

describe('a call', () => {
  it('ends after the client’s time limit, and the next one is made', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    ended.push(async () => vi.useRealTimers());
    let answers = false;
    const baseUrl = await serving((_, response) => {
      if (answers) response.end('[]');
      answers = true;
    });
    const client = new BridgeClient({
      baseUrl,
      auth: keyPairAuth(KeyPair.generate()),
      timeout: 200,
    });
    const silent = client.buckets.list();
    const next = client.buckets.list();
    await expect.poll(() => answers).toBe(true);
    vi.advanceTimersByTime(200);
    await expect(silent).rejects.toMatchObject({ cause: { name: 'TimeoutError' } });
    expect(await next).toEqual([]);
  });

  it('says which platform part is missing for downloads', () => {
    const client = new BridgeClient({ baseUrl: 'https://service.example' });
    vi.stubGlobal('WebSocket', undefined);
    expect(() => client.files.download('b', 'c')).toThrow('gett-sdk/node');
  });
});

describe('a key pair in a file', () => {
  it('is readable by its owner only and comes back', async () => {
    const file = path.join(await folder(), 'bridge.key');
    const keyPair = KeyPair.generate();
    await saveKeyPair(file, keyPair);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await loadKeyPair(file)).publicKey).toBe(keyPair.publicKey);
  });

  it('is never overwritten', async () => {
    const file = path.join(await folder(), 'bridge.key');
    await saveKeyPair(file, KeyPair.generate());
    const before = await readFile(file, 'utf8');
    await expect(saveKeyPair(file, KeyPair.generate())).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('is refused without repeating the content of a file that is something else', async () => {
    const file = path.join(await folder(), 'note.txt');
    await writeFile(file, 'dear diary');
    const error = await loadKeyPair(file).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).not.toContain('diary');
  });
});

describe('a file of this computer', () => {
  it('goes up with its name and type', async () => {
    const file = path.join(await folder(), 'Zażółć.txt');
    await writeFile(file, 'from disk');
    let body = '';
    const hash = contentHash(Buffer.from('from disk'));
    const entry = { bucket: 'b', hash, filename: 'x', mimetype: 'text/plain', size: 9 };
    const baseUrl = await serving((request, response) => {
      request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      request.once('end', () => response.end(JSON.stringify(entry)));
    });
    const token = 'ab'.repeat(32);
    await new BridgeClient({ baseUrl }).files.upload('b', await bridgeFile(file, 'text/plain'), {
      token,
    });
    expect(body).toContain(
      'filename="Zażółć.txt"\r\nContent-Type: text/plain\r\n\r\nfrom disk\r\n',
    );
  });

  it('does not go up when it was written to after it was chosen', async () => {
    const file = path.join(await folder(), 'note.txt');
    await writeFile(file, 'first');
    const chosen = await bridgeFile(file);
    await writeFile(file, 'something else');
    const client = new BridgeClient({
      baseUrl: 'https://service.example',
      fetch: () => Promise.reject(new Error('must not be sent')),
    });
    const upload = client.files.upload('b', chosen, { token: 'ab'.repeat(32) });
    await expect(upload).rejects.toMatchObject({
      name: 'SourceChangedError',
      cause: { name: 'NotReadableError' },
    });
  });
});

describe('memory', () => {
  const MiB = 2 ** 20;
  const SHARD = new Uint8Array(8 * MiB);
  const SIZE = 256 * MiB;

  function zerosHash(size: number): string {
    const sha256 = createHash('sha256');
    for (let at = 0; at < size; at += SHARD.length) sha256.update(SHARD);
    return createHash('ripemd160').update(sha256.digest('hex')).digest('hex');
  }

  it('stays flat while a big file goes up', { timeout: 120_000 }, async () => {
    const file = path.join(await folder(), 'big.bin');
    const handle = await open(file, 'w');
    await handle.truncate(SIZE);
    await handle.close();
    let received = 0;
    const baseUrl = await serving((request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.length));
      request.on('end', () => {
        const hash = zerosHash(SIZE);
        const entry = { bucket: 'b', hash, filename: 'big.bin', mimetype: 'x/x', size: SIZE };
        response.end(JSON.stringify(entry));
      });
    });
    const client = new BridgeClient({ baseUrl });
    const grown = await peakGrowth(() =>
      bridgeFile(file).then((big) => client.files.upload('b', big, { token: 'ab'.repeat(32) })),
    );
    expect(received).toBeGreaterThan(SIZE);
    expect(grown).toBeLessThan(150 * MiB);
  });

  it('stays flat while a big file comes down', { timeout: 120_000 }, async () => {
    const node = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    ended.push(() => new Promise((resolve) => node.close(resolve)));
    await once(node, 'listening');
    node.on('connection', (socket: WebSocket) =>
      socket.once('message', () => {
        socket.send(SHARD);
        socket.close(1000);
      }),
    );
    const channel = `ws://127.0.0.1:${(node.address() as AddressInfo).port}`;
    const shard = { hash: zerosHash(SHARD.length), token: 't', operation: 'PULL', channel };
    const shards = Array.from({ length: SIZE / SHARD.length }, () => shard);
    const baseUrl = await serving((_, response) => response.end(JSON.stringify(shards)));

    const client = new BridgeClient({ baseUrl, WebSocket: BridgeWebSocket });
    let received = 0;
    const grown = await peakGrowth(async () => {
      const token = 'ab'.repeat(32);
      for await (const chunk of client.files.download('b', zerosHash(SIZE), { token })) {
        received += chunk.length;
      }
    });
    expect(received).toBe(SIZE);
    expect(grown).toBeLessThan(150 * MiB);
  });

  /** Most bytes by which the resident memory of this process grew while `run` ran. */
  async function peakGrowth(run: () => Promise<unknown>): Promise<number> {
    const before = process.memoryUsage.rss();
    let peak = before;
    const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
    try {
      await run();
    } finally {
      clearInterval(sampling);
    }
    return peak - before;
  }
});
