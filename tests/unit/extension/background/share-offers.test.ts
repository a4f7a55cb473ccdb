import { describe, expect, it } from 'vitest';
import { offersFor } from '../../../../src/extension/background/share-offers.ts';
import { type ShareQuery, search } from '../../../../src/extension/background/share-query.ts';

const share = (title: string | undefined, ...names: string[]) => ({
  sharename: 'abc',
  ...(title !== undefined && { title }),
  url: `http://g.test/${title ?? names[0]}`,
  created: 0,
  downloads: 0,
  files: names.map((name) => ({ name })),
});

/** More than are in memory. */
const LATER = Array.from({ length: 30 }, (_, i) => share(`Later ${i}`, `${i}.txt`));

const shares = [
  share(undefined, 'invoice.pdf'),
  share('Summer 2025', 'beach.mov', 'Café.jpg'),
  share('Beach house', 'plan.png'),
];

async function titles(words: string, all = shares): Promise<string[]> {
  const find = async (query: ShareQuery) => ({ ...search(all, query), complete: true });
  return (await offersFor(words, find)).map(({ title }) => title);
}

describe('words in the address bar', () => {
  it('find shares by title first, then by the names of their files', async () => {
    expect(await titles('beach')).toEqual(['Beach house', 'Summer 2025']);
  });
  it('find names without regard to capitals and accents', async () => {
    expect(await titles('CAFE')).toEqual(['Summer 2025']);
  });
  it('have all to occur', async () => {
    expect(await titles('summer beach')).toEqual(['Summer 2025']);
    expect(await titles('summer invoice')).toEqual([]);
  });
  it('find shares of any age', async () => {
    expect(await titles('invoice', [...LATER, ...shares])).toEqual(['invoice.pdf']);
  });
  it('offer the newest shares as long as there are none, as many as are shown', async () => {
    expect(await titles(' ')).toEqual(['invoice.pdf', 'Summer 2025', 'Beach house']);
    expect(await titles('', [...LATER, ...shares])).toEqual(LATER.slice(0, 6).map((s) => s.title));
  });
});
