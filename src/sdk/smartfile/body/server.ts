import { SourceChangedError } from '../../http/call-errors.ts';
import type { FilePayload, Payload, Piece } from '../payload.ts';

/** Reads of this size give steady progress; a Blob in Node's memory streams as one chunk. */
const chunkSize = 256 * 1_024;

/**
 * Servers' runtimes send files as they are read; the memory holds one chunk.
 *
 * @param failed ends the reading, when nobody sends any more
 */
export async function bodyOf(
  payload: Payload,
  onSent: ((bytes: number) => void) | undefined,
  failed: AbortSignal,
): Promise<Pick<RequestInit, 'body'> & { duplex?: 'half' }> {
  if (payload.kind === 'text') return { body: payload.text };
  return { body: counted(payload, onSent, failed), duplex: 'half' };
}

/** A chunk counts as sent when the next one is asked for. */
function counted(
  payload: FilePayload,
  onSent: ((bytes: number) => void) | undefined,
  failed: AbortSignal,
): ReadableStream<Uint8Array> {
  const chunks = chunksOf(payload.pieces);
  const size = payload.frame + payload.fileSize;
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      // Node reads the whole body of a request that has failed, to throw it away.
      if (failed.aborted) {
        await chunks.return(undefined);
        throw failed.reason;
      }
      onSent?.(sent);
      const { done, value } = await chunks.next();
      sent += value?.length ?? 0;
      if (sent > size || (done && sent < size)) {
        throw new SourceChangedError('The file has changed since it was chosen.');
      }
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

async function* chunksOf(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece;
    else if (piece instanceof ReadableStream) yield* piece;
    else if (!(piece instanceof Blob)) yield* piece.stream();
    else {
      for (let at = 0; at < piece.size; at += chunkSize) {
        yield new Uint8Array(await piece.slice(at, at + chunkSize).arrayBuffer());
      }
    }
  }
}
