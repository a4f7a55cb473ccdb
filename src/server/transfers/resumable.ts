import { Readable } from 'node:stream';
import { asError } from '../errors.ts';
import type { FileKey, FileRecord } from '../metadata/store.ts';
import { Checkpoints } from './checkpoints.ts';
import {
  FileGoneError,
  ServerStoppingError,
  StorageLimitError,
  UploadCompleteError,
  UploadPausedError,
  UploadSupersededError,
  UploadTerminatedError,
} from './errors.ts';
import { checkPart, storePart, type UploadPart, wholeFile } from './part.ts';
import { pump } from './pump.ts';
import { completePublished } from './recovery.ts';
import type { Transfer } from './transfer.ts';
import { Uploads, type UploadsOptions } from './uploads.ts';

/** Readers wait so long for an uploader who has gone; milliseconds. */
const HOLD = 60_000;
/** Bytes without progress for so long are dropped; milliseconds. */
const EXPIRY = 7 * 24 * 60 * 60 * 1000;
const SLICE = 100;

export interface ResumePoint {
  /** Bytes that are durable. */
  offset: number;
  length?: number;
}

export interface ResumableOptions extends UploadsOptions {
  /** Default 60 s; milliseconds. */
  holdTime?: number;
  /** Tells how old an upload is; Unix milliseconds. */
  now?: () => number;
}

interface RunningPart {
  abort: AbortController;
  done: Promise<unknown>;
}

/**
 * Uploads that come in parts (tus 1.0). A transfer stays open between the parts as long as somebody
 * may come back soon; after that the bytes wait in the store, without a descriptor.
 */
export class ResumableUploads extends Uploads {
  readonly #parts = new Map<Transfer, RunningPart>();
  readonly #holds = new Map<Transfer, NodeJS.Timeout>();
  readonly #holdTime: number;

  constructor(protected override readonly options: ResumableOptions) {
    super(options);
    this.#holdTime = options.holdTime ?? HOLD;
  }

  /** Also takes up an upload that waits for its uploader, so that it can be followed. */
  override async current(file: FileKey): Promise<Transfer | undefined> {
    return (
      (await super.current(file)) ??
      this.exclusively(file, async () => {
        const running = this.running(file);
        if (running) return running;
        const transfer = await this.#reopen(file, await this.#settled(file));
        if (transfer) this.#hold(transfer);
        return transfer;
      })
    );
  }

  /** Where to go on. Whoever asks is about to do so: a part that is under way ends here. */
  async resumePoint(file: FileKey): Promise<ResumePoint> {
    const { blob, offset, length } = await this.exclusively(file, async () => {
      await this.#interrupt(file);
      return resumePointOf(await this.#record(file));
    });
    // Nothing is left to be sent, so no part would ever make the file complete.
    if (!blob && offset === length) {
      await this.receivePart(file, { offset, body: Readable.from([]), accepted: () => undefined });
    }
    return { offset, ...(length !== undefined && { length }) };
  }

  /** Stores one part. Gives the offset that is durable then; at the length the file is complete. */
  async receivePart(file: FileKey, part: UploadPart): Promise<number> {
    const started = await this.exclusively(file, async () => {
      const running = this.running(file);
      // What cannot be right is no reason to end a part that is under way.
      if (running && this.#parts.has(running)) {
        checkPart(part, running, running.init.declaredSize);
      }
      await this.#interrupt(file);
      const transfer = await this.#prepare(file, part);
      if (typeof transfer === 'number') return { offset: transfer };
      clearTimeout(this.#holds.get(transfer));
      const abort = new AbortController();
      const done = this.track(this.#receive(transfer, part, abort));
      this.#parts.set(transfer, { abort, done });
      return { transfer, done };
    });
    if ('offset' in started) return started.offset;
    await started.done;
    return started.transfer.committed;
  }

  /** Drops what has come of a file that is not complete. */
  terminate(file: FileKey): Promise<void> {
    return this.exclusively(file, async () => {
      await this.#interrupt(file);
      const record = await this.#record(file);
      if (record.blob) throw new UploadCompleteError();
      const transfer = await this.#reopen(file, record);
      if (transfer) await this.fail(transfer, new UploadTerminatedError());
    });
  }

  /** Drops what nobody has gone on with for a week. */
  async dropStale(): Promise<void> {
    const { uploads, log, now = Date.now } = this.options;
    const before = now() - EXPIRY;
    try {
      for (const upload of await uploads.stale(before, SLICE)) {
        await this.exclusively(upload, () => this.#dropIfStale(upload, before));
      }
    } catch (error) {
      log.error({ err: error }, 'stale uploads could not be dropped');
    }
  }

  /** Asks again: somebody may have gone on since the list was made. */
  async #dropIfStale(upload: FileKey & { blobId: string }, before: number): Promise<void> {
    await this.#settled(upload);
    if (this.running(upload) || !(await this.options.uploads.isStale(upload.blobId, before)))
      return;
    await this.breakOff(upload, new UploadTerminatedError());
  }

  /** What is recorded, after the last step of an upload of which only that had failed. */
  async #settled(file: FileKey): Promise<FileRecord | undefined> {
    const { shares, uploads, blobs, onTrash } = this.options;
    const record = await shares.file(file);
    if (!record?.unfinished || this.running(file)) return record;
    const size = await completePublished(uploads, blobs, record.unfinished.blobId);
    if (size === undefined) return record;
    onTrash();
    this.changed(file);
    return shares.file(file);
  }

  async #record(file: FileKey): Promise<FileRecord> {
    const record = await this.#settled(file);
    if (!record || record.state === 'removed' || record.state === 'violatedterms') {
      throw new FileGoneError();
    }
    return record;
  }

  /** Ends the part that is under way, and waits until what it has brought is durable. */
  async #interrupt(file: FileKey): Promise<void> {
    const transfer = this.running(file);
    const part = transfer && this.#parts.get(transfer);
    part?.abort.abort(new UploadSupersededError());
    await Promise.allSettled([part?.done]);
  }

