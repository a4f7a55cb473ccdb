import type { ShareService, ShareSummary } from '../services/share-service.ts';
import { openPictures } from './pictures.ts';
import { openShareCache } from './share-cache.ts';
import { type Found, PAGE, type ShareQuery, search } from './share-query.ts';
import type { ShareView } from './view-state.ts';

/** Shares asked for first when all are wanted; each further call asks for four times as many. */
const FIRST_STEP = 200;

/** How long a complete list counts as complete, in milliseconds: others may delete shares too. */
const COMPLETE_FOR = 3_600_000;

/** What is known of the list, beside the shares. */
export interface ListNote {
  /** Unix milliseconds at which the service has given all shares; 0 when it has not. */
  completeAt: number;
}

export interface RecentShares {
  /** The first page, which is in memory. */
  list: () => { shares: ShareView[]; more: boolean; loaded: boolean; version: number };
  /** What this computer knows. */
  find: (query: ShareQuery) => Promise<Found>;
  /** Whether the answer would be the same if everything was read from the service. */
  knows: (query: ShareQuery) => Promise<boolean>;
  /** Reads the first page anew, unless another account is shown by the time it is there. */
  refresh: (service: ShareService, still?: () => boolean, count?: number) => Promise<void>;
  /** Reads everything, in steps that become longer; `progress` is called after each. */
  readAll: (service: ShareService, still: () => boolean, progress: () => void) => Promise<void>;
  /** Remembers the picture of a share, unless it has one. */
  picture: (sharename: string, thumbnail: string) => Promise<void>;
  title: (sharename: string) => Promise<string | undefined>;
  rename: (sharename: string, title: string | undefined) => Promise<void>;
  forget: (sharename: string) => Promise<void>;
  /** Forgets the list of one account, as that of another follows. Pictures stay. */
  turn: () => Promise<void>;
  /** Forgets everything, pictures included. */
  clear: () => Promise<void>;
}

/** The shares of the account as the service last gave them, with the pictures made here. */
export async function openRecentShares(memory: {
  get(): Promise<ListNote | undefined>;
  set(note: ListNote): Promise<void>;
  clear(): Promise<void>;
}): Promise<RecentShares> {
  const cache = openShareCache();
  const pictures = openPictures();
  let note = await memory.get();
  let first: ShareView[] = [];
  let count = 0;
  /** Grows with every change of the list, so that views know when to ask again. */
  let version = Date.now();
  let everything: Promise<ShareSummary[]> | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  /** One change at a time: what an older answer says never overwrites a newer change. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }
  async function reload() {
    everything = undefined;
    first = await pictures.add(await cache.page(0, PAGE));
    count = await cache.count();
    version += 1;
  }
  async function remember(next: ListNote) {
    note = next;
    await memory.set(next);
  }
  const isComplete = () => Date.now() - (note?.completeAt ?? 0) < COMPLETE_FOR;

  async function read(service: ShareService, still: () => boolean, most: number) {
    const page = await service.list(most);
    if (!still()) return true;
    const { kept, gone } = await cache.merge(page);
    await pictures.forget(gone);
    const completeAt = page.more ? (kept ? (note?.completeAt ?? 0) : 0) : Date.now();
    await remember({ completeAt });
    await reload();
    return !page.more;
  }
  async function forgetList() {
    note = undefined;
    await memory.clear();
    await cache.clear();
    await reload();
  }

  if (note) await reload();
  return {
    list: () => ({
      shares: first,
      more: count > first.length || (note !== undefined && !isComplete() && count >= PAGE),
      loaded: note !== undefined,
      version,
    }),
    async find(query) {
      const { text, sort, skip, count: most } = query;
      if (text === '' && sort === 'newest') {
        const shares = await cache.page(skip, most);
        return { shares: await pictures.add(shares), total: count, complete: isComplete() };
      }
      everything ??= cache.all();
      const found = search(await everything, query);
      return { ...found, shares: await pictures.add(found.shares), complete: isComplete() };
    },
    async knows({ text, sort, skip, count: most }) {
      return isComplete() || (text === '' && sort === 'newest' && count > skip + most);
    },
    refresh: (service, still = () => true, most = PAGE) =>
      inOrder(async () => {
        await read(service, still, most);
      }),
    async readAll(service, still, progress) {
      for (let most = FIRST_STEP; still(); most *= 4) {
        const whole = await inOrder(() => read(service, still, most));
        progress();
        if (whole) return;
      }
    },
    async picture(sharename, thumbnail) {
      await pictures.keep(sharename, thumbnail);
      await reload();
    },
    title: async (sharename) => (await cache.get(sharename))?.title,
    rename: (sharename, title) =>
      inOrder(async () => {
        await cache.change(sharename, ({ title: _old, ...share }) => ({
          ...share,
          ...(title !== undefined && { title }),
        }));
        await reload();
      }),
    forget: (sharename) =>
      inOrder(async () => {
        await pictures.forget([sharename]);
        await cache.change(sharename, () => undefined);
        await reload();
      }),
    turn: () => inOrder(forgetList),
    clear: () =>
      inOrder(async () => {
        await pictures.clear();
        await forgetList();
      }),
  };
}
