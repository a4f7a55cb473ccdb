import {
  type FileHandle,
  mkdir,
  open,
  opendir,
  readdir,
  rename,
  stat,
  statfs,
  truncate,
  unlink,
} from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { errorCode } from '../errors.ts';
import { SharedSync } from '../shared-sync.ts';
import {
  BlobMissingError,
  type BlobReader,
  type BlobStore,
  type BlobWriter,
} from './blob-store.ts';
import { DirectBlocks } from './direct-blocks.ts';
import { GrowingFile } from './growing-file.ts';
import type { SyncTurn } from './sync-ahead.ts';

/** Reads of this size are three times as fast as Node's default of 64 KiB. */
const READ_SIZE = 1024 * 1024;

/** What is said of the free space holds for so long; milliseconds. */
const FREE_FOR = 1_000;

/**
 * Blobs as files: `incoming/<id>` while they grow, then `blobs/ab/cd/<id>`, where `abcd` are the
 * first digits of the random id. Complete means renamed, after the bytes were made durable.
 */
export class DiskBlobStore implements BlobStore {
  readonly #incoming: string;
  readonly #blobs: string;
  /** Every upload changes these two, so uploads that end together sync them together. */
  readonly #incomingSync: SharedSync;
  readonly #blobsSync: SharedSync;
  readonly #syncTurn: SyncTurn = { taken: false };
  readonly #direct = new DirectBlocks();
  /** Folders whose own entries have been made durable since the start; 65,536 at most. */
  readonly #durable = new Set<string>();

  #free: Promise<number> = Promise.resolve(0);
  #freeAt = Number.NEGATIVE_INFINITY;

  private constructor(private readonly folder: string) {
    this.#incoming = path.join(folder, 'incoming');
    this.#blobs = path.join(folder, 'blobs');
    this.#incomingSync = new SharedSync(() => syncFolder(this.#incoming));
    this.#blobsSync = new SharedSync(() => syncFolder(this.#blobs));
  }

  static async open(folder: string): Promise<DiskBlobStore> {
    const store = new DiskBlobStore(folder);
    await mkdir(store.#incoming, { recursive: true });
    await mkdir(store.#blobs, { recursive: true });
    return store;
  }

  async create(blobId: string): Promise<BlobWriter> {
    return this.#writer(blobId, await open(this.#unfinished(blobId), 'wx+'), 0);
  }

  async resume(blobId: string, size: number): Promise<BlobWriter> {
    const handle = await open(this.#unfinished(blobId), 'r+').catch((error: unknown) =>
      missing(blobId, error),
    );
    const writer = this.#writer(blobId, handle, size);
    try {
      if ((await handle.stat()).size < size) missing(blobId);
      await writer.truncate(size);
      return writer;
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  async dropUnfinished(keep: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.#incoming)) {
      if (!keep.has(name)) await unlessMissing(this.#removeIncoming(name));
    }
  }

  #writer(blobId: string, handle: FileHandle, size: number): BlobWriter {
    const temporary = this.#unfinished(blobId);
    const file = new GrowingFile({
      path: temporary,
      handle,
      size,
      turn: this.#syncTurn,
      direct: this.#direct,
    });
    let named = false;
    return {
      failed: file.failed,
      append: (buffers) => file.append(buffers),
      read: (buffer, position) => file.read(buffer, position),
      sync: async () => {
        await file.sync();
        if (!named) await this.#incomingSync.done();
        named = true;
      },
      truncate: (to) => file.truncate(to),
      publish: async (size) => {
        await file.sync();
        await file.checkSize(size);
        const target = this.#path(blobId);
        await mkdir(path.dirname(target), { recursive: true });
        await rename(temporary, target).catch(async (error: unknown) => {
          // It has its name already when only what came after that had failed.
          if (errorCode(error) !== 'ENOENT' || (await this.size(blobId)) === undefined) throw error;
        });
        await this.#syncNames(target);
      },
      close: () => file.close(),
    };
  }

  async open(blobId: string): Promise<BlobReader> {
    const handle = await open(this.#path(blobId), 'r').catch((error: unknown) =>
      missing(blobId, error),
    );
    const { size } = await handle.stat();
    return {
      size,
      stream: ({ start, end } = { start: 0, end: size - 1 }) => {
        if (end >= start) return handle.createReadStream({ start, end, highWaterMark: READ_SIZE });
        void handle.close();
        return Readable.from([]);
      },
      close: () => handle.close(),
    };
  }

  async size(blobId: string): Promise<number | undefined> {
    const target = this.#path(blobId);
    try {
      const { size } = await stat(target);
      await this.#syncNames(target);
      return size;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async remove(blobId: string): Promise<void> {
    // In this order: a rename that runs at the same time either fails or is undone here.
    await unlessMissing(this.#removeIncoming(blobId));
    await unlessMissing(unlink(this.#path(blobId)));
    // Whoever was told that this is gone may rely on the room.
    this.#freeAt = Number.NEGATIVE_INFINITY;
  }

  async isEmpty(): Promise<boolean> {
    for await (const entry of await opendir(this.#blobs, { recursive: true })) {
      if (entry.isFile()) return false;
    }
    return true;
  }

  async free(): Promise<number> {
    if (performance.now() - this.#freeAt > FREE_FOR) {
      this.#freeAt = performance.now();
      this.#free = statfs(this.folder).then(({ bavail, bsize }) => bavail * bsize);
    }
    return this.#free;
  }

  /** Truncates first: readers may hold the file open, and a full disk needs the space now. */
  async #removeIncoming(blobId: string): Promise<void> {
    const temporary = this.#unfinished(blobId);
    await truncate(temporary);
    await unlink(temporary);
  }

  #unfinished(blobId: string): string {
    return path.join(this.#incoming, blobId);
  }

  #path(blobId: string): string {
    return path.join(this.#blobs, blobId.slice(0, 2), blobId.slice(2, 4), blobId);
  }

  async #syncNames(renamed: string): Promise<void> {
    await Promise.all([this.#incomingSync.done(), this.#syncUpwards(path.dirname(renamed))]);
  }

  /** Makes a renamed file's folder durable, and those above it unless they are known to be. */
  async #syncUpwards(folder: string): Promise<void> {
    const known = this.#durable.has(folder);
    const above = known ? [] : [syncFolder(path.dirname(folder)), this.#blobsSync.done()];
    await Promise.all([syncFolder(folder), ...above]);
    this.#durable.add(folder);
  }
}

async function unlessMissing(removed: Promise<void>): Promise<void> {
  try {
    await removed;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** Throws what a failed attempt to open a blob means. */
function missing(blobId: string, cause?: unknown): never {
  if (cause !== undefined && errorCode(cause) !== 'ENOENT') throw cause;
  throw new BlobMissingError(`blob ${blobId} is missing`, { cause });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
