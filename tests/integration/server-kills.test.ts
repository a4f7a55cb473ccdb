import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Clock,
  GettClient,
  isGettError,
  type QueueItem,
  type Share,
  type ShareFile,
  UploadQueue,
} from '../../src/sdk/index.ts';
import { sendPlain, visit } from '../support/kills/plain.ts';
import { bytesOf, digest, seededRandom, slowSource } from '../support/kills/sources.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { countBlobs, filesIn } from '../support/stored.ts';

const KILLS = 50;
const SEED = Number(process.env['KILL_SEED'] ?? 20_261_123);
const ADA = { email: 'ada@example.org', password: 'lovelace', name: 'Ada' };
/** What may pass by itself; anything else would be a wrong reason to wait. */
const PASSING = ['network', 'server', 'stalled', 'timeout'];

/** Pauses are short, so that many tries fit into the time between two kills. */
const hasty: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: (_, signal) => delay(30, undefined, { signal: signal ?? undefined }),
};
const random = seededRandom(SEED);

let server: TestServer;
let gett: GettClient;
/** Aborted when the last kill is over: whoever is at work then finishes. */
const over = new AbortController();
/** By address of the bytes: what a complete answer must be. */
const sources = new Map<string, { file: ShareFile; digest: string }>();
const counts = { interrupted: 0, whole: 0, broken: 0, waiting: 0 };

beforeAll(async () => {
  server = await startServer();
  await server.addUser(ADA);
  gett = new GettClient({ baseUrl: server.baseUrl, clock: hasty });
  await gett.signIn(ADA);
});
afterAll(() => server.stop());

/** A call of a client whose server may be gone for a moment. */
async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isGettError(error) || !PASSING.includes(error.code)) throw error;
      await delay(20);
    }
  }
}

function remember(file: ShareFile, bytes: Buffer): void {
  sources.set(file.blobUrl({ noinc: true }), { file, digest: digest(bytes) });
}

/** Sends the whole file again and again until the server has said yes, as old clients do. */
async function plainClient(method: 'PUT' | 'POST'): Promise<void> {
  const share = await untilAnswered(() => gett.shares.create({ title: method }));
  for (let n = 0; !over.signal.aborted; n++) {
    const bytes = bytesOf(Math.floor(random() * 2_500_000), n);
    const file = await untilAnswered(() => share.createFile({ filename: `${n}.bin` }));
    remember(file, bytes);
    for (;;) {
      const upload = await untilAnswered(() => file.uploadUrls());
      const answer = await sendPlain(method, upload, bytes).catch(() => undefined);
      if (answer?.status === 200) break;
      counts.interrupted += 1;
      await delay(20);
    }
  }
}

/** Sends with the SDK's queue; what it gives up with a reason is taken up again. */
async function queueClient(method: 'resumable' | 'put'): Promise<void> {
  const queue = new UploadQueue(gett, { parallel: 2, clock: hasty, upload: { method } });
  queue.on('change', ({ item }) => {
    if (item.state.type === 'failed') takeUpAgain(queue, item);
  });
  for (let round = 0; !over.signal.aborted; round++) {
    const share = await untilAnswered(() => gett.shares.create({ title: `${method} ${round}` }));
    const contents = [0, 1, 2].map((n) => bytesOf(500_000 + Math.floor(random() * 6_000_000), n));
    const items = await announce(queue, share, contents);
    for (const [i, { file }] of items.entries()) remember(file, contents[i] ?? Buffer.of());
    await expect
      .poll(() => items.map(({ state }) => state.type), { timeout: 120_000, interval: 20 })
      .toEqual(['sent', 'sent', 'sent']);
  }
  queue.close();
}

function announce(queue: UploadQueue, share: Share, contents: Buffer[]): Promise<QueueItem[]> {
  const files = contents.map((bytes, n) => ({ name: `${n}.bin`, content: slowSource(bytes) }));
  return untilAnswered(() => queue.add(share, files));
}

function takeUpAgain(queue: UploadQueue, item: QueueItem): void {
  const error = item.state.type === 'failed' ? item.state.error : undefined;
  counts.waiting += 1;
  if (!isGettError(error) || !PASSING.includes(error.code)) throw error;
  setTimeout(() => queue.resume(item), 50);
}

/** Reads what is being sent, and looks whether anything that seems complete is something else. */
async function visitor(wrong: string[]): Promise<void> {
  while (!over.signal.aborted) {
    const newest = [...sources].slice(-8);
    const chosen = newest[Math.floor(random() * newest.length)];
    if (chosen) {
      const [url, { file, digest: right }] = chosen;
      const seen = await visit(url);
      if (seen.type === 'broken') counts.broken += 1;
      if (seen.type === 'whole') counts.whole += 1;
      if (seen.type === 'whole' && digest(seen.bytes) !== right) {
        wrong.push(`${file.sharename}/${file.fileid}: ${seen.bytes.length} bytes`);
      }
    }
    await delay(10);
  }
}

/** Kills that met nobody, or visitors who never got anything, would prove little. */
function hasMetEverybody(): boolean {
  const { interrupted, waiting, broken, whole } = counts;
  const met = interrupted + waiting + broken;
  return met > KILLS / 2 && interrupted > 5 && broken > 5 && whole > 5;
}

test(`${KILLS} kills at random moments lose, double and falsify nothing (seed ${SEED})`, async () => {
  const wrong: string[] = [];
  const work = Promise.all([
    plainClient('PUT'),
    plainClient('POST'),
    queueClient('resumable'),
    queueClient('put'),
    visitor(wrong),
    visitor(wrong),
  ]);
  // A failure is reported by the line that waits for the work below.
  work.catch(() => undefined);
  for (let kill = 0; kill < KILLS || !hasMetEverybody(); kill++) {
    await delay(30 + random() * 450);
    await server.kill();
    await server.restart();
  }
  over.abort();
  await work;

  expect(wrong).toEqual([]);
  for (const [url, { file, digest: right }] of sources) {
    const seen = await visit(url);
    const name = `${file.sharename}/${file.fileid}`;
    expect([name, seen.type === 'whole' && digest(seen.bytes)]).toEqual([name, right]);
  }
  let stored = 0;
  for await (const share of gett.shares.list()) {
    // What was announced without its answer arriving has no bytes, so that no visitor sees it.
    const complete = share.files.filter(({ state }) => state === 'uploaded');
    const names = complete.map(({ filename }) => filename);
    expect(new Set(names).size, share.title).toBe(names.length);
    expect(share.files.filter(({ state }) => state === 'uploading')).toEqual([]);
    stored += names.length;
  }
  expect(stored).toBe(sources.size);
  await expect.poll(() => countBlobs(server.data)).toBe(sources.size);
  await expect.poll(() => filesIn(server.data, 'incoming')).toEqual([]);
}, 300_000);
