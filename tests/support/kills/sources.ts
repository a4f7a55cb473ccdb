import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { StreamSource } from '../../../src/sdk/index.ts';

/** The same numbers for the same seed, from 0 up to 1. https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SLICE = 64 * 1024;

/** Bytes that differ everywhere, so that a part in the wrong place changes the digest. */
export function bytesOf(size: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE(random() * 2 ** 32, at);
  for (let at = size - (size % 4); at < size; at++) bytes[at] = Math.floor(random() * 256);
  return bytes;
}

export const digest = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** The bytes as a slow network brings them, so that a kill finds uploads in their middle. */
export async function* trickle(bytes: Buffer, start = 0): AsyncGenerator<Buffer> {
  for (let at = start; at < bytes.length; at += SLICE) {
    yield bytes.subarray(at, at + SLICE);
    await delay(4);
  }
}

export const slowSource = (bytes: Buffer): StreamSource => ({
  size: bytes.length,
  stream: () => trickle(bytes),
  streamFrom: (start) => trickle(bytes, start),
});
