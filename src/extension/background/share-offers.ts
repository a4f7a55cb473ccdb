import type { Offer } from '../platform/address-bar.ts';
import type { RecentShares } from './recent.ts';
import { hasWords, labelOf, PAGE } from './share-query.ts';

/** As many as address bars show. */
const MOST = 6;

/**
 * The newest shares in whose title or file names every word occurs; those with the words in the
 * title first.
 */
export async function offersFor(text: string, find: RecentShares['find']): Promise<Offer[]> {
  const { shares } = await find({ text, sort: 'newest', skip: 0, count: PAGE });
  const offers = shares.flatMap((share) => {
    const { url } = share;
    // A service without links has nothing to offer.
    return url === undefined ? [] : [{ url, title: labelOf(share) }];
  });
  return offers
    .toSorted((a, b) => Number(hasWords(b.title, text)) - Number(hasWords(a.title, text)))
    .slice(0, MOST);
}
