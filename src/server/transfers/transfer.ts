import { Readable } from 'node:stream';
import type { BlobWriter } from '../blobs/blob-store.ts';
import { lengthOf } from '../blobs/pieces.ts';
import { asError } from '../errors.ts';
import type { FileKey } from '../metadata/store.ts';

/** Late bytes are handed to readers from memory as long as no more than this has come since. */
const RING_BYTES = 2 * 1024 * 1024;
const RING_ENTRIES = 512;
const READ_SIZE = 512 * 1024;

export interface TransferInit extends FileKey {
  blobId: string;
  ownerId: number;
  /** Size of the bytes that this upload replaces; 0 when there are none. */
  replacedSize: number;
  declaredSize?: number;
  /** The transfer outlives the requests that bring its bytes. */
  resumable?: boolean;
  /** Bytes that are in the file already, all durable; default 0. */
  offset?: number;
  /** Size that the owner's storage has room for. */
  granted: number;
  writer: BlobWriter;
  /** Called when bytes have been added or the end has come. */
  onChange(): void;
}

/**
 * One running upload and everybody who reads it meanwhile. Bytes count once the file has them;
 * readers then get the same buffers from a ring in memory, or from the file when they are behind,
 * so a slow reader costs one buffer and never holds up the upload.
 */
export class Transfer {
  readonly init: TransferInit;
  readonly #abort = new AbortController();
  readonly #readers = new Set<TransferReader>();
  #ring: Buffer[] = [];
  #ringStart: number;
  #committed: number;
  /** Bytes after the committed ones that nobody may see yet; `undefined` when all may be seen. */
  #staged: number | undefined;
  #end: { error?: Error } | undefined;
  /** Size that the owner's storage has room for. */
  granted: number;
  /** Bytes that survive a power cut, as far as a resumable upload keeps count. */
  durable: number;

  constructor(init: TransferInit) {
    const { offset = 0, granted } = init;
    this.init = init;
    this.granted = granted;
    this.durable = offset;
    this.#committed = offset;
    this.#ringStart = offset;
  }

  /** Bytes that are in the file. */
  get committed(): number {
    return this.#committed;
  }

  /** Bytes with which the file is longer than `committed`, or is about to be. */
  get staged(): number {
    return this.#staged ?? 0;
  }

  get end(): { error?: Error } | undefined {
    return this.#end;
  }

  /** Aborted with the reason when the upload must end before its time. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  abort(reason: Error): void {
    this.#abort.abort(reason);
  }

  async append(buffers: readonly Buffer[]): Promise<void> {
    await this.init.writer.append(buffers);
    if (this.#staged !== undefined) {
      this.#staged += lengthOf(buffers);
      return;
    }
    for (const buffer of buffers) {
      this.#ring.push(buffer);
      this.#committed += buffer.length;
    }
    this.#trimRing();
    this.#wake();
  }

  /** What is appended from now on is not shown to readers until {@link reveal}. */
  stage(): void {
    this.#staged = 0;
  }

  reveal(): void {
    this.#committed += this.staged;
    this.#staged = undefined;
    this.#emptyRing();
    this.#wake();
  }

  /** Drops what was staged and not revealed. */
  async unstage(): Promise<void> {
    if (this.#staged === undefined) return;
    this.#staged = undefined;
    await this.init.writer.truncate(this.#committed);
  }

  /** Ends the readers too: in good order, or by cutting them off when there was an error. */
  settle(error?: Error): void {
    this.#end = error ? { error } : {};
    this.#emptyRing();
    this.#wake();
    this.#closeWhenUnused();
  }

  /**
   * Follows the upload from its first byte, or reads a range that is already there. Must not be
   * called after the end.
   */
  reader(range?: { start: number; end: number }): Readable {
    const reader = new TransferReader(this, range, () => {
      this.#readers.delete(reader);
      this.#closeWhenUnused();
    });
    this.#readers.add(reader);
    return reader;
  }

  /** Bytes at `position`, which must be below `committed`. */
  async bytesAt(position: number): Promise<Buffer> {
    if (position >= this.#ringStart && this.#ring.length > 0) {
      let start = this.#ringStart;
      for (const buffer of this.#ring) {
        if (position < start + buffer.length) return buffer.subarray(position - start);
        start += buffer.length;
      }
    }
    const buffer = Buffer.allocUnsafe(Math.min(READ_SIZE, this.#committed - position));
    const read = await this.init.writer.read(buffer, position);
    return buffer.subarray(0, read);
  }

  #emptyRing(): void {
    this.#ring = [];
    this.#ringStart = this.#committed;
  }

  #trimRing(): void {
    let drop = 0;
    while (
      this.#ring.length - drop > RING_ENTRIES ||
      this.#committed - this.#ringStart > RING_BYTES
    ) {
      this.#ringStart += this.#ring[drop]?.length ?? 0;
      drop++;
    }
    this.#ring.splice(0, drop);
  }

  #wake(): void {
    for (const reader of this.#readers) reader.wake();
    this.init.onChange();
  }

  #closeWhenUnused(): void {
    if (!this.#end || this.#readers.size > 0) return;
    // Whether the bytes are safe was settled before; closing cannot change it.
    this.init.writer.close().catch(() => undefined);
  }
}

class TransferReader extends Readable {
  #position: number;
  readonly #stop: number;
  #wanted = false;
  #busy = false;

  constructor(
    private readonly transfer: Transfer,
    range: { start: number; end: number } | undefined,
    private readonly onClose: () => void,
  ) {
    super({ highWaterMark: READ_SIZE });
    this.#position = range?.start ?? 0;
    this.#stop = range ? range.end + 1 : Number.POSITIVE_INFINITY;
  }

  wake(): void {
    if (this.#wanted && !this.#busy) void this.#step();
  }

  override _read(): void {
    this.#wanted = true;
    this.wake();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.onClose();
    callback(error);
  }

  async #step(): Promise<void> {
    const { end, committed } = this.transfer;
    if (end?.error) {
      this.destroy(end.error);
    } else if (this.#position >= this.#stop) {
      this.push(null);
    } else if (this.#position < committed) {
      this.#busy = true;
      try {
        const there = await this.transfer.bytesAt(this.#position);
        const bytes = there.subarray(0, this.#stop - this.#position);
        this.#busy = false;
        this.#wanted = false;
        this.#position += bytes.length;
        this.push(bytes);
      } catch (error) {
        this.destroy(asError(error));
      }
    } else if (end) {
      this.push(null);
    }
  }
}
