import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { announceFile, newSession, refOf, untilLive } from './live-support.ts';
import { exchange, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const REQUEST = 'GET / HTTP/1.1\r\nUpgrade: jsonsocket\r\n\r\n';
const HEAD =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: jsonsocket\r\nConnection: Upgrade\r\n\r\n';

/** A bare socket, and what each read of it has returned. */
function open(first: string): { socket: Socket; reads: string[]; closed: Promise<void> } {
  const { hostname, port } = new URL(service.server.origin);
  const socket = connect(Number(port), hostname);
  const reads: string[] = [];
  socket.on('data', (bytes) => reads.push(bytes.toString()));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  socket.write(first);
  return { socket, reads, closed };
}

const connectLine = (session: string, accesstoken = service.ada.accesstoken) =>
  `${JSON.stringify({ type: 'connect', accesstoken, session })}\n`;

test('6.1 jsonsocket: the head comes in one piece, then lines', async () => {
  const { socket, reads } = open(REQUEST);
  await expect.poll(() => reads).toEqual([HEAD]);
  socket.write('ping\n');
  await expect.poll(() => reads).toEqual([HEAD, 'pong\n']);
  const session = newSession();
  socket.write(connectLine(session));
  const { sharename } = await service.newShare();
  const file = await announceFile(service, sharename, 'film.mkv', session);
  await untilLive(service, file, true);
  await exchange(service.blobUrl(file));
  await expect.poll(() => reads.length).toBe(3);
  expect(reads[2]).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(reads[2] ?? '')).toEqual({ type: 'download', ...refOf(file), increment: true });
  socket.destroy();
  await untilLive(service, file, false);
});

test('6.1 jsonsocket: lines may come with the request, cut anywhere', async () => {
  const { socket, reads } = open(`${REQUEST}pi`);
  await expect.poll(() => reads).toEqual([HEAD]);
  socket.write('ng\nping\npi');
  socket.write('ng\r\n');
  await expect.poll(() => reads.join('')).toBe(`${HEAD}pong\npong\npong\n`);
  socket.destroy();
});

test.each([
  ['a bad token', () => connectLine(newSession(), 'nonsense')],
  ['a line that is not JSON', () => 'hello\n'],
  ['a line that never ends', () => 'x'.repeat(70_000)],
])('6.2 jsonsocket: %s closes', async (_, line) => {
  const { socket, closed } = open(REQUEST + line());
  await closed;
  expect(socket.destroyed).toBe(true);
});

test('an HTTP request that comes byte by byte, and two that come at once, are answered', async () => {
  const slow = open('G');
  for (const letter of 'ET /1/shares/x HTTP/1.1\r\n\r\n') slow.socket.write(letter);
  await expect.poll(() => slow.reads.join('')).toContain('share not found');
  slow.socket.destroy();
  const request = 'GET /1/shares/x HTTP/1.1\r\n\r\n';
  const twice = open(request + request);
  await expect.poll(() => twice.reads.join('').split('share not found').length).toBe(3);
  twice.socket.destroy();
});

test('connections that say nothing do not keep the server from stopping', async () => {
  const stopping = await Service.start();
  const { hostname, port } = new URL(stopping.server.origin);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve) => socket.once('connect', resolve));
  await exchange(stopping.server.origin);
  const before = Date.now();
  await stopping.stop();
  expect(Date.now() - before).toBeLessThan(15_000);
  socket.destroy();
});
