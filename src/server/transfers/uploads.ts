import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { finished, type Readable, type Writable } from 'node:stream';
import type { Logger } from 'pino';
import type { BlobStore } from '../blobs/blob-store.ts';
import { asError } from '../errors.ts';
import type { FileKey, UploadStore } from '../metadata/store.ts';
import {
  FileGoneError,
  StorageFullError,
  StorageLimitError,
  UploadIncompleteError,
  UploadSupersededError,
} from './errors.ts';
import { TransferSink } from './sink.ts';
import { Transfer } from './transfer.ts';

/** Left free on the disk for the metadata; bytes. */
const DISK_MARGIN = 16 * 1024 * 1024;

export interface UploadSource {
  body: Readable;
  /** Length of the body, when the client has declared it; bytes. */
  declaredSize?: number;
  /** Called when the upload is allowed and before the first byte is read. */
  accepted?(): void;
  /** More that has to go well before the bytes may count; it is awaited after the body. */
  whole?: Promise<void>;
}

/** Hears what the owner of a file is told. */
export interface UploadObserver {
  /** An upload has begun or ended, and the size of its bytes is known. */
  sizeKnown(file: FileKey, size: number): void;
  /** An upload ran into the owner's limit. */
  storageLimit(file: FileKey): void;
}

export interface UploadsOptions {
  uploads: UploadStore;
  blobs: BlobStore;
  log: Logger;
  /** Storage limit of owners who have none of their own; bytes. */
  defaultLimit: number;
  /** Called when there is something in the trash. */
  onTrash: () => void;
  observer: UploadObserver;
}

const keyOf = ({ shareId, fileid }: FileKey) => `${shareId}/${fileid}`;

/** Receives the bytes of files. One object runs all uploads of this process. */
export class Uploads {
  readonly #running = new Map<string, Transfer>();
  readonly #beginning = new Map<string, Promise<Transfer>>();
  readonly #receiving = new Set<Promise<void>>();
  readonly #changes = new EventEmitter().setMaxListeners(0);

  constructor(private readonly options: UploadsOptions) {}

  /** The upload of a file that is running now. */
  running(file: FileKey): Transfer | undefined {
    return this.#running.get(keyOf(file));
  }

