/**
 * A file or directory (spec section 3). Services shorten it, so only what identifies the object is
 * certain; members that are not listed here are kept.
 */
export interface PathInfo {
  /** Absolute, begins with `/`. */
  path: string;
  /** `''` for the root. */
  name: string;
  /** Number of the object in the service. Calls take the path instead. */
  id?: number;
  /** Opposite of `isfile`. */
  isdir?: boolean;
  isfile?: boolean;
  /** Bytes. */
  size?: number;
  /** Entries of a directory; `null` for a file. */
  items: number | null;
  /** For example `text/plain`, or `application/x-directory`. */
  mime?: string;
  /** With its dot, or `''`. */
  extension?: string;
  /** For example `2013-02-23T22:49:30`: local time of the vendor's site, without a zone. */
  time?: string;
  /** API address of this object. */
  url?: string;
  tags?: string[];
  acl?: AccessRights;
  /** Entries of this page, when they were asked for. */
  children?: PathInfo[];
  /** Page of the listing that `children` are on, from 1. */
  page?: number;
  /** How many pages the listing has. */
  pages?: number;
  [member: string]: unknown;
}

/** What somebody may do with a path. */
export interface AccessRights {
  /** See the entries of a directory. */
  list?: boolean;
  /** Fetch the bytes. */
  read?: boolean;
  /** Delete or move away. */
  remove?: boolean;
  /** Store files in it, or other bytes in their place. */
  write?: boolean;
  [member: string]: unknown;
}

/** A long operation (spec section 6). */
export interface Task {
  /** What `tasks.get` and `tasks.wait` take. */
  uuid: string;
  /** Where older answers put it. */
  status?: string;
  /** Missing in older answers, which have `status` only. */
  result?: TaskResult | undefined;
  [member: string]: unknown;
}

/** What a task has done, and not done. */
export interface TaskResult {
  /** `PENDING`, `PROGRESS`, `SUCCESS` or `FAILURE`; others have been seen. */
  status?: string;
  /** Of what each path came to; there when the task has ended. */
  result?: TaskOutcome | undefined;
  [member: string]: unknown;
}

/** How a task ended for one path. */
export interface TaskOutcome {
  /** Path to message, for what could not be done. */
  errors?: Record<string, string>;
  [member: string]: unknown;
}

/** The account behind the credentials. */
export interface WhoAmI {
  /** Whom the credentials belong to. */
  user: { username: string; [member: string]: unknown };
  [member: string]: unknown;
}

/** A public link (spec section 8). It behaves as a folder that holds the linked items. */
export interface Link {
  /** For example `https://file.ac/AbCdEfGhIjK/`. */
  href: string;
  /** What `links.delete` takes; some answers leave it out. */
  uid?: string;
  /** What it holds. */
  path?: string | string[];
  name?: string;
  [member: string]: unknown;
}

/** A temporary direct address of one file. */
export interface Exchange {
  /** Ends in the path of the file; works until it expires. */
  url: string;
  [member: string]: unknown;
}
