/** Wire shapes of the Bridge, revisions 0.3.0 to 0.6.6. Times are ISO 8601 with milliseconds. */

export interface User {
  /** The e-mail address. */
  id: string;
  email: string;
  created: string;
  /** Until the mailed token is confirmed, nothing but registering works. */
  activated: boolean;
  /** The key given at registration. */
  pubkey?: string;
}

/** A registered key. */
export interface PublicKey {
  id: string;
  /** Hexadecimal, exactly as registered; same as `id`. */
  key: string;
  /** The e-mail address of the owner. */
  user: string;
}

/** State of a bucket; services may know further ones. */
export type BucketStatus = 'Active' | 'Inactive' | (string & {});

/** A place for files, with its quotas and the keys that may use it. */
export interface Bucket {
  /** 24 hexadecimal digits. */
  id: string;
  name: string;
  /** The e-mail address of the owner. */
  user: string;
  created: string;
  /** Room for files, in gigabytes. */
  storage: number;
  /** Allowance for transfers, in gigabytes. */
  transfer: number;
  status: BucketStatus;
  /** Keys that may make tokens for the bucket, registered or not. */
  pubkeys: string[];
}

/** `PUSH` is upload, `PULL` is download. */
export type Operation = 'PUSH' | 'PULL';

/**
 * Permission for one request on one bucket. It ends after five minutes or with the first request
 * that shows it, even if that fails. Whoever has it may use it.
 */
export interface Token {
  id: string;
  /** 64 hexadecimal digits; same as `id`. */
  token: string;
  bucket: string;
  operation: Operation;
  expires: string;
}

/** A stored file. */
export interface FileEntry {
  bucket: string;
  /** Address of the content, see `fileHash`. The same content twice in a bucket is one entry. */
  hash: string;
  filename: string;
  mimetype: string;
  /** Bytes. */
  size: number;
}

/** Where one shard of a file lies. Its token works once and lapses after about two minutes. */
export interface Pointer {
  hash: string;
  token: string;
  operation: Operation;
  /** Address of the storage node, `ws://host:port`. */
  channel: string;
}
