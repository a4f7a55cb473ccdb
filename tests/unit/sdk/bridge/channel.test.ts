import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { fetchShard, type ShardRequest } from '../../../../src/sdk/bridge/channel.ts';
import { fileHash } from '../../../../src/sdk/bridge/hash.ts';
import { type RecordedFrame, recordings } from '../../../support/bridge/recordings.ts';

const { cases } = recordings('channel');
const recorded = (name: string) => {
  const found = cases.find((entry) => entry.name === name);
  if (!found) throw new Error(`no recording ${name}`);
  return found;
};
const small = recorded('pull-small');
const content = Buffer.from('Hello data channel!');

const servers: WebSocketServer[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A storage node that treats every connection as told. */
async function node(serve: (socket: WebSocket) => void) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  servers.push(server);
  server.on('connection', serve);
  await once(server, 'listening');
  const channel = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const request = (changes: Partial<ShardRequest> = {}): ShardRequest => ({
    pointer: pointer(channel),
    shard: 3,
    WebSocket,
    signal: new AbortController().signal,
    stallTimeout: 20_000,
    maxShardSize: 1000,
    ...changes,
  });
  const closed = () => expect.poll(() => server.clients.size).toBe(0);
  return { request, closed, server };
}

function pointer(channel: string) {
  if (!small.pointer) throw new Error('no pointer');
  return { ...small.pointer, channel };
}

/** Plays the server's side of a recording after each frame of the client. */
async function play(frames: RecordedFrame[]) {
  const heard: string[] = [];
  const player = await node((socket) => {
    const rest = [...frames];
    socket.on('message', (data: Buffer) => {
      heard.push(data.toString());
      rest.shift();
      while (rest[0] && rest[0].from !== 'client') {
        const frame = rest.shift();
        if (frame?.text !== undefined) socket.send(frame.text);
        if (frame?.base64 !== undefined) socket.send(Buffer.from(frame.base64, 'base64'));
        if (frame?.close === 1000) socket.close(1000);
      }
    });
  });
  return { ...player, heard };
}

const text = (chunks: Uint8Array[]) => Buffer.concat(chunks).toString();

