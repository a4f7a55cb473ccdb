import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { announce, joinSession, LiveClient, newSession, untilLive } from './live-support.ts';
import { exchange, openGet, put, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const open = (path?: string, protocols?: string[]) =>
  LiveClient.open(service.server.origin, path, protocols);
const token = () => service.ada.accesstoken;

describe('6.1 connecting', () => {
  test.each(['/', '/?x=1', '/1/live', '/live'])('6.1 a WebSocket is taken at %s', async (path) => {
    const client = await open(path);
    client.say('ping');
    expect(await client.next()).toBe('pong');
    await client.close();
  });

  test('6.1 anywhere else the upgrade is refused with 404', async () => {
    const socket = new WebSocket(`${service.server.origin.replace('http', 'ws')}/1/shares`);
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(error.message).toContain('404');
  });

  test('6.1 a subprotocol is not selected, and the handshake succeeds', async () => {
    const { hostname, port } = new URL(service.server.origin);
    const socket = connect(Number(port), hostname);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://elsewhere.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: wss\r\n\r\n`,
    );
    const head = await new Promise<string>((resolve) => {
      socket.once('data', (bytes) => resolve(bytes.toString()));
    });
    socket.destroy();
    expect(head).toMatch(/^HTTP\/1\.1 101 /);
    expect(head).not.toMatch(/sec-websocket-protocol/i);
  });

  test('6.1 an offer of another protocol is passed over: the page is answered as ever', async () => {
    const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c' };
    const { status, text: page } = await exchange(`${service.server.origin}/`, { headers });
    expect(status).toBe(200);
    expect(page).toContain('<html');
  });

  test('6.1 a request with a body that offers another protocol is refused, never half read', async () => {
    const { hostname, port } = new URL(service.server.origin);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /1/users/login HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\n{}',
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('6.2 connect', () => {
  test('6.2 is not acknowledged, and makes the files of the session live', async () => {
    const { client, file } = await announce(service);
    expect(await client.settled()).toEqual([]);
    const share = (await service.get(`/shares/${file.sharename}`)).json;
    expect(share).toMatchObject({ live: true, files: [{ fileid: '0', live: true }] });
    await client.close();
  });

  test('6.2 files may be announced before the session connects', async () => {
    const session = newSession();
    const { sharename } = await service.newShare();
    const { json: file } = await service.post(`/files/${sharename}/create`, {
      filename: 'a.txt',
      session,
    });
    expect(file.live).toBe(false);
    const client = await open();
    client.connect(token(), session);
    await untilLive(service, file, true);
    await client.close();
    await untilLive(service, file, false);
  });

  test.each([
    ['a bad token', () => 'a.0.nobody.9999999999.00'],
    ['an expired token', () => token().replace(/\.\d+\./, '.1000000000.')],
    ['a refresh token', () => service.ada.refreshtoken],
  ])('6.2 %s closes with 1008', async (_, makeToken) => {
    const client = await open();
    client.connect(makeToken(), newSession());
    expect(await client.closed).toBe(1008);
    expect(client.texts).toEqual([]);
  });

  test.each([
    ['a frame that is not JSON', 'hello'],
    ['an empty frame', ''],
    ['JSON that is no object', '[]'],
    ['an unknown type', '{"type":"disconnect"}'],
    ['a connect without a session', '{"type":"connect","accesstoken":"a"}'],
    ['a ping inside quotes', '"ping"'],
  ])('6.2 %s closes with 1008', async (_, frame) => {
    const client = await open();
    client.say(frame);
    expect(await client.closed).toBe(1008);
  });

  test.each(['', 'error', 'seven77'])(
    '6.2 the session "%s" is too short: 1008',
    async (session) => {
      const client = await open();
      client.connect(token(), session);
      expect(await client.closed).toBe(1008);
      expect((await exchange(service.server.origin)).status).toBe(200);
    },
  );

  test.each(['newListener', 'removeListener', '__proto__', 'constructor', 'hasOwnProperty'])(
    '6.2 the session "%s" is one like any other',
    async (session) => {
      const { client, file } = await announce(service, { session });
      const visitor = openGet(await service.readUrl(file));
      expect(await client.message()).toMatchObject({ type: 'download', fileid: file.fileid });
      await put(file.upload.puturl, 'bytes');
      expect(await text(await visitor)).toBe('bytes');
      await client.close();
      await untilLive(service, file, false);
    },
  );

  test('6.1 a binary frame closes with 1008', async () => {
    const client = await open();
    client.socket.send(Buffer.from('ping'));
    expect(await client.closed).toBe(1008);
  });

  test('6.2 a frame of more than 64 KiB closes with 1009', async () => {
    const client = await open();
    client.say('x'.repeat(65_537));
    expect(await client.closed).toBe(1009);
  });

  test('6.2 the session of somebody else is refused like a bad token', async () => {
    const { client, session, file } = await announce(service);
    const bob = await open();
    bob.connect(service.bob.accesstoken, session);
    expect(await bob.closed).toBe(1008);
    expect((await service.file(file)).live).toBe(true);

    await client.close();
    await untilLive(service, file, false);
    const again = await open();
    again.connect(service.bob.accesstoken, session);
    expect(await again.closed).toBe(1008);
    expect((await service.file(file)).live).toBe(false);
  });

  test('6.2 nobody announces a file with the session of somebody else', async () => {
    const { client, session } = await announce(service);
    const { sharename } = await service.newShare(undefined, service.bob.accesstoken);
    const body = { filename: 'a.txt', session };
    const { status } = await service.post(
      `/files/${sharename}/create`,
      body,
      service.bob.accesstoken,
    );
    expect(status).toBe(403);
    await client.close();
  });

  test('6.2 a second connect on the same socket replaces the first', async () => {
    const { client, file } = await announce(service);
    const session = newSession();
    const other = await service.post(`/files/${file.sharename}/create`, {
      filename: 'b.txt',
      session,
    });
    client.connect(token(), session);
    await untilLive(service, other.json, true);
    await untilLive(service, file, false);
    await client.close();
  });

  test('6.2 a second connect with a bad token closes with 1008', async () => {
    const { client, file } = await announce(service);
    client.connect('nonsense', newSession());
    expect(await client.closed).toBe(1008);
    await untilLive(service, file, false);
  });

  test('6.2 a session stays live until its last connection is closed', async () => {
    const first = await announce(service);
    const { client, file } = first;
    const second = await joinSession(service, first);
    await client.close();
    expect((await service.file(file)).live).toBe(true);
    await second.close();
    await untilLive(service, file, false);
  });
});

describe('6.3 ping and pong', () => {
  test('6.3 the server answers ping with pong, before and after connect', async () => {
    const { client } = await announce(service);
    client.say('ping');
    expect(await client.next()).toBe('pong');
    client.say('pong');
    expect(await client.settled()).toEqual([]);
    await client.close();
  });
});

describe('4.5 listings', () => {
  test('4.5 a remote file is listed to visitors only while its session is connected', async () => {
    const { client, file } = await announce(service);
    const listed = async () => (await service.get(`/shares/${file.sharename}`)).json.files.length;
    expect(await listed()).toBe(1);
    await client.close();
    await untilLive(service, file, false);
    expect(await listed()).toBe(0);
    const own = await service.get(`/shares/${file.sharename}`, token());
    expect(own.json).toMatchObject({ live: false, files: [{ live: false }] });
  });
});

test('6.1 a server that stops closes with 1012', async () => {
  const stopping = await Service.start();
  const { client } = await announce(stopping);
  await stopping.stop();
  expect(await client.closed).toBe(1012);
});
