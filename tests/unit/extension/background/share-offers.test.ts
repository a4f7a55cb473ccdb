import { describe, expect, it } from 'vitest';
import { offersFor } from '../../../../src/extension/background/share-offers.ts';

const share = (title: string | undefined, ...names: string[]) => ({
  sharename: 'abc',
  ...(title !== undefined && { title }),
  url: `http://g.test/${title ?? names[0]}`,
  created: 0,
  downloads: 0,
  files: names.map((name) => ({ name })),
});

const shares = [
  share(undefined, 'invoice.pdf'),
  share('Summer 2025', 'beach.mov', 'Café.jpg'),
  share('Beach house', 'plan.png'),
];

const titles = (words: string) => offersFor(words, shares).map(({ title }) => title);

describe('words in the address bar', () => {
  it('find shares by title first, then by the names of their files', () => {
    expect(titles('beach')).toEqual(['Beach house', 'Summer 2025']);
  });
  it('find names without regard to capitals and accents', () => {
    expect(titles('CAFE')).toEqual(['Summer 2025']);
  });
  it('have all to occur', () => {
    expect(titles('summer beach')).toEqual(['Summer 2025']);
    expect(titles('summer invoice')).toEqual([]);
  });
  it('offer the newest shares as long as there are none', () => {
    expect(titles(' ')).toEqual(['invoice.pdf', 'Summer 2025', 'Beach house']);
  });
});
