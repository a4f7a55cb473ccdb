import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { JetStream } from '../../src/sdk/jetstream/index.ts';
import { TcpTransport } from '../../src/sdk/jetstream/node.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

/** Starts a server of which the test plays the far end; gives a client and the next connection. */
async function start(server: net.Server = net.createServer(), transport = new TcpTransport()) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  const first = new Promise<Socket>((resolve) => {
    server.on(
      server instanceof tls.Server ? 'secureConnection' : 'connection',
      (socket: Socket) => {
        sockets.add(socket.on('error', () => undefined));
        resolve(socket);
      },
    );
  });
  const { port } = server.address() as AddressInfo;
  const api = new JetStream({ transport }).api('127.0.0.1', port);
  cleanups.push(async () => {
    await api.disconnect();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { api, first, port, server };
}

describe('the TCP transport', () => {
  it('exchanges the lines of the worked example', async () => {
    const { api, first } = await start();
    await api.connect();
    const socket = await first;
    let heard = '';
    socket.on('data', (bytes) => (heard += String(bytes)));
    const hear = (text: string) => expect.poll(() => heard).toBe(text);
    let expected = '';

    const refused = api.send.getManifests();
    expected += '{"jsonrpc":"2.0","id":1,"method":"send.getManifests","params":{}}\n';
    await hear(expected);
    socket.write(
      '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"authentication required"}}\n',
    );
    await expect(refused).rejects.toMatchObject({ name: 'JetStreamAuthError', code: 1 });

    const queued = api.server.authAsync('jsmith', 'secret');
    expected +=
      '{"jsonrpc":"2.0","id":2,"method":"server.authAsync","params":{"user":"jsmith","password":"secret"}}\n';
    await hear(expected);
    socket.write('{"jsonrpc":"2.0","id":2,"result":{"requestId":1}}\r\n\r\n\n');
    const request = await queued;

    const result = api.server.getRequestResult(request);
    const info = api.server.getServerInfo();
    expected +=
      '{"jsonrpc":"2.0","id":3,"method":"server.getRequestResult","params":{"requestId":1}}\n' +
      '{"jsonrpc":"2.0","id":4,"method":"server.getServerInfo","params":{}}\n';
    await hear(expected);
    socket.write(
      '{"jsonrpc":"2.0","id":4,"result":{"version":"2.3.1","apiVersion":30,"authRequired":true}}\n' +
        '{"jsonrpc":"2.0","id":3,"result":null}\n',
    );
    await expect(info).resolves.toEqual({ version: '2.3.1', apiVersion: 30, authRequired: true });
    await expect(result).resolves.toBeUndefined();

    const created = api.send.createManifest({ mappings: { '/d/a': '/s/a' } });
    expected +=
      '{"jsonrpc":"2.0","id":5,"method":"send.createManifest","params":{"mappings":{"/d/a":"/s/a"}}}\n';
    await hear(expected);
    socket.write(
      '{"jsonrpc":"2.0","id":5,"result":{"manifestId":"2","processing":true,"status":"pending","totalFiles":null,"totalSize":null,"errorMessage":null}}\n',
    );
    await expect(created).resolves.toEqual({
      manifestId: '2',
      processing: true,
      status: 'pending',
      totalFiles: null,
      totalSize: null,
      errorMessage: null,
    });
  });

  it('is encrypted when asked, and hands its options to TLS', async () => {
    const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    const suite = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
    const server = tls.createServer({ ...suite, pskCallback: () => key });
    const transport = new TcpTransport({
      tls: {
        ...suite,
        pskCallback: () => ({ psk: key, identity: 'client' }),
        checkServerIdentity: () => undefined,
      },
    });
    const { api, first } = await start(server, transport);
    await api.connect();
    const socket = await first;
    const info = api.server.getServerInfo();
    await once(socket, 'data');
    socket.write('{"jsonrpc":"2.0","id":1,"result":{"version":"9"}}\n');
    await expect(info).resolves.toEqual({ version: '9' });
    expect(socket).toHaveProperty('encrypted', true);
  });

  it('does not trust a server that does not prove its name', async () => {
    const plain = await start(net.createServer((socket) => socket.end('HTTP/1.1 400\r\n\r\n')));
    const api = new JetStream({ transport: new TcpTransport({ tls: true }) });
    await expect(api.api('127.0.0.1', plain.port).connect()).rejects.toMatchObject({
      name: 'JetStreamConnectionError',
      cause: { code: expect.stringMatching(/SSL|RESET/) },
    });
  });

  it('says why there is no connection', async () => {
    const { api, server } = await start();
    await new Promise((resolve) => server.close(resolve));
    await expect(api.connect()).rejects.toMatchObject({
      message: `Could not connect to 127.0.0.1:${api.port}.`,
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('gives up connecting at a signal', async () => {
    // The server never begins the handshake.
    const { api } = await start(net.createServer(), new TcpTransport({ tls: true }));
    const controller = new AbortController();
    const attempt = api.connect({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(attempt).rejects.toThrow('enough');
    expect(api.connected).toBe(false);
  });

  it.each([
    ['a line without end', () => Buffer.alloc(16 * 1024 * 1024 + 1, 'x'), 'longer than 16 MiB'],
    ['bytes that are not UTF-8', () => Buffer.from([0xff, 0x0a]), 'not valid for encoding utf-8'],
  ])('ends the connection at %s', async (_what, bytes, reason) => {
    const { api, first } = await start();
    await api.connect();
    const socket = (await first).resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const call = api.send.getManifests().catch((error: unknown) => error);
    socket.write(bytes());
    const error = await call;
    expect(error).toMatchObject({ name: 'JetStreamConnectionError' });
    expect(error instanceof Error && String(error.cause)).toContain(reason);
    await closed;
  });

  it('carries one connection at a time, and another one after it', async () => {
    const transport = new TcpTransport();
    const { api, first, port } = await start(net.createServer(), transport);
    await api.connect();
    const second = new JetStream({ transport }).api('127.0.0.1', port);
    await expect(second.connect()).rejects.toMatchObject({
      name: 'JetStreamConnectionError',
      message: 'This transport is in use. Give each connection its own.',
    });
    const info = api.server.getServerInfo();
    (await first).write('{"jsonrpc":"2.0","id":1,"result":{"version":"9"}}\n');
    await expect(info).resolves.toEqual({ version: '9' });
    await api.disconnect();
    await second.connect();
    expect(second.connected).toBe(true);
    await second.disconnect();
    await expect(transport.send('{}')).rejects.toThrow('closed');
  });
});
