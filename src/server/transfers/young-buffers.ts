import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Well below the 64 MiB of buffers at which V8 goes through its whole heap; bytes. V8 counts what it
 * has let go of one time as being there until the next, so twice as much could come near.
 */
const STEP = 12 * 1024 * 1024;

/**
 * Has V8 let go of buffers whose bytes are stored, before so many are there that it looks for them
 * everywhere: that took half of the processor during a fast upload, for a heap on which nothing
 * else had changed. Looking at what is new takes under a millisecond. V8 has no other way to be
 * told: https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export class YoungBuffers {
  #bytes = 0;
  readonly #collect: () => unknown;

  constructor() {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    this.#collect =
      typeof collect === 'function'
        ? () => Reflect.apply(collect, undefined, [{ type: 'minor' }])
        : () => undefined;
  }

  /** So many bytes have been stored. */
  stored(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes < STEP) return;
    this.#bytes = 0;
    this.#collect();
  }
}
