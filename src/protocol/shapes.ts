/**
 * Wire shapes of the Ge.tt API, version 1. Times are whole Unix seconds, sizes are bytes.
 * Optional fields are left out on the wire when they have no value.
 */

/** What a user has stored and may store, in bytes. `extra` is already contained in `limit`. */
export interface GettStorage {
  used: number;
  limit: number;
  extra: number;
  /** `max(0, limit - used)`; absent on old servers. */
  free?: number;
  /** Page where a user gets more; only where whoever runs the server has named one. */
  more?: string;
}

/** The account behind a token. */
export interface GettUser {
  userid: string;
  fullname: string;
  email: string;
  /** How many files the user owns. */
  files: number;
  /** Downloads of all those files together. */
  downloads: number;
  storage: GettStorage;
  /** `anon`, `free` or a plan's name. */
  type?: string;
}

/** Answer of `POST /users/login`, for both ways of signing in. */
export interface GettLogin {
  accesstoken: string;
  refreshtoken: string;
  /** Seconds from now until the access token ends. */
  expires: number;
  user: GettUser;
}

/** The states the specification names (spec section 3). */
export type KnownFileState =
  | 'remote'
  | 'uploading'
  | 'uploaded'
  | 'removed'
  | 'storagelimit'
  | 'violatedterms';

/** State of a file. Other servers may use words of their own, so the type stays open. */
export type GettFileState = KnownFileState | (string & {});

/** Where the bytes of a file are sent; both are absolute URLs that carry their own permission. */
export interface GettUpload {
  puturl: string;
  posturl: string;
  /** `puturl` also takes resumable uploads. https://tus.io/protocols/resumable-upload */
  resumable?: 'tus-1.0';
}

/** A file as the service describes it (spec section 3). */
export interface GettFile {
  /** A string, usually but not always a decimal number. Never parse it. */
  fileid: string;
  filename: string;
  sharename: string;
  readystate: GettFileState;
  /** The page of the file, for people. */
  getturl: string;
  created: number;
  downloads: number;
  /** Absent until it is known. */
  size?: number;
  /** The session that announced the file is connected. */
  live?: boolean;
  /** Media type. */
  type?: string;
  /** Only in the answer of `files/create`. */
  upload?: GettUpload;
}

/** State of a share; services may know further ones. */
export type GettShareState = 'ready' | 'removed' | (string & {});

export interface GettShare {
  sharename: string;
  /** Absent when unset. */
  title?: string;
  created: number;
  /** When the share is removed by itself; absent for those that stay. */
  expires?: number;
  /** The page of the share, for people. */
  getturl: string;
  readystate: GettShareState;
  /** The owner. */
  userid: string;
  fullname?: string;
  /** Some session of this share is connected. */
  live: boolean;
  downloads?: number;
  /** How many files one `files/create` may announce as an array; absent when it takes one. */
  batch?: number;
  /** Newest first; `[]` when there are none. */
  files: GettFile[];
}

/** What people without an account may do; answer of `GET /users/anonymous`. */
export type GettAnonymous =
  | { allowed: false }
  | {
      allowed: true;
      /** Bytes of all files of one sign-in. */
      maxsize: number;
      /** Files from one address. */
      filesperhour: number;
      /** Seconds until a share is removed. */
      lifetime: number;
    };

/** Answer of every `destroy`, also when there was nothing left to destroy. */
export interface GettDone {
  success: true;
}

/** Body of a failed call: a short English sentence. */
export interface GettErrorBody {
  error: string;
}

/** The exact body of a successful upload. */
export const UPLOAD_REPLY = 'computer says yes';

/** A sharename as the service makes them. Anything else is just an unknown share. */
export const SHARENAME: RegExp = /^[0-9A-Za-z]{5,8}$/;
