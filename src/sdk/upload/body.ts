import { SourceChangedError } from '../http/call-errors.ts';
import { isGettError } from '../http/gett-error.ts';
import type { Body, UploadSource } from './types.ts';

/** Reads of this size give steady progress and are quick enough. */
const CHUNK = 256 * 1024;

const BINARY = 'application/octet-stream';

export function bodyOf(source: UploadSource, name: string | undefined): Body {
  if (source instanceof Blob) return blobBody(source, name);
  if ('stream' in source) {
    return {
      name: name ?? source.name ?? 'file',
      type: source.type || BINARY,
      size: source.size,
      replayable: true,
      chunks: (start = 0) => readable(source.streamFrom?.(start) ?? skip(source.stream(), start)),
      blob: () => collect(readable(source.stream()), source.type),
      probe: async () => undefined,
    };
  }
  let collected: Promise<Blob> | undefined;
  return {
    name: name ?? 'file',
    type: BINARY,
    size: undefined,
    get replayable() {
      return collected !== undefined;
    },
    chunks: () => readAll(source),
    blob: () => (collected ??= collect(readAll(source))),
    probe: async () => undefined,
  };
}

function blobBody(blob: Blob, name: string | undefined): Body {
  return {
    name: name ?? (blob instanceof File ? blob.name : 'file'),
    type: blob.type || BINARY,
    size: blob.size,
    replayable: true,
    blob: async () => blob,
    // Slices, because a Blob made in Node's memory streams as one single chunk.
    async *chunks(start = 0) {
      for (let at = start; at < blob.size; at += CHUNK) {
        yield new Uint8Array(await blob.slice(at, at + CHUNK).arrayBuffer());
      }
    },
    async probe() {
      await blob.slice(0, 1).arrayBuffer();
    },
  };
}

/** Some bytes of a body, as a body. */
export function partOf(body: Body, start: number, end: number): Body {
  return {
    ...body,
    size: end - start,
    // The last part is read to its end, where a source notices that it has changed.
    chunks: () => (end === body.size ? body.chunks(start) : take(body.chunks(start), end - start)),
    blob: async () => (await body.blob()).slice(start, end, body.type),
  };
}

async function* skip(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

async function* take(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** Tells a source that cannot be read from a network that fails. */
async function* readable(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    if (isGettError(cause)) throw cause;
    throw new SourceChangedError('The file can no longer be read.', { cause });
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

async function collect(chunks: AsyncIterable<Uint8Array>, type = BINARY): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const chunk of chunks) parts.push(new Uint8Array(chunk));
  return new Blob(parts, { type });
}
