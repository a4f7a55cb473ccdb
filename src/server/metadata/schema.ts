import type { ColumnType, Generated } from 'kysely';

/** Tables as Kysely sees them. Times are Unix milliseconds, sizes are bytes. */
export interface Tables {
  settings: { name: string; value: string };
  users: {
    user_id: Generated<number>;
    public_id: string;
    email: string;
    fullname: string;
    password_hash: string;
    token_epoch: Generated<number>;
    storage_used: Generated<number>;
    storage_limit: number | null;
    created_at: number;
    /** 1 for somebody without an account. */
    anonymous: Generated<number>;
  };
  apps: {
    app_id: Generated<number>;
    name: string;
    key_hash: string;
    created_at: number;
    revoked_at: ColumnType<number | null, never, number>;
  };
  shares: {
    share_id: Generated<number>;
    sharename: string;
    owner_id: number;
    title: string | null;
    next_fileid: Generated<number>;
    created_at: number;
    removed_at: ColumnType<number | null, never, number>;
    expires_at: number | null;
  };
  files: {
    share_id: number;
    fileid: number;
    filename: string;
    session: string | null;
    state: StoredFileState;
    blob_id: ColumnType<string | null, never, string | null>;
    downloads: Generated<number>;
    created_at: number;
    announced_size: number | null;
  };
  uploads: {
    share_id: number;
    fileid: number;
    blob_id: string;
    declared_size: number | null;
    reserved: number;
    started_at: number;
    /** Only resumable uploads have these two. */
    durable_offset: number | null;
    progress_at: number | null;
  };
  blobs: { blob_id: string; size: number; created_at: number };
  /** The bytes of blobs that are not files of their own. */
  small_blobs: { blob_id: string; bytes: Uint8Array };
  trash: { blob_id: string };
  violations: {
    violation_id: Generated<number>;
    share_id: number;
    fileid: number;
    reason: string;
    created_at: number;
    /** When the running server acted on it. */
    taken_at: ColumnType<number | null, never, number>;
  };
}

/** The states of the specification (section 5.4) that a stored file can be in. */
export type StoredFileState =
  | 'remote'
  | 'uploading'
  | 'uploaded'
  | 'removed'
  | 'storagelimit'
  | 'violatedterms';
