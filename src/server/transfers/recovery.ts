import type { Logger } from 'pino';
import { BlobMissingError, type BlobStore } from '../blobs/blob-store.ts';
import { OperatorError } from '../errors.ts';
import type { UploadStore } from '../metadata/store.ts';

/**
 * Settles what the last process left behind, before the first request.
 * @throws OperatorError when database and blobs do not belong together.
 */
export async function recoverUploads(
  store: UploadStore,
  blobs: BlobStore,
  log: Logger,
): Promise<void> {
  const unfinished = await store.unfinished();
  const blobCount = await store.blobCount();
  const known = blobCount + unfinished.length + (await store.trash(1)).length;
  const empty = await blobs.isEmpty();
  if (known === 0 && !empty) {
    throw new OperatorError(
      'The data folder holds stored files that its meta.db knows nothing of; restore meta.db from a backup, or move the folder "blobs" away.',
    );
  }
  if (blobCount > 0 && empty) {
    throw new OperatorError(
      'The data folder has lost its stored files: "blobs" is empty, but meta.db lists some; mount or restore the folder "blobs".',
    );
  }
  const kept = new Set<string>();
  for (const { blobId, offset } of unfinished) {
    const size = await completePublished(store, blobs, blobId);
    if (size !== undefined) {
      log.info({ blobId, size }, 'upload finished');
    } else if (offset !== undefined && (await canResume(blobs, blobId, offset))) {
      kept.add(blobId);
    } else {
      await store.breakOff(blobId, 'remote');
      log.info({ blobId, offset }, 'upload undone');
    }
  }
  await blobs.dropUnfinished(kept);
}

/**
 * A blob is complete exactly when it has its final name; then only the last transaction of its
 * upload is missing and is done now. Gives the size if it was so.
 */
export async function completePublished(
  store: Pick<UploadStore, 'complete'>,
  blobs: Pick<BlobStore, 'size'>,
  blobId: string,
): Promise<number | undefined> {
  const size = await blobs.size(blobId);
  if (size !== undefined) await store.complete(blobId, size);
  return size;
}

/** Drops what was not durable: after a power cut it may be anything. */
async function canResume(blobs: BlobStore, blobId: string, offset: number): Promise<boolean> {
  try {
    await (await blobs.resume(blobId, offset)).close();
    return true;
  } catch (error) {
    if (error instanceof BlobMissingError) return false;
    throw error;
  }
}
