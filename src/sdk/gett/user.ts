import type { GettStorage, GettUser } from '../../protocol/shapes.ts';

/** What is stored and may be stored, in bytes. */
export interface Storage {
  used: number;
  limit: number;
  /** Bonus, already contained in `limit`. */
  extra: number;
  free: number;
}

/** An account. */
export interface User {
  id: string;
  fullName: string;
  email: string;
  /** How many files the user owns. */
  files: number;
  /** Downloads of all those files together. */
  downloads: number;
  storage: Storage;
  /** `anon`, `free` or a plan's name, where the service tells. */
  type?: string;
}

function storageOf({ used, limit, extra, free }: GettStorage): Storage {
  return { used, limit, extra, free: free ?? Math.max(0, limit - used) };
}

export function userOf({
  userid,
  fullname,
  email,
  files,
  downloads,
  storage,
  type,
}: GettUser): User {
  return {
    id: userid,
    fullName: fullname,
    email,
    files,
    downloads,
    storage: storageOf(storage),
    ...(type !== undefined && { type }),
  };
}
