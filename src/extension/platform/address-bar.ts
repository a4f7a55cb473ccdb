import { browser } from 'wxt/browser';
import { t } from './i18n.ts';

/** A share as the address bar offers it. */
export interface Offer {
  url: string;
  title: string;
}

/**
 * Answers what is typed in the address bar after the keyword. Call synchronously at start.
 * @param search the best first.
 * @param elsewhere for words that are no offer of ours.
 */
export function onAddressBar(
  search: (words: string) => Promise<Offer[]>,
  elsewhere: () => Promise<void>,
): void {
  void browser.omnibox.setDefaultSuggestion({ description: t('addressBarHint') });
  browser.omnibox.onInputChanged.addListener((words, suggest) => {
    void search(words).then((offers) =>
      suggest(offers.map(({ url, title }) => ({ content: url, description: marked(title, url) }))),
    );
  });
  browser.omnibox.onInputEntered.addListener((content, disposition) => {
    void open(content, disposition);
  });

  async function open(content: string, disposition: string): Promise<void> {
    // What was typed may have been sent before an offer was chosen: then the best one is meant.
    const url = /^https?:/.test(content) ? content : (await search(content))[0]?.url;
    if (url === undefined) return elsewhere();
    if (disposition === 'currentTab') await browser.tabs.update({ url });
    else await browser.tabs.create({ url, active: disposition === 'newForegroundTab' });
  }
}

/** Chromium reads descriptions as XML, Firefox does not. */
function marked(title: string, url: string): string {
  if (import.meta.env.FIREFOX) return `${title} – ${url}`;
  return `${escaped(title)} <url>${escaped(url)}</url>`;
}

const SIGNS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}
