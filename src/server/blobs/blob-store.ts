import type { Readable } from 'node:stream';

/** Where the bytes are. A blob is written once, made public in one step, and never changed. */
export interface BlobStore {
  /** Starts a blob that nobody can open yet. */
  create(blobId: string): Promise<BlobWriter>;
  /**
   * Goes on with a blob that was not completed, and drops what lies beyond `size`.
   * Throws {@link BlobMissingError} when it is not there or shorter.
   */
  resume(blobId: string, size: number): Promise<BlobWriter>;
  /** Removes all blobs that were started and not completed, but for those in `keep`. */
  dropUnfinished(keep: ReadonlySet<string>): Promise<void>;
  /** Opens complete bytes; they stay readable although the blob is removed meanwhile. */
  open(blobId: string): Promise<BlobReader>;
  /** Size of a complete blob, which then survives a power cut; `undefined` when there is none. */
  size(blobId: string): Promise<number | undefined>;
  /** Removes a blob, complete or not; one that is not there is fine. */
  remove(blobId: string): Promise<void>;
  /** Whether there is no complete blob at all. */
  isEmpty(): Promise<boolean>;
  /** Bytes that still fit. */
  free(): Promise<number>;
}

export interface BlobWriter {
  /**
   * Aborted with the error when bytes that had been taken could not be kept; later calls reject with
   * it too. Absent where `append` itself waits for the end of each write.
   */
  readonly failed?: AbortSignal;
  /** Writes after what is there. One call at a time. */
  append(buffers: readonly Buffer[]): Promise<void>;
  /** Reads what has been appended; gives the bytes read, at most to the end of the buffer. */
  read(buffer: Buffer, position: number): Promise<number>;
  /** Makes durable what has been appended. */
  sync(): Promise<void>;
  /** Drops what lies beyond `size`. */
  truncate(size: number): Promise<void>;
  /**
   * Makes the bytes durable and the blob complete; once more is fine. Rejects when the blob has fewer
   * than `size` bytes.
   */
  publish(size: number): Promise<void>;
  close(): Promise<void>;
}

export interface BlobReader {
  readonly size: number;
  /** The bytes from `start` up to and including `end`. Closes the reader when it ends. */
  stream(range?: { start: number; end: number }): Readable;
  close(): Promise<void>;
}

/** The bytes that the metadata promise are not in the store. */
export class BlobMissingError extends Error {
  override readonly name = 'BlobMissingError';
}
