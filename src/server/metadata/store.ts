import type { StoredFileState } from './schema.ts';

/**
 * What the server remembers besides the bytes. Every method that changes something resolves only
 * when the change survives a power cut, unless it says otherwise. Times are Unix milliseconds.
 */
export interface MetadataStore {
  readonly accounts: AccountStore;
  readonly shares: ShareStore;
  readonly uploads: UploadStore;
  readonly violations: ViolationStore;
  readonly smallBlobs: SmallBlobStore;
  /** A secret of this data folder, made at the first call. */
  secret(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface UserRecord {
  userId: number;
  /** `userid` on the wire. */
  publicId: string;
  email: string;
  fullname: string;
  passwordHash: string;
  /** Part of every token's signature; a new password raises it. */
  tokenEpoch: number;
  /** Bytes of stored files and of what running uploads have reserved. */
  storageUsed: number;
  /** `undefined` for the server's default. */
  storageLimit?: number;
  /** Shares without an account: has neither address nor password. */
  anonymous: boolean;
}

export interface AppRecord {
  appId: number;
  name: string;
  createdAt: number;
  revokedAt?: number;
}

export interface Usage {
  files: number;
  downloads: number;
  /** Bytes set aside for what is still to come, contained in `storageUsed`. */
  reserved: number;
}

export interface NewUser {
  email: string;
  fullname: string;
  passwordHash: string;
  storageLimit?: number;
}

export interface AccountStore {
  /** `undefined` when the address is taken. */
  addUser(user: NewUser): Promise<UserRecord | undefined>;
  /** Somebody who shares without an account. */
  addAnonymous(storageLimit: number): Promise<UserRecord>;
  /** Forgets anonymous users from before a time who have never made a share. */
  dropAnonymous(before: number): Promise<void>;
  /** Ends all tokens of the user. `false` when there is no such user. */
  setPassword(email: string, passwordHash: string): Promise<boolean>;
  userByEmail(email: string): Promise<UserRecord | undefined>;
  userByPublicId(publicId: string): Promise<UserRecord | undefined>;
  usage(userId: number): Promise<Usage>;
  addApp(name: string, keyHash: string): Promise<AppRecord>;
  apps(): Promise<AppRecord[]>;
  app(appId: number): Promise<AppRecord | undefined>;
  appByKeyHash(keyHash: string): Promise<AppRecord | undefined>;
  /** `false` when there is no such app or it is revoked already. */
  revokeApp(appId: number): Promise<boolean>;
}

export interface ShareRecord {
  shareId: number;
  sharename: string;
  title?: string;
  createdAt: number;
  removed: boolean;
  /** When the share is removed by itself. */
  expiresAt?: number;
  owner: { userId: number; publicId: string; fullname: string };
}

export interface FileKey {
  shareId: number;
  fileid: number;
}

/** Complete bytes. */
export interface StoredBlob {
  blobId: string;
  size: number;
  storedAt: number;
}

export interface FileRecord extends FileKey {
  filename: string;
  state: StoredFileState;
  /** The Live session that announced the file. */
  session?: string;
  createdAt: number;
  downloads: number;
  /** What readers get. During a replacement these are the old bytes. */
  blob?: StoredBlob;
  /** Size that a running upload has declared. */
  declaredSize?: number;
  /** A resumable upload that has not ended; its bytes are kept when nobody sends any. */
  unfinished?: { blobId: string; offset: number; reserved: number };
  /** Size that was said when the file was announced. */
  announcedSize?: number;
}

export interface AnnouncedFile {
  ownerId: number;
  sharename: string;
  filename: string;
  session?: string;
}

/** A file that is announced before its bytes come. */
export interface NewFile {
  filename: string;
  session?: string;
  /** What the client says that it will send; bytes. */
  size?: number;
}

export interface ShareStore {
  create(ownerId: number, title: string | undefined, expiresAt?: number): Promise<ShareRecord>;
  /** Shares whose time is over, the oldest first. */
  expired(before: number, limit: number): Promise<{ shareId: number }[]>;
  /** A removed share is found too. */
  byName(sharename: string): Promise<ShareRecord | undefined>;
  /** Newest first, without removed ones. */
  ofOwner(ownerId: number, page: { skip: number; limit?: number }): Promise<ShareRecord[]>;
  setTitle(shareId: number, title: string | undefined): Promise<void>;
  /** Removes the share, its files and their bytes, and gives the storage back. */
  remove(shareId: number): Promise<void>;
  /** All of them or none, in the given order. Gives `undefined` when the share has been removed. */
  addFiles(shareId: number, files: readonly NewFile[]): Promise<FileRecord[] | undefined>;
  file(key: FileKey): Promise<FileRecord | undefined>;
  /** The id of a share, removed or not. */
  idOf(sharename: string): Promise<number | undefined>;
  /** Files of many shares, newest first within each, without removed ones. */
  files(shareIds: readonly number[]): Promise<FileRecord[]>;
  removeFile(key: FileKey): Promise<void>;
  /** By what names a file was announced. */
  announced(key: FileKey): Promise<AnnouncedFile | undefined>;
  /** Owner of the first file that was announced with the session. */
  sessionOwner(session: string): Promise<number | undefined>;
  /** Adds to the counters. Not waited for by anybody, so not made durable. */
  addDownloads(counts: readonly (FileKey & { count: number })[]): Promise<void>;
}

export interface NewUpload extends FileKey {
  /** Fresh and unguessable. Every later change of the upload names it, so a newer upload wins. */
  blobId: string;
  declaredSize?: number;
  /** What is durable of it outlives its connections and the process. */
  resumable?: boolean;
  /** Storage limit of owners who have none of their own. */
  defaultLimit: number;
}

/** All bytes of a file at once. */
export interface NewSmallBlob extends FileKey {
  blobId: string;
  bytes: Buffer;
  /** Storage limit of owners who have none of their own. */
  defaultLimit: number;
}

export type StoreResult =
  /** `discarded`: there were other bytes of the file, complete or under way. */
  { outcome: 'stored'; discarded: boolean } | { outcome: 'gone' } | { outcome: 'storagelimit' };

export type BeginResult =
  | { outcome: 'begun'; ownerId: number; replacedSize: number; reserved: number }
  | { outcome: 'gone' }
  | { outcome: 'storagelimit' };

export interface UploadStore {
  /** Takes the file over from an older upload, if one is running, and reserves storage. */
  begin(upload: NewUpload): Promise<BeginResult>;
  /**
   * Sets aside up to `bytes` more for a body of unknown length. Gives what was granted, 0 when the
   * storage is full, `undefined` when the upload is not the file's any more. Not made durable.
   */
  reserve(blobId: string, bytes: number, defaultLimit: number): Promise<number | undefined>;
  /** Sets the size of an upload that began without one, and the reservation to it. */
  declare(
    blobId: string,
    size: number,
    defaultLimit: number,
  ): Promise<'declared' | 'gone' | 'storagelimit'>;
  /** So many bytes are durable. `false` when the upload is not the file's any more. */
  checkpoint(blobId: string, offset: number): Promise<boolean>;
  /** Resumable uploads without progress since a time. */
  stale(before: number, limit: number): Promise<(FileKey & { blobId: string })[]>;
  /** Whether an upload is one of those. */
  isStale(blobId: string, before: number): Promise<boolean>;
  /** An upload from its beginning to its end: takes the file over and makes the bytes the file's. */
  storeSmall(upload: NewSmallBlob): Promise<StoreResult>;
  /** Makes the bytes the file's. `false` when the upload is not the file's any more. */
  complete(blobId: string, size: number): Promise<boolean>;
  /** Gives the reservation back; the file returns to its old bytes or to `state`. */
  breakOff(blobId: string, state: 'remote' | 'storagelimit'): Promise<void>;
  /** Uploads that had not ended when the last process did; resumable ones have an offset. */
  unfinished(): Promise<{ blobId: string; offset?: number }[]>;
  /** Blobs that are files of their own. */
  blobCount(): Promise<number>;
  /** Blobs whose bytes nobody refers to any more. */
  trash(limit: number): Promise<string[]>;
  emptyTrash(blobIds: readonly string[]): Promise<void>;
}

/** Blobs that are too small to be worth a file each. */
export interface SmallBlobStore {
  read(blobId: string): Promise<Buffer | undefined>;
  /** Not made durable; one that is not there is fine. */
  remove(blobId: string): Promise<void>;
}

/** A file that was removed for abuse. */
export interface Violation extends FileKey {
  /** Prose, for the owner. */
  reason: string;
}

export interface ViolationStore {
  /** Takes the bytes of a file away. Gives its name; `undefined` when there is no such file. */
  add(sharename: string, fileid: number, reason: string): Promise<string | undefined>;
  /** Those that nobody has taken before, oldest first. Not made durable. */
  take(): Promise<Violation[]>;
}
