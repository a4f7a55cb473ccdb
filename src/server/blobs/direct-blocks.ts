import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../errors.ts';

/** Bytes of a block; half as much was slower. */
const BLOCK = 4 * 1024 * 1024;
/** One is written, one is full, one fills. */
const BLOCKS_EACH = 3;
/** Uploads that are as fast as a disk, at the same time. */
const AT_ONCE = 2;
/** Bytes; fixed by https://webassembly.github.io/spec/core/exec/runtime.html#memory-instances */
const PAGE = 65_536;

export interface DirectTurn {
  handle: FileHandle;
  blocks: readonly Buffer[];
}

/**
 * Memory for writing past the page cache, for few files at a time. A fast upload fills the cache
 * with pages that nobody has asked for, and finding room for them takes more time than its bytes.
 */
export class DirectBlocks {
  /** Only Linux has it: https://nodejs.org/api/fs.html#file-open-constants */
  #flag: number | undefined = constants.O_DIRECT;
  #sets: Buffer[][] | undefined;

  /** Opens a file for writing in that way; `undefined` when it is not possible, or not now. */
  async take(file: string): Promise<DirectTurn | undefined> {
    if (this.#flag === undefined) return undefined;
    this.#sets ??= allocate();
    const blocks = this.#sets.pop();
    if (!blocks) return undefined;
    try {
      return { handle: await open(file, constants.O_WRONLY | this.#flag), blocks };
    } catch (error) {
      this.#sets.push(blocks);
      if (errorCode(error) === 'EINVAL') this.refused();
      return undefined;
    }
  }

  /** Call when nothing is being written any more. */
  async give({ handle, blocks }: DirectTurn): Promise<void> {
    this.#sets?.push([...blocks]);
    await handle.close();
  }

  /** This file system does not know it. */
  refused(): void {
    this.#flag = undefined;
  }
}

/** Node has no other memory of which it is certain that it begins with a page. */
function allocate(): Buffer[][] {
  try {
    const size = BLOCK * BLOCKS_EACH;
    const { buffer } = new WebAssembly.Memory({ initial: (size * AT_ONCE) / PAGE });
    return Array.from({ length: AT_ONCE }, (_set, i) =>
      Array.from({ length: BLOCKS_EACH }, (_block, j) =>
        Buffer.from(buffer, i * size + j * BLOCK, BLOCK),
      ),
    );
  } catch {
    // Where address space is limited: everything goes the usual way.
    return [];
  }
}