  /** The transfer that the part belongs to; the offset when there is nothing left to send. */
  async #prepare(file: FileKey, part: UploadPart): Promise<Transfer | number> {
    const record = await this.#record(file);
    const { blob, offset, length: known } = resumePointOf(record);
    const length = checkPart(part, { durable: offset, committed: offset }, known);
    if (blob) return blob.size;
    const older = await this.#reopen(file, record);
    const whole = older ? undefined : await wholeFile(part, length);
    if (whole) {
      await this.storeSmall(file, whole);
      return whole.length;
    }
    if (!older) return this.#own(await this.begin(file, length, { resumable: true }));
    if (known === undefined && length !== undefined) await this.#declare(older, length);
    return older;
  }

  async #declare(transfer: Transfer, length: number): Promise<void> {
    const { uploads, defaultLimit, observer } = this.options;
    const outcome = await uploads.declare(transfer.init.blobId, length, defaultLimit);
    if (outcome === 'gone') throw new FileGoneError();
    if (outcome === 'storagelimit') {
      const error = new StorageLimitError();
      await this.fail(transfer, error);
      throw error;
    }
    transfer.init.declaredSize = length;
    transfer.granted = length;
    observer.sizeKnown(transfer.init, length);
  }

  /** The resumable upload of a file, opened again when need be. */
  async #reopen(file: FileKey, record: FileRecord | undefined): Promise<Transfer | undefined> {
    const running = this.running(file);
    if (running?.init.resumable) return running;
    const announced = record?.unfinished && (await this.options.shares.announced(file));
    if (!record?.unfinished || !announced) return undefined;
    const { declaredSize, unfinished } = record;
    const { blobId, offset, reserved } = unfinished;
    return this.#own(
      this.run({
        ...file,
        blobId,
        ownerId: announced.ownerId,
        replacedSize: 0,
        resumable: true,
        offset,
        granted: reserved,
        ...(declaredSize !== undefined && { declaredSize }),
        writer: await this.options.blobs.resume(blobId, offset),
      }),
    );
  }

  /** Between its parts nobody else hears that a transfer is to end. */
  #own(transfer: Transfer): Transfer {
    transfer.signal.addEventListener('abort', () => {
      if (!this.#parts.has(transfer)) void this.track(this.#end(transfer));
    });
    return transfer;
  }

  async #end(transfer: Transfer): Promise<void> {
    const reason = asError(transfer.signal.reason);
    if (reason instanceof ServerStoppingError) this.settle(transfer, reason);
    else await this.fail(transfer, reason);
  }

  /** Readers wait for the next part; then they are cut off, and the bytes stay. */
  #hold(transfer: Transfer): void {
    const timer = setTimeout(() => {
      this.settle(transfer, new UploadPausedError());
    }, this.#holdTime).unref();
    this.#holds.set(transfer, timer);
  }

  async #receive(transfer: Transfer, part: UploadPart, abort: AbortController): Promise<void> {
    const stop = AbortSignal.any([abort.signal, transfer.signal]);
    const checkpoints = new Checkpoints(transfer, this.options.uploads, (e) => abort.abort(e));
    const sink = this.sink(transfer, () => checkpoints.progressed());
    try {
      try {
        await storePart(transfer, part, (body) => pump(body, sink, stop));
      } finally {
        await sink.idle();
        await transfer.unstage();
        await checkpoints.stop();
      }
      if (isWhole(transfer)) await this.finish(transfer);
      else await checkpoints.flush();
    } catch (error) {
      const reason = asError(transfer.signal.aborted ? transfer.signal.reason : error);
      await this.#partFailed(transfer, reason, checkpoints);
      throw reason;
    } finally {
      this.#parts.delete(transfer);
    }
    if (!transfer.end) this.#hold(transfer);
  }

  /** What has come stays, unless the upload as a whole has come to its end. */
  async #partFailed(transfer: Transfer, reason: Error, checkpoints: Checkpoints): Promise<void> {
    const over = reason instanceof StorageLimitError || reason instanceof FileGoneError;
    if (over && !transfer.signal.aborted) return this.fail(transfer, reason);
    try {
      await checkpoints.flush();
    } catch (error) {
      // What is in memory counts no more; the next part goes on from what was recorded.
      return transfer.signal.aborted ? this.#end(transfer) : this.settle(transfer, asError(error));
    }
    if (transfer.signal.aborted) await this.#end(transfer);
    else this.#hold(transfer);
  }

  protected override settle(transfer: Transfer, error?: Error): void {
    clearTimeout(this.#holds.get(transfer));
    this.#holds.delete(transfer);
    super.settle(transfer, error);
  }
}

/** By what is recorded, which is all there is when no part is under way. */
function resumePointOf({ blob, unfinished, declaredSize, announcedSize }: FileRecord) {
  if (blob) return { blob, offset: blob.size, length: blob.size };
  return { offset: unfinished?.offset ?? 0, length: unfinished ? declaredSize : announcedSize };
}

const isWhole = ({ committed, init }: Transfer) => committed === init.declaredSize;
