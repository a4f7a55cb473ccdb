import type { ShareSummary } from '../services/share-service.ts';
import type { ShareView } from './view-state.ts';

/** How many shares are shown at first, and how many more each time. */
export const PAGE = 20;

export const SHARE_ORDERS = ['newest', 'oldest', 'size', 'name'] as const;
export type ShareOrder = (typeof SHARE_ORDERS)[number];

/** A part of the list of shares. */
export interface ShareQuery {
  /** Words that title or file names have to contain, all of them; `''` for all shares. */
  text: string;
  sort: ShareOrder;
  skip: number;
  count: number;
}

export interface Found {
  shares: ShareView[];
  /** How many there are on this computer, without `skip` and `count`. */
  total: number;
  /** All shares of the account are known here. */
  complete: boolean;
}

/** Bytes of all files together, as far as they are known. */
export function sizeOf({ files }: ShareSummary): number {
  return files.reduce((sum, { size = 0 }) => sum + size, 0);
}

/** What a share is called. */
export function labelOf({ title, files, sharename }: ShareSummary): string {
  return title ?? files[0]?.name ?? sharename;
}

export function hasWords(text: string, words: string): boolean {
  const plainText = plain(text);
  return plain(words)
    .split(/\s+/)
    .every((word) => plainText.includes(word));
}

/** @param shares all that are known, newest first. */
export function search(
  shares: readonly ShareSummary[],
  { text, sort, skip, count }: ShareQuery,
): { shares: ShareSummary[]; total: number } {
  const matching = shares.filter(({ title = '', files }) =>
    hasWords([title, ...files.map(({ name }) => name)].join('\n'), text),
  );
  const sorted = inOrder(matching, sort);
  return { shares: sorted.slice(skip, skip + count), total: matching.length };
}

function inOrder(shares: ShareSummary[], sort: ShareOrder): ShareSummary[] {
  switch (sort) {
    case 'newest':
      return shares;
    case 'oldest':
      return shares.toReversed();
    case 'size':
      return shares.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    case 'name': {
      const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
      return shares.toSorted((a, b) => compare(labelOf(a), labelOf(b)));
    }
    default:
      return sort satisfies never;
  }
}

/** Letters without case and without accents: who types "resume" finds "Résumé". */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLocaleLowerCase();
}
