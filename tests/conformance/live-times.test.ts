import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { hashPassword } from '../../src/server/accounts/passwords.ts';
import type { LiveTiming } from '../../src/server/live/timing.ts';
import { openMetadata } from '../../src/server/metadata/open.ts';
import { type RunningServer, type ServerConfig, startServer } from '../../src/server/server.ts';
import { hold, LiveClient } from './live-support.ts';
import { exchange, type NewFile } from './support.ts';

let data: string;
let server: RunningServer;
let accesstoken: string;

async function serve(config: Partial<ServerConfig>): Promise<void> {
  data = await mkdtemp(path.join(tmpdir(), 'gett-live-'));
  const store = await openMetadata(data, { locked: false });
  const passwordHash = await hashPassword('lovelace');
  await store.accounts.addUser({ email: 'ada@example.org', fullname: 'Ada', passwordHash });
  await store.close();
  const log = pino({ level: 'silent' });
  server = await startServer({
    data,
    host: '127.0.0.1',
    port: 0,
    storageLimit: 1e9,
    log,
    ...config,
  });
  const body = JSON.stringify({ email: 'ada@example.org', password: 'lovelace' });
  accesstoken = (await exchange(`${server.url}/1/users/login`, { body })).json.accesstoken;
}

afterEach(async () => {
  await server.stop();
  await rm(data, { recursive: true, force: true });
});

/**
 * Only what a test waits for is shorter than in the product, so that nothing else ends before it.
 * The exact times are proved in tests/unit/server/live.
 */
const within = (live: Partial<LiveTiming>) => serve({ live });

const call = async (route: string, body: unknown) =>
  (
    await exchange(`${server.url}/1${route}?accesstoken=${accesstoken}`, {
      body: JSON.stringify(body),
    })
  ).json;

/** A live file, and a visitor who is held. */
async function held(session: string) {
  const client = await LiveClient.open(server.url);
  client.connect(accesstoken, session);
  const { sharename } = await call('/shares/create', {});
  const body = { filename: 'a.txt', session };
  const file: NewFile = await call(`/files/${sharename}/create`, body);
  const url = `${server.url}/1/files/${sharename}/${file.fileid}`;
  await expect.poll(async () => (await exchange(url)).json.live).toBe(true);
  const { visitor } = await hold({ blobUrl: () => `${url}/blob` }, { client, file }, exchange);
  return { client, visitor };
}

test('6.5 a visitor who has waited long enough gets 404', async () => {
  await within({ firstByte: 600 });
  const { client, visitor } = await held('session-patience');
  expect(await visitor).toMatchObject({ status: 404, json: { error: 'file not found' } });
  expect(client.socket.readyState).toBe(client.socket.OPEN);
  await client.close();
});

test('6.5 a visitor gets 404 when the session has gone and does not come back', async () => {
  await within({ sessionBack: 200, firstByte: 600_000 });
  const { client, visitor } = await held('session-leaves');
  client.socket.terminate();
  expect((await visitor).status).toBe(404);
});

test('6.2 who does not connect in time is closed with 1008', async () => {
  await within({ connect: 300 });
  const client = await LiveClient.open(server.url);
  expect(await client.closed).toBe(1008);
});

test('6.3 the server pings, and closes when nothing is answered', async () => {
  await within({ ping: 100, silence: 6_000 });
  const client = await LiveClient.open(server.url);
  client.connect(accesstoken, 'session-silent');
  expect(await client.next()).toBe('ping');
  expect(await client.next()).toBe('ping');
  await client.closed;
  expect(client.texts.length).toBeGreaterThan(5);
});

test('a user has so many connections and no more; the next is told to come later, the others stay', async () => {
  await serve({ liveLimits: { perUser: 2, connections: 3 } });
  const open = async (session: string) => {
    const client = await LiveClient.open(server.url);
    client.connect(accesstoken, session);
    return client;
  };
  const [first, second] = [await open('session-one'), await open('session-two')];
  await first.settled();
  await second.settled();
  expect(await (await open('session-three')).closed).toBe(1013);

  // One that says nothing counts for the process: the fourth is over its limit.
  await LiveClient.open(server.url);
  const fourth = await LiveClient.open(server.url);
  expect(await fourth.closed).toBe(1013);
  expect(await first.settled()).toEqual([]);

  first.socket.close();
  await first.closed;
  const next = await open('session-three');
  await next.settled();
  expect(next.socket.readyState).toBe(next.socket.OPEN);
});
