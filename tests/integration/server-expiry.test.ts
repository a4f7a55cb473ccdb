import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GettClient, isGettError, type Share } from '../../src/sdk/index.ts';
import { texts } from '../../src/server/pages/texts.ts';
import { type RunningServer, type ServerConfig, startServer } from '../../src/server/server.ts';
import { countBlobs } from '../support/stored.ts';

const DAY = 24 * 60 * 60 * 1000;

let data: string;
let server: RunningServer;
/** How far the server's clock is ahead; milliseconds. */
let ahead = 0;

const start = (more: Partial<ServerConfig>) =>
  startServer({
    data,
    host: '127.0.0.1',
    port: 0,
    storageLimit: 1_000_000,
    log: pino({ level: 'silent' }),
    now: () => Date.now() + ahead,
    ...more,
  });

async function restart(more: Partial<ServerConfig> = {}): Promise<void> {
  await server.stop();
  server = await start(more);
}

beforeEach(async () => {
  ahead = 0;
  data = await mkdtemp(path.join(tmpdir(), 'gett-expiry-'));
  server = await start({ anonymous: { maxSize: 1000, filesPerHour: 100, lifetime: 7 * DAY } });
});
afterEach(async () => {
  await server.stop();
  await rm(data, { recursive: true, force: true });
});

async function shareAnonymously(): Promise<Share> {
  const gett = new GettClient({ baseUrl: `${server.url}/1` });
  await gett.signIn({ anonymous: true });
  const share = await gett.shares.create({ title: 'Tour' });
  const file = await share.createFile({ filename: 'a.txt' });
  await file.send(new Blob(['bytes']));
  return share;
}

const blobs = () => countBlobs(data);
const pageOf = async ({ sharename }: Share) => {
  const response = await fetch(`${server.url}/${sharename}`);
  return { status: response.status, text: await response.text() };
};

test('a share without an account lives as long as it said, and then it is gone with its bytes', async () => {
  const share = await shareAnonymously();
  expect(share.expires?.getTime()).toBeGreaterThan(Date.now() + 6.9 * DAY);
  expect((await pageOf(share)).text).toContain('Available until');

  ahead = 7 * DAY - 60_000;
  await restart();
  expect((await pageOf(share)).status).toBe(200);
  expect(await blobs()).toBe(1);

  // Whoever switches sharing without an account off does not keep what was shared so for ever.
  ahead = 7 * DAY + 60_000;
  await restart();
  const gone = await pageOf(share);
  expect(gone.status).toBe(410);
  expect(gone.text).toContain(texts.expiredShare);
  await expect.poll(blobs).toBe(0);
});

test('a sign-in from before makes no more shares where sharing without an account was switched off', async () => {
  const gett = new GettClient({ baseUrl: `${server.url}/1` });
  await gett.signIn({ anonymous: true });
  const token = await gett.accessToken();
  await restart();
  const response = await fetch(`${server.url}/1/shares/create?accesstoken=${token}`, {
    method: 'POST',
  });
  expect(response.status).toBe(403);
  expect(await response.json()).toEqual({
    error: 'sharing without an account is not allowed on this server; sign in',
  });
});

test('somebody who has to wait for long is told so at once', async () => {
  await restart({ anonymous: { maxSize: 1000, filesPerHour: 2, lifetime: DAY } });
  const gett = new GettClient({ baseUrl: `${server.url}/1` });
  await gett.signIn({ anonymous: true });
  await gett.signIn({ anonymous: true });
  const refused = await gett.signIn({ anonymous: true }).catch((error: unknown) => error);
  expect(isGettError(refused) && refused.code).toBe('too-many-requests');
  expect(isGettError(refused) && refused.retryAfter).toBeGreaterThan(60_000);
});
