import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../src/server/accounts/passwords.ts';
import { openMetadata } from '../../src/server/metadata/open.ts';
import { type RunningServer, startServer } from '../../src/server/server.ts';
import { exchange, openPut } from '../conformance/support.ts';

/** Shorter than in the product, so that the test need not wait a minute; long for a busy machine. */
const STALL = 2_000;

let data: string;
let server: RunningServer;
let puturl: string;
let fileUrl: string;
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'gett-stall-'));
  const store = await openMetadata(data, { locked: false });
  const passwordHash = await hashPassword('lovelace');
  await store.accounts.addUser({ email: 'ada@example.org', fullname: 'Ada', passwordHash });
  await store.close();
  const log = pino({ level: 'silent' });
  const config = { data, host: '127.0.0.1', port: 0, storageLimit: 1e9, log, stallTimeout: STALL };
  server = await startServer(config);
  const api = `${server.url}/1`;
  const body = JSON.stringify({ email: 'ada@example.org', password: 'lovelace' });
  const { accesstoken } = (await exchange(`${api}/users/login`, { body })).json;
  const query = `?accesstoken=${accesstoken}`;
  const { sharename } = (await exchange(`${api}/shares/create${query}`, { body: '{}' })).json;
  const create = `${api}/files/${sharename}/create${query}`;
  const { upload, fileid } = (await exchange(create, { body: '{"filename":"a"}' })).json;
  puturl = upload.puturl;
  fileUrl = `${api}/files/${sharename}/${fileid}`;
});
afterAll(async () => {
  await server.stop();
  await rm(data, { recursive: true, force: true });
});

/** Sends a byte now and then. Gives what the server makes of it, and its longest silence in ms. */
async function sendSlowly() {
  const upload = openPut(puturl, 10);
  const closed = new Promise((resolve) => upload.once('close', resolve));
  let longest = 0;
  let last = performance.now();
  const looked = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  for (let i = 0; i < 9; i++) {
    upload.write('x');
    await new Promise((resolve) => setTimeout(resolve, STALL / 6));
    looked();
  }
  const { readystate } = (await exchange(fileUrl)).json;
  looked();
  return { readystate, closed, longest };
}

test('an upload that falls silent ends, one that goes on slowly does not', async () => {
  let slow = await sendSlowly();
  // This process has stood still meanwhile, so that the upload was silent too.
  while (slow.readystate !== 'uploading' && slow.longest > STALL / 2) slow = await sendSlowly();
  expect(slow.readystate).toBe('uploading');
  await slow.closed;
  await expect.poll(async () => (await exchange(fileUrl)).json.readystate).toBe('remote');
});

test('a JSON body that never comes ends the connection', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write('POST /1/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  expect(await text(socket)).not.toContain('200 OK');
});
