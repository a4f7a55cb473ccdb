import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { POLICY_VIOLATION } from '../../../../src/server/live/connection.ts';
import { LiveHub } from '../../../../src/server/live/hub.ts';
import { serveJsonSockets } from '../../../../src/server/live/jsonsocket.ts';
import { LiveServer } from '../../../../src/server/live/server.ts';
import { LIVE_TIMING } from '../../../../src/server/live/timing.ts';
import { CLOSE_WAIT, MAX_UNSENT, type Transport } from '../../../../src/server/live/transport.ts';

const ADA = { ownerId: 1, session: 'session-1' };
const REQUEST = 'GET / HTTP/1.1\r\nUpgrade: jsonsocket\r\n\r\n';

let server: Server;
let client: Socket;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  server = createServer();
});
afterEach(() => {
  vi.useRealTimers();
  client.destroy();
  server.close();
});

/** Waits without a timer, because those are under the test's control. */
async function until(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setImmediate(resolve));
}

/** Connects a client that reads nothing. Gives the server's end of the connection. */
async function connectMute(first: string): Promise<Socket> {
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const address = server.address();
  client = connect({
    host: '127.0.0.1',
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
  });
  client.on('error', () => undefined).pause();
  client.write(first);
  const [socket] = (await accepted) as [Socket];
  return socket;
}

/** Sends until the system takes no more for the client. */
async function fill(socket: Socket, send: (text: string) => void): Promise<void> {
  while (socket.writableLength < MAX_UNSENT / 2) {
    send('x'.repeat(64 * 1024));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a client that was sent away is listened to no more, and cut off when it reads nothing', async () => {
  let transport: Transport | undefined;
  const events = { receive: vi.fn(), end: vi.fn() };
  serveJsonSockets(server, (accepted) => {
    transport = accepted;
    return events;
  });
  const socket = await connectMute(`${REQUEST}hello\n`);
  await until(() => events.receive.mock.calls.length === 1);
  await fill(socket, (text) => transport?.send(text));
  transport?.close(POLICY_VIOLATION);

  const before = socket.bytesRead;
  client.write(`more\n${'y'.repeat(1_000_000)}`);
  await until(() => socket.bytesRead > before + 1_000_000);
  expect(events.receive).toHaveBeenCalledTimes(1);
  expect(events.end).not.toHaveBeenCalled();
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(CLOSE_WAIT);
  expect(socket.destroyed).toBe(true);
});

test('a client that reads nothing does not keep the server from stopping', async () => {
  const hub = new LiveHub();
  const live = new LiveServer(server, {
    hub,
    timing: LIVE_TIMING,
    authorise: () => Promise.resolve(ADA.ownerId),
    log: pino({ level: 'silent' }),
  });
  const { session } = ADA;
  const asked = JSON.stringify({ type: 'connect', accesstoken: 'good', session });
  const socket = await connectMute(`${REQUEST}${asked}\n`);
  await until(() => hub.isLive(ADA));
  const file = { sharename: 'x', fileid: '0', size: 1 };
  await fill(socket, (filename) => hub.send(ADA, { type: 'filestat', ...file, filename }));

  const closed = once(server, 'close');
  live.stop();
  server.close();
  vi.advanceTimersByTime(CLOSE_WAIT);
  await closed;
  expect(socket.destroyed).toBe(true);
});
