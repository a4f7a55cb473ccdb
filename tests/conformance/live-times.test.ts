import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../src/server/accounts/passwords.ts';
import { openMetadata } from '../../src/server/metadata/open.ts';
import { type RunningServer, startServer } from '../../src/server/server.ts';
import { LiveClient } from './live-support.ts';
import { exchange } from './support.ts';

/**
 * Shorter than in the product, where the tests wait for them, and long enough for a busy machine
 * where they must not pass. The exact times are proved in tests/unit/server/live.
 */
const TIMES = { connect: 3_000, ping: 100, silence: 6_000, firstByte: 600, sessionBack: 200 };

let data: string;
let server: RunningServer;
let accesstoken: string;
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'gett-live-'));
  const store = await openMetadata(data, { locked: false });
  const passwordHash = await hashPassword('lovelace');
  await store.accounts.addUser({ email: 'ada@example.org', fullname: 'Ada', passwordHash });
  await store.close();
  const log = pino({ level: 'silent' });
  const config = { data, host: '127.0.0.1', port: 0, storageLimit: 1e9, log, live: TIMES };
  server = await startServer(config);
  const body = JSON.stringify({ email: 'ada@example.org', password: 'lovelace' });
  accesstoken = (await exchange(`${server.url}/1/users/login`, { body })).json.accesstoken;
});
afterAll(async () => {
  await server.stop();
  await rm(data, { recursive: true, force: true });
});

const call = async (route: string, body: unknown) =>
  (
    await exchange(`${server.url}/1${route}?accesstoken=${accesstoken}`, {
      body: JSON.stringify(body),
    })
  ).json;

/** A live file, and a visitor who is held. */
async function hold(session: string) {
  const client = await LiveClient.open(server.url);
  client.socket.on('message', (text: Buffer) => {
    if (text.toString() === 'ping') client.say('pong');
  });
  client.connect(accesstoken, session);
  const { sharename } = await call('/shares/create', {});
  const { fileid } = await call(`/files/${sharename}/create`, { filename: 'a.txt', session });
  const url = `${server.url}/1/files/${sharename}/${fileid}`;
  await expect.poll(async () => (await exchange(url)).json.live).toBe(true);
  const { headers } = await exchange(`${url}/blob`);
  return { client, held: exchange(String(headers.location)) };
}

test('6.5 a visitor who has waited long enough gets 404', async () => {
  const { client, held } = await hold('session-patience');
  expect(await held).toMatchObject({ status: 404, json: { error: 'file not found' } });
  expect(client.socket.readyState).toBe(client.socket.OPEN);
  await client.close();
});

test('6.5 a visitor gets 404 when the session has gone and does not come back', async () => {
  const { client, held } = await hold('session-leaves');
  client.socket.terminate();
  expect((await held).status).toBe(404);
});

test('6.2 who does not connect in time is closed with 1008', async () => {
  const client = await LiveClient.open(server.url);
  expect(await client.closed).toBe(1008);
});

test('6.3 the server pings, and closes when nothing is answered', async () => {
  const client = await LiveClient.open(server.url);
  client.connect(accesstoken, 'session-silent');
  expect(await client.next()).toBe('ping');
  expect(await client.next()).toBe('ping');
  await client.closed;
  expect(client.texts.length).toBeGreaterThan(5);
});

test('a user has so many connections and no more; the next is told to come later, the others stay', async () => {
  const own = await mkdtemp(path.join(tmpdir(), 'gett-live-limits-'));
  const store = await openMetadata(own, { locked: false });
  const passwordHash = await hashPassword('lovelace');
  await store.accounts.addUser({ email: 'ada@example.org', fullname: 'Ada', passwordHash });
  await store.close();
  const crowded = await startServer({
    data: own,
    host: '127.0.0.1',
    port: 0,
    storageLimit: 1e9,
    log: pino({ level: 'silent' }),
    liveLimits: { perUser: 2, connections: 3 },
  });
  try {
    const body = JSON.stringify({ email: 'ada@example.org', password: 'lovelace' });
    const answer = await exchange(`${crowded.url}/1/users/login`, { body });
    const clients: LiveClient[] = [];
    const open = async (session: string) => {
      const client = await LiveClient.open(crowded.url);
      client.connect(answer.json.accesstoken, session);
      clients.push(client);
      return client;
    };
    const [first, second] = [await open('session-one'), await open('session-two')];
    await first.settled();
    await second.settled();
    expect(await (await open('session-three')).closed).toBe(1013);

    // One that says nothing counts for the process: the fourth is over its limit.
    await LiveClient.open(crowded.url);
    const fourth = await LiveClient.open(crowded.url);
    expect(await fourth.closed).toBe(1013);
    expect(await first.settled()).toEqual([]);

    first.socket.close();
    await first.closed;
    const next = await open('session-three');
    await next.settled();
    expect(next.socket.readyState).toBe(next.socket.OPEN);
  } finally {
    await crowded.stop();
    await rm(own, { recursive: true, force: true });
  }
});
