import type { FileHandle } from 'node:fs/promises';
import { asError } from '../errors.ts';
import type { DirectBlocks, DirectTurn } from './direct-blocks.ts';
import { ALIGNMENT, DirectFile } from './direct-file.ts';
import { first, lengthOf, skip, writeAll } from './pieces.ts';
import { SyncAhead, type SyncTurn } from './sync-ahead.ts';

/** Bytes that come the usual way before anything else is tried. */
const PROVING = 8 * 1024 * 1024;
/** An upload that is slower waits for its network, not for the disk; bytes a second. */
const FAST = 32 * 1024 * 1024;

export interface GrowingFileInit {
  path: string;
  handle: FileHandle;
  /** Bytes that are in the file and durable already. */
  size: number;
  /** What all files of a store share. */
  turn: SyncTurn;
  direct: DirectBlocks;
}

/**
 * A file that is written from its beginning to its end. The end of a fast upload that nobody reads
 * goes past the page cache; any other goes through it and is made durable while it comes.
 */
export class GrowingFile {
  readonly #handle: FileHandle;
  readonly #ahead: SyncAhead;
  #end: number;
  #direct: { file: DirectFile; turn: DirectTurn } | undefined;
  /** Where, and since when, it is to be seen how fast the bytes come. */
  #proving: { from: number; since: number };
  /** Somebody reads what is not in memory any more, and wants the cache. */
  #followed = false;
  /** Bytes that were taken are not in the file: it never counts as whole again. */
  readonly #failed = new AbortController();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly init: GrowingFileInit) {
    this.#handle = init.handle;
    this.#ahead = new SyncAhead(init.handle, init.size, init.turn);
    this.#end = init.size;
    this.#proving = { from: init.size, since: performance.now() };
  }

  /** Aborted with the error when bytes that had been taken could not be written. */
  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  /** All or nothing: what comes after an error goes where these bytes would have gone. */
  append(buffers: readonly Buffer[]): Promise<void> {
    return this.#inOrder(async () => {
      this.failed.throwIfAborted();
      const before = this.#end;
      try {
        await this.#append(buffers);
      } catch (error) {
        if (!this.failed.aborted) await this.#goBack(before);
        throw error;
      }
    });
  }

  async read(buffer: Buffer, position: number): Promise<number> {
    const held = this.#direct?.file.heldFrom ?? Number.POSITIVE_INFINITY;
    if (position >= held) return this.#direct?.file.read(buffer, position) ?? 0;
    this.#followed = true;
    const length = Math.min(buffer.length, held - position);
    return (await this.#handle.read(buffer, 0, length, position)).bytesRead;
  }

  /** Resolves when all that was appended before the call is durable. */
  async sync(): Promise<void> {
    await this.#inOrder(async () => {
      await this.#leave();
      this.failed.throwIfAborted();
    });
    await this.#ahead.finish();
  }

  /** Throws when bytes are missing, while whoever sends them still has them. */
  async checkSize(expected: number): Promise<void> {
    const { size } = await this.#handle.stat();
    if (size < expected) throw new Error(`the file ends at ${size}, not at ${expected}`);
  }

  async truncate(size: number): Promise<void> {
    await this.#inOrder(async () => {
      await this.#leave();
      await this.#cut(size);
    });
  }

  async close(): Promise<void> {
    await this.#inOrder(() => this.#leave()).catch(() => undefined);
    await this.#handle.close();
  }

  async #append(buffers: readonly Buffer[]): Promise<void> {
    if (this.#followed) await this.#leave();
    const left = this.#direct ? buffers : await this.#appendPlain(buffers);
    if (!this.#direct) return;
    await this.#direct.file.append(left);
    this.#end += lengthOf(left);
  }

  async #goBack(size: number): Promise<void> {
    try {
      await this.#cut(size);
    } catch (error) {
      this.#failed.abort(asError(error));
    }
  }

  async #cut(size: number): Promise<void> {
    await this.#handle.truncate(size);
    this.#end = size;
    this.#prove();
  }

  /** Through the page cache, up to where the rest can go past it; gives that rest. */
  async #appendPlain(buffers: readonly Buffer[]): Promise<readonly Buffer[]> {
    const length = lengthOf(buffers);
    // Asked once: a reader who comes meanwhile changes the answer, and the rest would be lost.
    const changeAt = this.#changeAt();
    const plain = Math.min(length, changeAt - this.#end);
    await writeAll(this.#handle, plain < length ? first(buffers, plain) : buffers, this.#end);
    this.#end += plain;
    this.#ahead.written(this.#end);
    if (this.#end < changeAt) return [];
    const rest = skip(buffers, plain);
    return (await this.#enter()) ? rest : this.#appendPlain(rest);
  }

  #changeAt(): number {
    if (this.#followed) return Number.POSITIVE_INFINITY;
    return Math.ceil((this.#proving.from + PROVING) / ALIGNMENT) * ALIGNMENT;
  }

  #prove(): void {
    this.#proving = { from: this.#end, since: performance.now() };
  }

  /** Whether what comes now goes past the page cache. */
  async #enter(): Promise<boolean> {
    const { from, since } = this.#proving;
    this.#prove();
    if (this.#followed || (this.#end - from) * 1000 < FAST * (performance.now() - since))
      return false;
    const turn = await this.init.direct.take(this.init.path);
    if (!turn) return false;
    this.#direct = {
      turn,
      file: new DirectFile({
        direct: turn.handle,
        plain: this.#handle,
        blocks: turn.blocks,
        start: this.#end,
        onFailed: (error) => this.#failed.abort(asError(error)),
        onRefused: () => this.init.direct.refused(),
      }),
    };
    return true;
  }

  async #leave(): Promise<void> {
    const direct = this.#direct;
    if (!direct) return;
    try {
      await direct.file.finish();
      if (this.#end % ALIGNMENT > 0) await this.#handle.truncate(this.#end);
    } catch (error) {
      this.#failed.abort(asError(error));
      throw error;
    } finally {
      this.#direct = undefined;
      this.#prove();
      await this.init.direct.give(direct.turn);
    }
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