  /** Like {@link running}, but waits for an upload that is just about to begin. */
  async current(file: FileKey): Promise<Transfer | undefined> {
    await Promise.allSettled([this.#beginning.get(keyOf(file))]);
    return this.running(file);
  }

  /** What an owner's running uploads need beyond the bytes they replace. */
  receivedOf(ownerId: number): number {
    let bytes = 0;
    for (const { init, committed } of this.#running.values()) {
      if (init.ownerId === ownerId) bytes += Math.max(0, committed - init.replacedSize);
    }
    return bytes;
  }

  /** Calls back when an upload of the file begins, gets bytes or ends. Gives the way to stop it. */
  onChange(file: FileKey, listener: () => void): () => void {
    const key = keyOf(file);
    this.#changes.on(key, listener);
    return () => this.#changes.off(key, listener);
  }

  /** The file has been removed: its upload ends, and whoever watches it hears so. */
  async fileRemoved(file: FileKey): Promise<void> {
    const transfer = await this.current(file);
    transfer?.abort(new FileGoneError());
    this.#changes.emit(keyOf(file));
  }

  /** The share has been removed, with all uploads into it. */
  async shareRemoved(shareId: number): Promise<void> {
    await Promise.allSettled(this.#beginning.values());
    for (const { init } of this.#running.values()) {
      if (init.shareId === shareId) await this.fileRemoved(init);
    }
    for (const key of this.#changes.eventNames()) {
      if (String(key).startsWith(`${shareId}/`)) this.#changes.emit(key);
    }
  }

  /** Ends the uploads that `choose` picks, as if their connections had broken. */
  cut(choose: (transfer: Transfer) => boolean, reason: Error): void {
    for (const transfer of this.#running.values()) {
      if (choose(transfer)) transfer.abort(reason);
    }
  }

  /** Resolves when every upload has settled what it leaves behind. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#receiving);
  }

  /**
   * Stores the bytes of a file. Resolves when they are durable and the file's state says so;
   * otherwise nothing of them remains and the file is what it was before.
   */
  async receive(file: FileKey, source: UploadSource): Promise<void> {
    const receiving = this.#receive(file, source);
    this.#receiving.add(receiving);
    try {
      await receiving;
    } finally {
      this.#receiving.delete(receiving);
    }
  }

  async #receive(file: FileKey, source: UploadSource): Promise<void> {
    const transfer = await this.#begin(file, source.declaredSize);
    const { blobId, writer } = transfer.init;
    try {
      source.accepted?.();
      const sink = new TransferSink(transfer, (bytes) => this.#reserve(transfer, bytes));
      await pump(source.body, sink, transfer.signal);
      await source.whole;
      transfer.signal.throwIfAborted();
      if (source.declaredSize !== undefined && source.declaredSize !== transfer.committed) {
        throw new UploadIncompleteError();
      }
      await writer.publish();
      const done = await this.options.uploads.complete(blobId, transfer.committed);
      if (!done) throw goneOr(transfer);
      if (transfer.init.replacedSize > 0) this.options.onTrash();
      if (source.declaredSize === undefined) {
        this.options.observer.sizeKnown(file, transfer.committed);
      }
      this.#settle(transfer);
    } catch (error) {
      // Readers are cut first: whatever happens next, these bytes will not be completed.
      const reason = asError(transfer.signal.aborted ? transfer.signal.reason : error);
      this.#settle(transfer, reason);
      await this.#breakOff(blobId, reason);
      transfer.init.onChange();
      if (reason instanceof StorageLimitError) this.options.observer.storageLimit(file);
      throw reason;
    }
  }

  /** Uploads of one file begin one after the other, so that the store and #running agree. */
  async #begin(file: FileKey, declaredSize: number | undefined): Promise<Transfer> {
    const key = keyOf(file);
    const before = this.#beginning.get(key);
    const begun = (async () => {
      await Promise.allSettled([before]);
      return this.#beginNow(file, declaredSize);
    })();
    this.#beginning.set(key, begun);
    try {
      return await begun;
    } finally {
      if (this.#beginning.get(key) === begun) this.#beginning.delete(key);
    }
  }

  async #beginNow(file: FileKey, declaredSize: number | undefined): Promise<Transfer> {
    const { uploads, blobs, defaultLimit, onTrash, observer } = this.options;
    if ((await blobs.free()) < (declaredSize ?? 0) + DISK_MARGIN) throw new StorageFullError();
    const blobId = randomBytes(16).toString('hex');
    const size = declaredSize === undefined ? {} : { declaredSize };
    const writer = await blobs.create(blobId);
    try {
      const begun = await uploads.begin({ ...file, ...size, blobId, defaultLimit });
      if (begun.outcome === 'gone') throw new FileGoneError();
      if (begun.outcome === 'storagelimit') {
        observer.storageLimit(file);
        this.#changes.emit(keyOf(file));
        throw new StorageLimitError();
      }
      const { ownerId, replacedSize } = begun;
      const onChange = () => this.#changes.emit(keyOf(file));
      const init = { ...file, ...size, blobId, ownerId, replacedSize, writer, onChange };
      const transfer = new Transfer(init);
      const older = this.running(file);
      this.#running.set(keyOf(file), transfer);
      if (older) {
        older.abort(new UploadSupersededError());
        onTrash();
      }
      onChange();
      if (declaredSize !== undefined) observer.sizeKnown(file, declaredSize);
      return transfer;
    } catch (error) {
      await writer.close();
      await blobs.remove(blobId);
      throw error;
    }
  }

  #settle(transfer: Transfer, error?: Error): void {
    const key = keyOf(transfer.init);
    if (this.#running.get(key) === transfer) this.#running.delete(key);
    transfer.settle(error);
  }

  async #breakOff(blobId: string, reason: unknown): Promise<void> {
    try {
      // The bytes go first, because a full disk has no room for the transaction.
      await this.options.blobs.remove(blobId);
      const state = reason instanceof StorageLimitError ? 'storagelimit' : 'remote';
      await this.options.uploads.breakOff(blobId, state);
    } catch (error) {
      // The row stays, and recovery at the next start does the same again.
      this.options.log.error({ err: error, blobId }, 'a broken upload could not be undone');
    }
    this.options.onTrash();
  }

  async #reserve(transfer: Transfer, bytes: number): Promise<number> {
    const { uploads, blobs, defaultLimit } = this.options;
    if ((await blobs.free()) < DISK_MARGIN) throw new StorageFullError();
    const granted = await uploads.reserve(transfer.init.blobId, bytes, defaultLimit);
    if (granted === undefined) throw goneOr(transfer);
    return granted;
  }
}

/** The row of the upload is not there any more: taken over or removed. */
function goneOr(transfer: Transfer): Error {
  const { reason }: { reason?: unknown } = transfer.signal;
  return reason instanceof Error ? reason : new FileGoneError();
}

/**
 * Moves a body into a sink. Unlike `pipeline` it leaves the body alive when something goes wrong,
 * so that the client can still be told why on the same connection.
 */
function pump(body: Readable, sink: Writable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown) => {
      stopWatching();
      signal.removeEventListener('abort', onAbort);
      body.unpipe(sink);
      if (error === undefined) return resolve();
      sink.destroy();
      reject(asError(error));
    };
    const onAbort = () => settle(signal.reason);
    const stopWatching = finished(body, { writable: false }, (error) => {
      if (error) settle(error);
    });
    sink.once('error', settle).once('finish', () => settle());
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else body.pipe(sink);
  });
}
