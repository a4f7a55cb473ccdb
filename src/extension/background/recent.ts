import { createStore, del, entries, set } from 'idb-keyval';
import type { SharePage, ShareService, ShareSummary } from '../services/share-service.ts';
import type { ShareView } from './view-state.ts';

const PAGE = 20;

export interface RecentShares {
  list: () => { shares: ShareView[]; more: boolean; loaded: boolean };
  /** Reads the list anew from the service, unless another account is shown by the time it is there. */
  refresh: (service: ShareService, still: () => boolean) => Promise<void>;
  /** Reads one page more. */
  more: (service: ShareService, still: () => boolean) => Promise<void>;
  /** Forgets the list of one account, as that of another follows. Pictures stay. */
  turn: () => Promise<void>;
  /** Remembers the picture of a share, unless it has one. */
  picture: (sharename: string, thumbnail: string) => Promise<void>;
  forget: (sharename: string) => Promise<void>;
  /** Forgets everything, pictures included. */
  clear: () => Promise<void>;
}

/** The shares of the account as the service last gave them, with the pictures made here. */
export async function openRecentShares(memory: {
  get(): Promise<SharePage | undefined>;
  set(page: SharePage): Promise<void>;
  clear(): Promise<void>;
}): Promise<RecentShares> {
  const pictures = createStore('gett-pictures', 'pictures');
  const thumbnails = new Map(await entries<string, string>(pictures));
  let page = await memory.get();
  let count = PAGE;

  async function remember(next: SharePage) {
    page = next;
    await memory.set(next);
  }
  const withPicture = (share: ShareSummary): ShareView => {
    const thumbnail = thumbnails.get(share.sharename);
    return thumbnail === undefined ? share : { ...share, thumbnail };
  };

  return {
    list: () => ({
      shares: page?.shares.map(withPicture) ?? [],
      more: page?.more ?? false,
      loaded: page !== undefined,
    }),
    async refresh(service, still) {
      const next = await service.list(count);
      if (still()) await remember(next);
    },
    async more(service, still) {
      const next = await service.list(count + PAGE);
      if (!still()) return;
      count += PAGE;
      await remember(next);
    },
    async turn() {
      page = undefined;
      count = PAGE;
      await memory.clear();
    },
    async picture(sharename, thumbnail) {
      if (thumbnails.has(sharename)) return;
      thumbnails.set(sharename, thumbnail);
      await set(sharename, thumbnail, pictures);
    },
    async forget(sharename) {
      thumbnails.delete(sharename);
      await del(sharename, pictures);
      if (page) {
        const shares = page.shares.filter((share) => share.sharename !== sharename);
        await remember({ ...page, shares });
      }
    },
    async clear() {
      page = undefined;
      count = PAGE;
      await memory.clear();
      for (const sharename of thumbnails.keys()) await del(sharename, pictures);
      thumbnails.clear();
    },
  };
}
