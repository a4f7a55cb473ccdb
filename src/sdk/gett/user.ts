import type { GettUser } from '../../protocol/shapes.ts';

/** What is stored and may be stored, in bytes. */
export interface Storage {
  used: number;
  limit: number;
  /** Bonus, already contained in `limit`. */
  extra: number;
  free: number;
  /** Address of a page where there is more, as the service names it; absent on most. */
  more?: string;
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

export function userOf({ userid: id, fullname: fullName, storage, ...rest }: GettUser): User {
  const { used, limit, free = Math.max(0, limit - used) } = storage;
  return { id, fullName, ...rest, storage: { ...storage, free } };
}
