import { Readable } from 'node:stream';
import type { SmallBlobStore } from '../metadata/store.ts';
import { isSmallBlob } from './blob-id.ts';
import { BlobMissingError, type BlobReader, type BlobStore } from './blob-store.ts';

/**
 * Up to this size the bytes go into the database: they are durable with the transaction that makes
 * them the file's, where a file costs several syncs more (https://www.sqlite.org/fasterthanfs.html).
 */
export const SMALL_BLOB = 64 * 1024;

/** Adds to a store the blobs that are kept in the database; their ids tell which they are. */
export function withSmallBlobs(files: BlobStore, small: SmallBlobStore): BlobStore {
  const bytesOf = async (blobId: string) => {
    const bytes = await small.read(blobId);
    if (!bytes) throw new BlobMissingError(`blob ${blobId} is missing`);
    return bytes;
  };
  return {
    create: (blobId) => files.create(blobId),
    resume: (blobId, size) => files.resume(blobId, size),
    dropUnfinished: (keep) => files.dropUnfinished(keep),
    isEmpty: () => files.isEmpty(),
    free: () => files.free(),
    open: async (blobId) =>
      isSmallBlob(blobId) ? readerOf(await bytesOf(blobId)) : files.open(blobId),
    size: async (blobId) =>
      isSmallBlob(blobId) ? (await small.read(blobId))?.length : files.size(blobId),
    remove: (blobId) => (isSmallBlob(blobId) ? small.remove(blobId) : files.remove(blobId)),
  };
}

function readerOf(bytes: Buffer): BlobReader {
  return {
    size: bytes.length,
    stream({ start, end } = { start: 0, end: bytes.length - 1 }) {
      return Readable.from(end < start ? [] : [bytes.subarray(start, end + 1)]);
    },
    close: () => Promise.resolve(),
  };
}
