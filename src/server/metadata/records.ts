import type { FileRecord, ShareRecord } from './store.ts';

/** What a file that has just been announced has in place of bytes. */
export const NOTHING_STORED = {
  downloads: 0,
  blob_id: null,
  size: null,
  stored_at: null,
  declared_size: null,
  upload_id: null,
  reserved: null,
  durable_offset: null,
};

/** A row of `shares` with its owner. */
export function shareRecord(row: {
  share_id: number;
  sharename: string;
  title: string | null;
  created_at: number;
  removed_at: number | null;
  expires_at: number | null;
  owner_id: number;
  public_id: string;
  fullname: string;
}): ShareRecord {
  return {
    shareId: row.share_id,
    sharename: row.sharename,
    ...(row.title !== null && { title: row.title }),
    createdAt: row.created_at,
    removed: row.removed_at !== null,
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    owner: { userId: row.owner_id, publicId: row.public_id, fullname: row.fullname },
  };
}

/** A row of `files` with its blob and its upload. */
export function fileRecord(row: {
  share_id: number;
  fileid: number;
  filename: string;
  state: FileRecord['state'];
  session: string | null;
  created_at: number;
  downloads: number;
  blob_id: string | null;
  size: number | null;
  stored_at: number | null;
  declared_size: number | null;
  upload_id: string | null;
  reserved: number | null;
  durable_offset: number | null;
  announced_size: number | null;
}): FileRecord {
  const { blob_id: blobId, size, stored_at: storedAt } = row;
  const { upload_id: uploadId, durable_offset: offset, reserved } = row;
  return {
    shareId: row.share_id,
    fileid: row.fileid,
    filename: row.filename,
    state: row.state,
    ...(row.session !== null && { session: row.session }),
    createdAt: row.created_at,
    downloads: row.downloads,
    ...(blobId !== null &&
      size !== null &&
      storedAt !== null && { blob: { blobId, size, storedAt } }),
    ...(row.declared_size !== null && { declaredSize: row.declared_size }),
    ...(uploadId !== null &&
      offset !== null &&
      reserved !== null && { unfinished: { blobId: uploadId, offset, reserved } }),
    ...(row.announced_size !== null && { announcedSize: row.announced_size }),
  };
}
