import { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { newBlobId, newSmallBlobId } from '../blobs/blob-id.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { asError } from '../errors.ts';
import type { FileKey, ShareStore, UploadStore } from '../metadata/store.ts';
import {
  FileGoneError,
  StorageFullError,
  StorageLimitError,
  UploadIncompleteError,
  UploadSupersededError,
} from './errors.ts';
import { pump } from './pump.ts';
import { TransferSink } from './sink.ts';
import type { UploadSource } from './source.ts';
import { Transfer, type TransferInit } from './transfer.ts';

/** Left free on the disk for the metadata; bytes. */
export const DISK_MARGIN = 16 * 1024 * 1024;

/** Hears what the owner of a file is told. */
export interface UploadObserver {
  /** An upload has begun or ended, and the size of its bytes is known. */
  sizeKnown(file: FileKey, size: number): void;
  /** An upload ran into the owner's limit. */
  storageLimit(file: FileKey): void;
}

export interface UploadsOptions {
  uploads: UploadStore;
  shares: ShareStore;
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
  readonly #beginning = new Map<string, Promise<unknown>>();
  readonly #receiving = new Set<Promise<void>>();
  readonly #changes = new EventEmitter().setMaxListeners(0);

  constructor(protected readonly options: UploadsOptions) {}

  /** The upload of a file that is running now. */
  running(file: FileKey): Transfer | undefined {
    return this.#running.get(keyOf(file));
  }

  /** Like {@link running}, but waits for an upload that is just about to begin. */
  async current(file: FileKey): Promise<Transfer | undefined> {
    await Promise.allSettled([this.#beginning.get(keyOf(file))]);
    return this.running(file);
  }

  /** What an owner's uploads need beyond the bytes they replace, and beyond what is recorded. */
  receivedOf(ownerId: number): number {
    let bytes = 0;
    for (const { init, committed, durable } of this.#running.values()) {
      if (init.ownerId === ownerId) bytes += Math.max(0, committed - durable - init.replacedSize);
    }
    return bytes;
  }

  /** Calls back when an upload of the file begins, gets bytes or ends. Gives the way to stop it. */
  onChange(file: FileKey, listener: () => void): () => void {
    const key = keyOf(file);
    this.#changes.on(key, listener);
    return () => this.#changes.off(key, listener);
  }

  /** Tells whoever watches the file. */
  protected changed(file: FileKey): void {
    this.#changes.emit(keyOf(file));
  }

  /** The file has been removed: its upload ends, and whoever watches it hears so. */
  async fileRemoved(file: FileKey): Promise<void> {
    const transfer = await this.current(file);
    transfer?.abort(new FileGoneError());
    this.changed(file);
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
    await this.track(this.#receive(file, source));
  }

  async #receive(file: FileKey, source: UploadSource): Promise<void> {
    const bytes = await source.small?.();
    if (bytes) {
      await source.whole;
      return this.exclusively(file, () => this.storeSmall(file, bytes));
    }
    const transfer = await this.exclusively(file, () => this.begin(file, source.declaredSize));
    try {
      source.accepted?.();
      const sink = this.sink(transfer);
      await pump(source.body, sink, transfer.signal);
      await source.whole;
      transfer.signal.throwIfAborted();
      if (source.declaredSize !== undefined && source.declaredSize !== transfer.committed) {
        throw new UploadIncompleteError();
      }
      await this.finish(transfer);
      if (source.declaredSize === undefined) {
        this.options.observer.sizeKnown(file, transfer.committed);
      }
    } catch (error) {
      // Readers are cut first: whatever happens next, these bytes will not be completed.
      const reason = asError(transfer.signal.aborted ? transfer.signal.reason : error);
      await this.fail(transfer, reason);
      throw reason;
    }
  }

  /** Stores all bytes of a file in one step. Only to be called {@link exclusively}. */
  protected async storeSmall(file: FileKey, bytes: Buffer): Promise<void> {
    const { uploads, defaultLimit, onTrash, observer } = this.options;
    await this.#checkSpace(bytes.length);
    const blobId = newSmallBlobId();
    const stored = await uploads.storeSmall({ ...file, blobId, bytes, defaultLimit });
    if (stored.outcome === 'gone') throw new FileGoneError();
    if (stored.outcome === 'storagelimit') throw this.#storageLimit(file);
    this.running(file)?.abort(new UploadSupersededError());
    if (stored.discarded) onTrash();
    this.changed(file);
    observer.sizeKnown(file, bytes.length);
  }

  /** All bytes are there: they become the file's. */
  protected async finish(transfer: Transfer): Promise<void> {
    const { blobId, writer, replacedSize } = transfer.init;
    await writer.publish(transfer.committed);
    const done = await this.options.uploads.complete(blobId, transfer.committed);
    if (!done) throw goneOr(transfer);
    if (replacedSize > 0) this.options.onTrash();
    this.settle(transfer);
  }

  /** The bytes will not be completed: nothing of them remains. */
  protected async fail(transfer: Transfer, reason: Error): Promise<void> {
    this.settle(transfer, reason);
    await this.breakOff(transfer.init, reason);
    transfer.init.onChange();
    if (reason instanceof StorageLimitError) this.options.observer.storageLimit(transfer.init);
  }

  /**
   * Uploads of one file begin, and are taken up again, one after the other, so that the store and
   * this object agree.
   */
  protected async exclusively<T>(file: FileKey, work: () => Promise<T>): Promise<T> {
    const key = keyOf(file);
    const before = this.#beginning.get(key);
    const begun = Promise.allSettled([before]).then(work);
    this.#beginning.set(key, begun);
    try {
      return await begun;
    } finally {
      if (this.#beginning.get(key) === begun) this.#beginning.delete(key);
    }
  }

  /** Keeps the end of the process waiting until the work is done. */
  protected async track(work: Promise<void>): Promise<void> {
    this.#receiving.add(work);
    await work.finally(() => this.#receiving.delete(work));
  }

  /** Only to be called {@link exclusively}. */
  protected async begin(
    file: FileKey,
    declaredSize: number | undefined,
    { resumable = false } = {},
  ): Promise<Transfer> {
    const { uploads, blobs, defaultLimit, onTrash, observer } = this.options;
    await this.#checkSpace(declaredSize ?? 0);
    const blobId = newBlobId();
    const size = declaredSize === undefined ? {} : { declaredSize };
    const writer = await blobs.create(blobId);
    try {
      const begun = await uploads.begin({ ...file, ...size, resumable, blobId, defaultLimit });
      if (begun.outcome === 'gone') throw new FileGoneError();
      if (begun.outcome === 'storagelimit') throw this.#storageLimit(file);
      const { ownerId, replacedSize } = begun;
      const granted = Math.max(declaredSize ?? 0, replacedSize);
      const kind = { ...size, resumable, granted };
      const older = this.running(file);
      const transfer = this.run({ ...file, ...kind, blobId, ownerId, replacedSize, writer });
      if (older) {
        older.abort(new UploadSupersededError());
        onTrash();
      }
      transfer.init.onChange();
      if (declaredSize !== undefined) observer.sizeKnown(file, declaredSize);
      return transfer;
    } catch (error) {
      await writer.close();
      await blobs.remove(blobId);
      throw error;
    }
  }

  protected sink(transfer: Transfer, onAppended = () => {}): TransferSink {
    return new TransferSink(transfer, (bytes) => this.#reserve(transfer, bytes), onAppended);
  }

  /** From now on the upload of its file. */
  protected run(init: Omit<TransferInit, 'onChange'>): Transfer {
    const transfer = new Transfer({ ...init, onChange: () => this.changed(init) });
    this.#running.set(keyOf(init), transfer);
    return transfer;
  }

  /** It is the upload of its file no longer. */
  protected settle(transfer: Transfer, error?: Error): void {
    const key = keyOf(transfer.init);
    if (this.#running.get(key) === transfer) this.#running.delete(key);
    transfer.settle(error);
  }

  protected async breakOff(upload: FileKey & { blobId: string }, reason: unknown): Promise<void> {
    const { uploads, shares, blobs, log, onTrash } = this.options;
    const { blobId } = upload;
    const state = reason instanceof StorageLimitError ? 'storagelimit' : 'remote';
    try {
      // The record decides, not the error: of a commit perhaps only the answer was lost.
      if ((await shares.file(upload))?.blob?.blobId === blobId) return onTrash();
      // The bytes go first, because a full disk has no room for the transaction.
      await blobs.remove(blobId);
      await uploads.breakOff(blobId, state);
    } catch (error) {
      // The row stays, and recovery at the next start does the same again.
      log.error({ err: error, blobId }, 'a broken upload could not be undone');
    }
    onTrash();
  }

  async #checkSpace(bytes: number): Promise<void> {
    if ((await this.options.blobs.free()) < bytes + DISK_MARGIN) throw new StorageFullError();
  }

  /** Tells everybody that the owner's storage is full. */
  #storageLimit(file: FileKey): StorageLimitError {
    this.options.observer.storageLimit(file);
    this.changed(file);
    return new StorageLimitError();
  }

  async #reserve(transfer: Transfer, bytes: number): Promise<number> {
    const { uploads, defaultLimit } = this.options;
    await this.#checkSpace(0);
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
