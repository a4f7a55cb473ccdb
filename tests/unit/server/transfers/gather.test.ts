import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { gather } from '../../../../src/server/transfers/gather.ts';

test('a short body that is there at once is given whole', async () => {
  const body = new PassThrough();
  body.write('some ');
  body.end('bytes');
  expect(String(await gather(body, 10))).toBe('some bytes');
});

test('a body that is too long is given back with nothing missing', async () => {
  const body = new PassThrough();
  body.write('some ');
  body.write('bytes');
  expect(await gather(body, 9)).toBeUndefined();
  body.end('!');
  expect(String(await buffer(body))).toBe('some bytes!');
});

test('a body that lets wait is given back with nothing missing', async () => {
  const body = new PassThrough();
  body.write('some ');
  expect(await gather(body, 100)).toBeUndefined();
  body.end('bytes');
  expect(String(await buffer(body))).toBe('some bytes');
});

test('a body that came while the server was busy with something else is given whole', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked: Promise<IncomingMessage[]> = once(server, 'request');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n');
  const [request = new PassThrough()] = await asked;
  const gathered = gather(request, 100);
  client.write('some bytes');
  for (const end = performance.now() + 60; performance.now() < end; );
  expect(String(await gathered)).toBe('some bytes');
  client.destroy();
  server.close();
});

test('a body that breaks off is not taken for a whole one', async () => {
  const body = new PassThrough().on('error', () => undefined);
  body.write('some ');
  const gathered = gather(body, 100);
  body.destroy(new Error('cut'));
  expect(await gathered).toBeUndefined();
});
