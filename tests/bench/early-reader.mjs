/** What a reader who comes during an upload waits for, and what the uploader pays for readers. */
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { median, percentile } from './support/figures.mjs';
import { startGett } from './support/gett.mjs';
import { beginUpload, finishUpload, keepAlive, responseTo, timed } from './support/http.mjs';
import { startPipingServer } from './support/peers.mjs';

const CHUNK = Buffer.alloc(64 * 1024, 'x');
const ROUNDS = 5;
const SAMPLES = 200;
const WARM_UP = 100;
/** Lets the first chunk arrive before the reader asks; milliseconds. */
const ARRIVAL = 3;
const LARGE = { chunk: Buffer.alloc(1024 * 1024, 'x'), chunks: 512 };
/** When the relay has not taken the upload until then, it never will; milliseconds. */
const PATIENCE = 10_000;

/**
 * Makes a new place for an upload, and tells where to read it.
 * @typedef {() => Promise<{ upload: string, read: () => Promise<string> }>} Place
 */

const uploads = keepAlive(1);
const readers = keepAlive(1);

/**
 * Milliseconds from a reader's request to the first byte of an upload that is half done.
 * @param {Awaited<ReturnType<Place>>} place
 */
async function firstByte({ upload, read }) {
  const begun = await beginUpload(upload, 2 * CHUNK.length, { agent: uploads });
  begun.sent.write(CHUNK);
  const url = await read();
  await delay(ARRIVAL);
  const start = performance.now();
  const asked = request(url, { agent: readers }).end();
  const response = await responseTo(asked);
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode}`);
  await once(response, 'data');
  const time = performance.now() - start;
  const end = once(response, 'end');
  await finishUpload(begun, CHUNK, 1);
  await end;
  return time;
}

/** @param {Place} place @param {number} count */
async function firstBytes(place, count) {
  const times = [];
  for (let index = 0; index < count; index++) times.push(await firstByte(await place()));
  return times;
}

/**
 * Milliseconds that an uploader takes for what follows its first chunk.
 * @param {Awaited<ReturnType<Place>>} place
 * @param {{ stuckReader: boolean }} options
 */
async function uploadTime({ upload, read }, { stuckReader }) {
  const { chunk, chunks } = LARGE;
  const begun = await beginUpload(upload, chunk.length * chunks);
  begun.sent.write(chunk);
  // A response without a listener for its data is never read.
  const reader = stuckReader ? request(await read()).end() : undefined;
  if (reader) await responseTo(reader);
  const given = new AbortController();
  const time = await Promise.race([
    timed(() => finishUpload(begun, chunk, chunks - 1)),
    delay(PATIENCE, Number.POSITIVE_INFINITY, { signal: given.signal }),
  ]);
  given.abort();
  reader?.on('error', () => undefined).destroy();
  if (time === Number.POSITIVE_INFINITY) begun.sent.on('error', () => undefined).destroy();
  return time;
}

/** @returns {Promise<import('./support/figures.mjs').Figure[]>} */
export async function earlyReader(/** @type {string | undefined} */ profiles) {
  const gett = await startGett(profiles);
  const piping = await startPipingServer();
  try {
    const share = await gett.newShare();
    const ourPlace = async () => {
      const [file] = await gett.announce(share, 1);
      if (!file) throw new Error('no file was announced');
      return { upload: file.upload.puturl, read: () => gett.readUrl(file) };
    };
    let path = 0;
    const relayPlace = async () => {
      const url = `${piping.origin}/${path++}`;
      return { upload: url, read: async () => url };
    };
    return [
      ...(await compareFirstBytes(ourPlace, relayPlace)),
      ...(await compareUploadTimes(ourPlace, relayPlace)),
    ];
  } finally {
    uploads.destroy();
    readers.destroy();
    await Promise.all([gett.stop(), piping.stop()]);
  }
}

/** @param {Place} ourPlace @param {Place} relayPlace */
async function compareFirstBytes(ourPlace, relayPlace) {
  await firstBytes(ourPlace, WARM_UP);
  await firstBytes(relayPlace, WARM_UP);
  const ours = /** @type {number[][]} */ ([]);
  const relay = /** @type {number[][]} */ ([]);
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await firstBytes(ourPlace, SAMPLES));
    relay.push(await firstBytes(relayPlace, SAMPLES));
  }
  /** @param {string} name @param {number} share @param {number} limit */
  const figure = (name, share, limit) => {
    const rounds = {
      ours: ours.map((times) => percentile(times, share)),
      peer: relay.map((times) => percentile(times, share)),
    };
    return {
      measure: `early reader: first byte, ${name}`,
      unit: 'ms',
      ours: median(rounds.ours),
      peer: { name: 'piping-server', figure: median(rounds.peer) },
      target: `ours ≤ ${limit} ms`,
      met: median(rounds.ours) <= limit,
      rounds,
    };
  };
  return [figure('p50', 0.5, 1), figure('p99', 0.99, 10)];
}

/** @param {Place} ourPlace @param {Place} relayPlace */
async function compareUploadTimes(ourPlace, relayPlace) {
  const alone = [];
  const stuck = [];
  await uploadTime(await ourPlace(), { stuckReader: false });
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await uploadTime(await ourPlace(), { stuckReader: false }));
    stuck.push(await uploadTime(await ourPlace(), { stuckReader: true }));
  }
  const relay = await uploadTime(await relayPlace(), { stuckReader: true });
  const measure = 'upload of 512 MiB with a stuck reader';
  const ours = median(stuck);
  const peer = { name: 'ours without a reader', figure: median(alone) };
  return [
    {
      measure,
      unit: 'ms',
      ours,
      peer,
      target: 'ratio ≤ 1.1',
      met: ours / peer.figure <= 1.1,
      rounds: { ours: stuck, peer: alone },
    },
    {
      measure,
      unit: 'ms',
      ours,
      peer: { name: 'piping-server', figure: relay },
      rounds: { ours: stuck, peer: [relay] },
    },
  ];
}