describe('a shard', () => {
  it('is fetched with the recorded frames', async () => {
    const { request, heard } = await play(small.frames);
    expect(text(await fetchShard(request()))).toBe('Hello data channel!');
    expect(heard).toEqual([small.frames[0]?.text]);
  });

  it.each(['pull-token-reused', 'pull-not-json'])(
    'is refused as recorded in %s, and the connection left open is closed',
    async (name) => {
      const { frames } = recorded(name);
      const { request, closed } = await play(frames);
      const { code, message } = JSON.parse(frames[1]?.text ?? '') as {
        code: number;
        message: string;
      };
      await expect(fetchShard(request())).rejects.toMatchObject({
        name: 'BridgeChannelError',
        code: 'refused',
        status: code,
        shard: 3,
        message: `The storage node refused the shard: ${message}`,
      });
      await closed();
    },
  );

  it('of 200,000 bytes is asked for as recorded, and other bytes of that length are refused', async () => {
    const { frames, pointer: recordedPointer } = recorded('pull-200000-bytes');
    const [asked, answer] = frames;
    const inner = answer?.sha256 ?? '';
    expect(createHash('ripemd160').update(inner).digest('hex')).toBe(recordedPointer?.hash);
    const heard: string[] = [];
    const { request } = await node((socket) => {
      socket.on('message', (data: Buffer) => {
        heard.push(data.toString());
        socket.send(Buffer.alloc(answer?.binaryLength ?? 0));
        socket.close(1000);
      });
    });
    const ask = request({ maxShardSize: 200_000 });
    const pointer = { ...ask.pointer, ...recordedPointer, channel: ask.pointer.channel };
    await expect(fetchShard({ ...ask, pointer })).rejects.toMatchObject({ code: 'hash-mismatch' });
    expect(heard).toEqual([asked?.text]);
  });

  it('may come in any number of frames, with a status 200 before them', async () => {
    const { request } = await node((socket) => {
      socket.send(JSON.stringify({ code: 200, message: 'OK' }));
      for (const byte of content) socket.send(Buffer.of(byte));
      socket.close(1000);
    });
    expect(text(await fetchShard(request()))).toBe('Hello data channel!');
  });

  it('may come as one frame of 8 MiB', async () => {
    const long = Buffer.alloc(8 * 2 ** 20, 'long');
    const { request } = await node((socket) => {
      socket.send(long);
      socket.close(1000);
    });
    const ask = request({ maxShardSize: long.length });
    const hash = await fileHash(long);
    const chunks = await fetchShard({ ...ask, pointer: { ...ask.pointer, hash } });
    expect(Buffer.concat(chunks).equals(long)).toBe(true);
  });

  it.each([
    ['other bytes', (socket: WebSocket) => socket.send('Hello data channel?', { binary: true })],
    ['too few bytes', (socket: WebSocket) => socket.send(content.subarray(0, 5))],
    ['no bytes', () => undefined],
  ])('is refused when the node sends %s', async (_, send) => {
    const { request } = await node((socket) => {
      send(socket);
      socket.close(1000);
    });
    await expect(fetchShard(request())).rejects.toMatchObject({ code: 'hash-mismatch', shard: 3 });
  });

  it('is given up when the node sends without end', async () => {
    const { request, closed } = await node((socket) => {
      for (let i = 0; i < 20; i++) socket.send(Buffer.alloc(100));
    });
    await expect(fetchShard(request())).rejects.toMatchObject({ code: 'too-large' });
    await closed();
  });

  it('is given up when the node falls silent', async () => {
    const { request, closed } = await node((socket) => socket.send(content));
    const silent = fetchShard(request({ stallTimeout: 100 }));
    await expect(silent).rejects.toMatchObject({ code: 'stalled' });
    await closed();
  });

  it.each(['{"type":"stream"}', 'BinaryJS', '[]'])(
    'is given up when the node speaks otherwise: %s',
    async (frame) => {
      const { request, closed } = await node((socket) => socket.send(frame));
      await expect(fetchShard(request())).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining('BinaryJS'),
      });
      await closed();
    },
  );

  it('is given up with the reason of the signal, before and while it comes', async () => {
    let connected = (): void => undefined;
    const connection = new Promise<void>((resolve) => (connected = resolve));
    const { request, closed } = await node(() => connected());
    const stop = new AbortController();
    const running = fetchShard(request({ signal: stop.signal }));
    await connection;
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await closed();
    await expect(fetchShard(request({ signal: stop.signal }))).rejects.toThrow('enough');
  });

  it('fails with the cause when the node cannot be reached', async () => {
    const { request, server } = await node(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    await expect(fetchShard(request())).rejects.toMatchObject({
      code: 'unreachable',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('does not bring the token of its pointer into the error', async () => {
    const { request } = await node((socket) =>
      socket.once('message', (data: Buffer) =>
        socket.send(JSON.stringify({ code: 400, message: data.toString() })),
      ),
    );
    const error = await fetchShard(request()).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('[hidden]') });
    expect(String(error)).not.toContain(small.pointer?.token);
  });

  it('says why it fails in a page served over HTTPS', async () => {
    const { request } = await node(() => undefined);
    vi.stubGlobal('location', { protocol: 'https:' });
    const blocked = function () {
      throw new DOMException('An insecure WebSocket connection', 'SecurityError');
    } as unknown as ShardRequest['WebSocket'];
    await expect(fetchShard(request({ WebSocket: blocked }))).rejects.toMatchObject({
      code: 'insecure',
      message: expect.stringContaining('HTTPS'),
      cause: { name: 'SecurityError' },
    });
  });
});
