import { unreadable } from '../body.ts';
import type { Body } from '../types.ts';

/** Reads of this size give steady progress and are quick enough. */
const CHUNK = 256 * 1024;

type Chunks = AsyncIterable<Uint8Array>;

/** The bytes of a body as they are read. */
export function chunksOf({ source, start, size = 0, toEnd }: Body): Chunks {
  if (source instanceof Blob) return slices(source, start, start + size);
  if (source instanceof ReadableStream) return readAll(source);
  const rest = readable(source.streamFrom?.(start) ?? skip(source.stream(), start));
  return toEnd ? rest : take(rest, size);
}

/** Slices, because a Blob made in Node's memory streams as one single chunk. */
async function* slices(blob: Blob, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += CHUNK) {
    yield new Uint8Array(await blob.slice(at, Math.min(end, at + CHUNK)).arrayBuffer());
  }
}

async function* skip(chunks: Chunks, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

async function* take(chunks: Chunks, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

async function* readable(chunks: Chunks): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    unreadable(cause);
  }
}

async function* readAll(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
