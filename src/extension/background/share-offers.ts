import type { Offer } from '../platform/address-bar.ts';
import type { ShareSummary } from '../services/share-service.ts';

/** As many as address bars show. */
const MOST = 6;

/** Shares in whose title or file names every word occurs; those with the words in the title first. */
export function offersFor(words: string, shares: readonly ShareSummary[]): Offer[] {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  const rated = shares.flatMap((share) => {
    const { url } = share;
    // A service without links has nothing to offer.
    if (url === undefined) return [];
    const names = share.files.map(({ name }) => name);
    const title = share.title ?? names[0] ?? share.sharename;
    const every = (text: string) => wanted.every((word) => folded(text).includes(word));
    const rank = every(title) ? 0 : every([title, ...names].join(' ')) ? 1 : 2;
    return [{ offer: { url, title }, rank }];
  });
  return rated
    .filter(({ rank }) => rank < 2)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ offer }) => offer);
}

/** Without capitals and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
