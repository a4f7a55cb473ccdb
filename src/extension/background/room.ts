import type { Owner } from '../account/account.ts';
import type { Profile } from '../services/share-service.ts';

/** What is known of the room in an account. */
export interface Room {
  /** Bytes that are free when so many do not fit; `undefined` when they do, or nobody can tell. */
  shortOf: (size: number, owner: Owner | undefined) => Promise<number | undefined>;
  /**
   * Whether a file is too large whatever is deleted, and how large one may be. `refused`: the
   * service has, although there may be room for it; a limit of its own it does not tell.
   */
  tooLarge: (
    size: number,
    owner: Owner | undefined,
    refused?: boolean,
  ) => Promise<{ limit?: number } | undefined>;
  /** Bytes that are free by the figures at hand. */
  free: (owner: Owner | undefined) => number;
}

/** @param refresh asks the service for new figures. */
export function createRoom(options: {
  storage: (owner: Owner | undefined) => Profile['storage'] | undefined;
  refresh: (owner: Owner | undefined) => Promise<void>;
}): Room {
  function free(owner: Owner | undefined): number {
    const storage = options.storage(owner);
    return storage ? Math.max(0, storage.limit - storage.used) : Number.POSITIVE_INFINITY;
  }
  return {
    free,
    async tooLarge(size, owner, refused = false) {
      const { limit } = options.storage(owner) ?? {};
      if (limit === undefined) return undefined;
      if (size > limit) return { limit };
      if (!refused) return undefined;
      const certain = await options.refresh(owner).then(
        () => true,
        () => false,
      );
      return certain && size <= free(owner) ? {} : undefined;
    },
    async shortOf(size, owner) {
      if (size <= free(owner)) return undefined;
      // Something may have been deleted since.
      await options.refresh(owner).catch(() => undefined);
      return size <= free(owner) ? undefined : free(owner);
    },
  };
}
