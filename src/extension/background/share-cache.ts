import { clear, createStore, del, getMany, keys, promisifyRequest, set } from 'idb-keyval';
import type { SharePage, ShareSummary } from '../services/share-service.ts';

/**
 * The newest part of an account's shares, without gaps, on this computer. Sorted by age, so that
 * the first page is read without the rest: an opening costs the same with 10,000 shares.
 */
export interface ShareCache {
  count: () => Promise<number>;
  /** Newest first. */
  page: (skip: number, count: number) => Promise<ShareSummary[]>;
  all: () => Promise<ShareSummary[]>;
  get: (sharename: string) => Promise<ShareSummary | undefined>;
  /**
   * Takes over what the service says of the newest shares. What it does not name any more goes; so
   * does everything older when the page does not reach down to what was known.
   */
  merge: (page: SharePage) => Promise<Merged>;
  /** Changes one share, or removes it with `undefined`. */
  change: (
    sharename: string,
    how: (share: ShareSummary) => ShareSummary | undefined,
  ) => Promise<void>;
  clear: () => Promise<void>;
}

export interface Merged {
  /** What was known of older shares still follows without a gap. */
  kept: boolean;
  /** Names of shares that are no more. */
  gone: string[];
}

/** The largest time there is (ECMA-262, section 21.4.1.1); taken from it, newer sorts before older. */
const LAST_TIME = 8.64e15;

const ageOf = (created = 0) => String(LAST_TIME - created).padStart(16, '0');
const keyOf = ({ created, sharename }: ShareSummary) => `${ageOf(created)} ${sharename}`;

export function openShareCache(): ShareCache {
  const store = createStore('gett-shares', 'shares');
  const count = () => store('readonly', (shares) => promisifyRequest(shares.count()));
  const all = () =>
    store('readonly', (shares) => promisifyRequest<ShareSummary[]>(shares.getAll()));
  async function get(sharename: string) {
    const key = (await keys<string>(store)).find((key) => key.endsWith(` ${sharename}`));
    if (key === undefined) return undefined;
    return (await getMany<ShareSummary | undefined>([key], store))[0];
  }

  return {
    count,
    all,
    async page(skip, most) {
      if (skip === 0) {
        return store('readonly', (shares) =>
          promisifyRequest<ShareSummary[]>(shares.getAll(null, most)),
        );
      }
      const wanted = (await keys<string>(store)).slice(skip, skip + most);
      return (await getMany<ShareSummary | undefined>(wanted, store)).filter(
        (share) => share !== undefined,
      );
    },
    merge({ shares: next, more }) {
      const last = next.at(-1);
      return store('readwrite', async (shares) => {
        const kept =
          more && last !== undefined
            ? (await promisifyRequest(shares.getKey(keyOf(last)))) !== undefined
            : false;
        // Shares of the same second may be on the next page.
        const stale = kept && last ? IDBKeyRange.upperBound(ageOf(last.created), true) : null;
        const before = await promisifyRequest<IDBValidKey[]>(shares.getAllKeys(stale));
        for (const key of before) shares.delete(key);
        const named = new Set(next.map(keyOf));
        for (const share of next) shares.put(share, keyOf(share));
        await promisifyRequest(shares.transaction);
        // Beyond a gap nobody knows what is no more.
        const gone = kept || !more ? before.map(String).filter((key) => !named.has(key)) : [];
        return { kept, gone: gone.map((key) => key.slice(key.indexOf(' ') + 1)) };
      });
    },
    get,
    async change(sharename, how) {
      const share = await get(sharename);
      if (!share) return;
      const next = how(share);
      await (next ? set(keyOf(share), next, store) : del(keyOf(share), store));
    },
    clear: () => clear(store),
  };
}
