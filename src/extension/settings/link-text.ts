import type { Settings } from './settings.ts';

/** What can be put on the clipboard. `list` has a line for each link, with its title. */
export type LinkFormat = Settings['copyFormat'] | 'list';

export interface TitledLink {
  title: string;
  url: string;
}

/** Links as text; several come on a line each. */
export function linkText(links: readonly TitledLink[], format: LinkFormat): string {
  return links.map((link) => WRITERS[format](link)).join('\n');
}

const WRITERS: Record<LinkFormat, (link: TitledLink) => string> = {
  link: ({ url }) => url,
  // https://spec.commonmark.org/0.31.2/#backslash-escapes
  markdown: ({ title, url }) => `[${title.replace(/[\\[\]`*_<>]/g, String.raw`\$&`)}](<${url}>)`,
  html: ({ title, url }) => `<a href="${escaped(url)}">${escaped(title)}</a>`,
  // A bracket in a title would end the tag; there is no way to escape one.
  bbcode: ({ title, url }) => `[url=${url}]${title.replace(/\[/g, '(').replace(/\]/g, ')')}[/url]`,
  list: ({ title, url }) => `${title}: ${url}`,
};

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
