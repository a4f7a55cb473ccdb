import { describe, expect, it } from 'vitest';
import { linkText } from '../../../../src/extension/settings/link-text.ts';

const url = 'https://ge.tt/8ExGXpA';

describe('a copied link', () => {
  it('is the bare address by itself', () => {
    expect(linkText([{ title: 'cat.jpg', url }], 'link')).toBe(url);
  });

  it('keeps its title in Markdown, whatever signs are in it', () => {
    expect(linkText([{ title: 'a [b] *c* _d_', url }], 'markdown')).toBe(
      String.raw`[a \[b\] \*c\* \_d\_](<https://ge.tt/8ExGXpA>)`,
    );
  });

  it('cannot carry markup of its own into HTML', () => {
    expect(linkText([{ title: '<script>"&', url }], 'html')).toBe(
      `<a href="${url}">&lt;script&gt;&quot;&amp;</a>`,
    );
  });

  it('cannot end the tag in BBCode', () => {
    expect(linkText([{ title: 'a[/url]b', url }], 'bbcode')).toBe(`[url=${url}]a(/url)b[/url]`);
  });

  it('comes on a line of its own with the others', () => {
    const links = [
      { title: 'One', url },
      { title: 'Two', url: `${url}2` },
    ];
    expect(linkText(links, 'list')).toBe(`One: ${url}\nTwo: ${url}2`);
  });
});
