import { Writable } from 'node:stream';
import { lengthOf } from '../blobs/pieces.ts';
import { asError } from '../errors.ts';
import { StorageLimitError, UploadTooLongError } from './errors.ts';
import type { Transfer } from './transfer.ts';
import { YoungBuffers } from './young-buffers.ts';

/** A body of unknown length reserves storage in steps of this size; bytes. */
const RESERVATION_STEP = 8 * 1024 * 1024;
/**
 * What the network may be ahead of the disk before the socket is left unread; bytes. Four times as
 * much was slower: the more buffers live, the more often V8 goes through its whole heap for them.
 */
const WRITE_AHEAD = 1024 * 1024;

/** All uploads share one heap. */
const youngBuffers = new YoungBuffers();

/**
 * The end of an upload's body. What has come while the last write was running goes to the disk in
 * one piece, so batches form by themselves under load.
 */
export class TransferSink extends Writable {
  #appending: Promise<void> = Promise.resolve();

  /** @param reserve asks for room for so many bytes more; gives what was granted, 0 for none. */
  constructor(
    private readonly transfer: Transfer,
    private readonly reserve: (bytes: number) => Promise<number>,
    private readonly onAppended: () => void,
  ) {
    super({ highWaterMark: WRITE_AHEAD });
    // Whoever sends nothing more just now is told as well.
    const { failed } = transfer.init.writer;
    const onFailed = () => this.destroy(asError(failed?.reason));
    failed?.addEventListener('abort', onFailed);
    this.once('close', () => failed?.removeEventListener('abort', onFailed));
  }

  /** Resolves when nothing is being written any more. */
  async idle(): Promise<void> {
    await this.#appending;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#appending = this.#append([chunk], done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this.#appending = this.#append(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  async #append(buffers: Buffer[], done: (error?: Error) => void): Promise<void> {
    try {
      const length = lengthOf(buffers);
      const { committed, staged, init } = this.transfer;
      const end = committed + staged + length;
      if (init.declaredSize !== undefined && end > init.declaredSize)
        throw new UploadTooLongError();
      await this.#makeRoom(end);
      this.transfer.signal.throwIfAborted();
      await this.transfer.append(buffers);
      youngBuffers.stored(length);
      this.onAppended();
    } catch (error) {
      done(asError(error));
      return;
    }
    done();
  }

  async #makeRoom(size: number): Promise<void> {
    while (size > this.transfer.granted) {
      const granted = await this.reserve(Math.max(RESERVATION_STEP, size - this.transfer.granted));
      if (granted === 0) throw new StorageLimitError();
      this.transfer.granted += granted;
    }
  }
}
