import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { JetStream, WebSocketTransport } from '../../src/sdk/jetstream/index.ts';
import { webSocketTransport } from '../../src/sdk/jetstream/node.ts';

let server: WebSocketServer;
let url: string;
beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/api' });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterEach(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

async function connected() {
  const opened = once(server, 'connection') as Promise<[WebSocket, { headers: object }]>;
  const client = new JetStream({ transport: webSocketTransport({ url }) });
  const api = await client.api('ignored.example.org').connect();
  const [socket, request] = await opened;
  return { api, socket, request };
}

/** A socket that never opens, to see what is asked of it. */
class Recorded {
  static readonly asked: unknown[][] = [];
  constructor(...asked: unknown[]) {
    Recorded.asked.push(asked);
  }
  send(): void {}
  close(): void {}
  addEventListener(type: string, listener: (event: never) => void): void {
    const event = { code: 1006, reason: '' } as never;
    if (type === 'close') queueMicrotask(() => listener(event));
  }
}

describe('the WebSocket transport', () => {
  it('asks for an encrypted connection to /api and the subprotocol', async () => {
    const client = new JetStream({
      transport: () => new WebSocketTransport({ WebSocket: Recorded }),
    });
    await expect(client.api('files.example.org').connect()).rejects.toMatchObject({
      cause: { message: 'The WebSocket closed with code 1006.' },
    });
    await expect(client.api('::1', 9000).connect()).rejects.toThrow('[::1]:9000');
    expect(Recorded.asked).toEqual([
      ['wss://files.example.org:8886/api', 'jetstream.jsonrpc'],
      ['wss://[::1]:9000/api', 'jetstream.jsonrpc'],
    ]);
  });

  it('goes to a full address instead, with one text in each text frame', async () => {
    const { api, socket, request } = await connected();
    expect(request.headers).toMatchObject({ 'sec-websocket-protocol': 'jetstream.jsonrpc' });
    const heard = once(socket, 'message');
    const info = api.server.getServerInfo();
    const [data, isBinary] = await heard;
    expect([String(data), isBinary]).toEqual([
      '{"jsonrpc":"2.0","id":1,"method":"server.getServerInfo","params":{}}',
      false,
    ]);
    socket.send('{"jsonrpc":"2.0","id":1,"result":{"version":"2.3.1"}}');
    await expect(info).resolves.toEqual({ version: '2.3.1' });
    const closed = once(socket, 'close');
    await api.disconnect();
    await closed;
  });

  it.each(['https://gateway.example.org/api?token=SECRET', '/api', 'wss://'])(
    'refuses the address %s without repeating it',
    (address) => {
      const make = () => new WebSocketTransport({ url: address });
      expect(make).toThrow(TypeError);
      expect(make).toThrow(/^url must be a full address such as wss:/);
    },
  );

  it.each([
    [
      'a binary frame',
      (socket: WebSocket) => socket.send(Buffer.from('{}')),
      'The server sent a binary frame.',
    ],
    [
      'a code',
      (socket: WebSocket) => socket.close(1011, 'out of memory'),
      'The WebSocket closed with code 1011: out of memory.',
    ],
    ['a cut', (socket: WebSocket) => socket.terminate(), 'The WebSocket closed with code 1006.'],
  ])('tells why the connection ended at %s', async (_what, end, message) => {
    const { api, socket } = await connected();
    const call = api.send.getManifests().catch((error: unknown) => error);
    end(socket);
    await expect(call).resolves.toMatchObject({
      name: 'JetStreamConnectionError',
      cause: { message },
    });
    expect(api.connected).toBe(false);
  });

  it.each([1000, 1001])(
    'has no reason to tell when the server says goodbye by %i',
    async (code) => {
      const { api, socket } = await connected();
      const call = api.send.getManifests().catch((error: unknown) => error);
      socket.close(code);
      const error = await call;
      expect(error).toMatchObject({ name: 'JetStreamConnectionError' });
      expect(error).not.toHaveProperty('cause');
    },
  );

  it('says why there is no connection', async () => {
    const elsewhere = url.replace('/api', '/elsewhere');
    const api = new JetStream({ transport: webSocketTransport({ url: elsewhere }) }).api('h');
    await expect(api.connect()).rejects.toMatchObject({
      name: 'JetStreamConnectionError',
      message: 'Could not connect to h:8886.',
      cause: { message: 'Unexpected server response: 400' },
    });
  });

  it('gives up connecting at a signal, and can then connect anew', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const addresses = [`ws://127.0.0.1:${port}/api`, url];
    const client = new JetStream({
      transport: () => webSocketTransport({ url: addresses.shift() ?? '' }),
    });
    const api = client.api('h');
    const accepted = once(silent, 'connection');
    const controller = new AbortController();
    const attempt = expect(api.connect({ signal: controller.signal })).rejects.toThrow('enough');
    await accepted;
    controller.abort(new Error('enough'));
    await attempt;
    await api.connect();
    expect(api.connected).toBe(true);
    await new Promise((resolve) => silent.close(resolve));
  });

  it('keeps what is late on an old connection away from the next one', async () => {
    const { api, socket } = await connected();
    const gone = once(socket, 'close');
    socket.send('not JSON, but nobody listens any more');
    await api.disconnect();
    const opened = once(server, 'connection') as Promise<[WebSocket]>;
    await api.connect();
    const [next] = await opened;
    await gone;
    let id = 0;
    next.on('message', () => {
      id += 1;
      next.send(JSON.stringify({ jsonrpc: '2.0', id, result: { version: 'next' } }));
    });
    await expect(api.server.getServerInfo()).resolves.toEqual({ version: 'next' });
    await expect(api.server.getServerInfo()).resolves.toEqual({ version: 'next' });
  });
});
