/** Wire shapes of the Bridge, revisions 0.3.0 to 0.6.6. Times are ISO 8601 with milliseconds. */

export interface User {
  /** The e-mail address. */
  id: string;
  /** As registered; same as `id`. */
  email: string;
  /** ISO 8601. */
  created: string;
  /** Until the mailed token is confirmed, nothing but registering works. */
  activated: boolean;
  /** The key given at registration. */
  pubkey?: string;
}

/** A registered key. */
export interface PublicKey {
  /** Hexadecimal; what {@link Keys.remove} takes. */
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
  /** For people. */
  name: string;
  /** The e-mail address of the owner. */
  user: string;
  /** ISO 8601. */
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
  /** 64 hexadecimal digits. */
  id: string;
  /** 64 hexadecimal digits; same as `id`. */
  token: string;
  /** Id of the only bucket it opens. */
  bucket: string;
  /** The only thing it permits. */
  operation: Operation;
  /** ISO 8601, five minutes after it was made. */
  expires: string;
}

/** A stored file. */
export interface FileEntry {
  /** Id of the bucket. */
  bucket: string;
  /** Address of the content, see `fileHash`. The same content twice in a bucket is one entry. */
  hash: string;
  /** As sent, with single quotes for double ones (spec section 6). */
  filename: string;
  /** As sent; `application/octet-stream` when the file had none. */
  mimetype: string;
  /** Bytes. */
  size: number;
}

/** Where one shard of a file lies. Its token works once and lapses after about two minutes. */
export interface Pointer {
  /** Address of the shard, made as that of a file; what comes is checked against it. */
  hash: string;
  /** For the storage node, not for the Bridge. */
  token: string;
  /** `PULL`. */
  operation: Operation;
  /** Address of the storage node, `ws://host:port`. */
  channel: string;
}
