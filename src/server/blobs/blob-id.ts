import { randomBytes, randomUUID } from 'node:crypto';

const MINUTE = 60_000;
const SMALL = 's-';

/**
 * Ids of blobs that are files of their own begin with the minute, in four digits that come round
 * every 45 days. They name the folder, so uploads of the same time share one, and its sync.
 */
export function newBlobId(): string {
  const minute = Math.floor(Date.now() / MINUTE) % 0x1_0000;
  return minute.toString(16).padStart(4, '0') + randomBytes(14).toString('hex');
}

/**
 * In the order of time, so that new rows go to the end of their tables and dirty few pages. A random
 * UUID costs a tenth of as many random bytes, because Node draws many at once.
 */
export const newSmallBlobId = () =>
  `${SMALL}${Date.now().toString(16).padStart(12, '0')}${randomUUID().replaceAll('-', '')}`;

/** Whether the bytes are kept with the metadata. */
export const isSmallBlob = (blobId: string) => blobId.startsWith(SMALL);
