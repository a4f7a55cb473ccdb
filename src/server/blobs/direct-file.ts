import type { FileHandle } from 'node:fs/promises';
import { errorCode } from '../errors.ts';

/**
 * Writing past the page cache asks for memory, places and lengths in multiples of a disk's block;
 * bytes. https://man7.org/linux/man-pages/man2/open.2.html, "O_DIRECT"
 */
export const ALIGNMENT = 4096;

export interface DirectFileInit {
  /** Opened with `O_DIRECT`. */
  direct: Pick<FileHandle, 'write'>;
  /** The same file, opened as usual. */
  plain: Pick<FileHandle, 'write'>;
  /** At least two, of the same length, a multiple of {@link ALIGNMENT}, in memory that begins so. */
  blocks: readonly Buffer[];
  /** Where the first byte goes; a multiple of {@link ALIGNMENT}. */
  start: number;
  /** A block could not be written. */
  onFailed(error: unknown): void;
  /** The file system takes no such writes after all; the bytes went the usual way. */
  onRefused(): void;
}

interface Held {
  block: Buffer;
  start: number;
  used: number;
  /** Resolves when its write has ended, well or not. */
  written?: Promise<void>;
}

/**
 * The growing end of a file, in memory until a block is full; then the block goes straight to the
 * disk while the next one fills. Blocks are written one after the other: Node has four threads for
 * files, and two writes at a time were no faster.
 */
export class DirectFile {
  readonly #free: Buffer[];
  /** Blocks that are not in the file yet, in order; the last one may still be filling. */
  readonly #held: Held[] = [];
  #end: number;
  #handle: Pick<FileHandle, 'write'>;
  #writing: Promise<void> = Promise.resolve();
  /** Nothing is written after it: the file would have a hole. */
  #failure: { error: unknown } | undefined;

  constructor(private readonly init: DirectFileInit) {
    this.#free = [...init.blocks];
    this.#end = init.start;
    this.#handle = init.direct;
  }

  /** What lies before is in the file; the rest, up to the end, is here. */
  get heldFrom(): number {
    return this.#held[0]?.start ?? this.#end;
  }

  /** One call at a time. Waits for the disk only when all blocks are full. */
  async append(buffers: readonly Buffer[]): Promise<void> {
    for (const buffer of buffers) {
      for (let from = 0; from < buffer.length; ) {
        const filling = await this.#filling();
        const copied = buffer.copy(filling.block, filling.used, from);
        from += copied;
        filling.used += copied;
        this.#end += copied;
        if (filling.used === filling.block.length) this.#write(filling);
      }
    }
    this.#throwFailure();
  }

  /** Reads what is here, from `position`; gives the bytes read. */
  read(buffer: Buffer, position: number): number {
    const held = this.#held.findLast(({ start }) => start <= position);
    return held ? held.block.copy(buffer, 0, position - held.start, held.used) : 0;
  }

  /**
   * Resolves when everything is in the file, which may be longer then by less than a page of zeros.
   * Nothing is appended after this call.
   */
  async finish(): Promise<void> {
    const last = this.#held.at(-1);
    if (last && !last.written) this.#write(last);
    await this.#writing;
    this.#throwFailure();
  }

  async #filling(): Promise<Held> {
    const last = this.#held.at(-1);
    if (last && !last.written) return last;
    for (;;) {
      const block = this.#free.pop();
      if (block) {
        const next = { block, start: this.#end, used: 0 };
        this.#held.push(next);
        return next;
      }
      await this.#held[0]?.written;
      this.#throwFailure();
    }
  }

  #write(held: Held): void {
    const { block, start, used } = held;
    const length = Math.ceil(used / ALIGNMENT) * ALIGNMENT;
    // The block was used before, for somebody else's bytes.
    block.fill(0, used, length);
    this.#writing = held.written = this.#writing.then(async () => {
      if (this.#failure) return;
      try {
        await this.#writeAll(block.subarray(0, length), start);
        this.#held.shift();
        this.#free.push(block);
      } catch (error) {
        this.#failure = { error };
        this.init.onFailed(error);
      }
    });
  }

  async #writeAll(bytes: Buffer, start: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      try {
        const left = bytes.length - done;
        done += (await this.#handle.write(bytes, done, left, start + done)).bytesWritten;
      } catch (error) {
        if (errorCode(error) !== 'EINVAL' || this.#handle === this.init.plain) throw error;
        this.#handle = this.init.plain;
        this.init.onRefused();
      }
    }
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
