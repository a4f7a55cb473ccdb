import type { Logger } from 'pino';
import { BlobMissingError, type BlobStore } from '../blobs/blob-store.ts';
import { OperatorError } from '../errors.ts';
import type { UploadStore } from '../metadata/store.ts';

/**
 * Settles what the last process left behind, before the first request. A blob is complete exactly
 * when it has its final name; then only the last transaction is missing and is done now.
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
    const size = await blobs.size(blobId);
    if (size !== undefined) {
      await store.complete(blobId, size);
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
