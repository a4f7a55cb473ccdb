import type { Profile } from '../services/share-service.ts';

/** What is known of the room in an account. */
export interface Room {
  /** Bytes that are free when so many do not fit; `undefined` when they do, or nobody can tell. */
  shortOf: (size: number) => Promise<number | undefined>;
  /** Bytes that are free by the figures at hand. */
  free: () => number;
}

/** @param refresh asks the service for new figures. */
export function createRoom(options: {
  storage: () => Profile['storage'] | undefined;
  refresh: () => Promise<void>;
}): Room {
  function free(): number {
    const storage = options.storage();
    return storage ? Math.max(0, storage.limit - storage.used) : Number.POSITIVE_INFINITY;
  }
  return {
    free,
    async shortOf(size) {
      if (size <= free()) return undefined;
      // Something may have been deleted since.
      await options.refresh().catch(() => undefined);
      return size <= free() ? undefined : free();
    },
  };
}
